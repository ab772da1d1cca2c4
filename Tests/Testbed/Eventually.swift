import Foundation
public import Testing

/// Returns when the condition holds; fails after two minutes.
///
/// Looks seldom enough to leave the processors to what is waited for.
public func eventually(
    _ what: @autoclosure () -> String = "it did not come to hold", sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () throws -> Bool
) async throws {
    var looks = Looks()
    while try !looks.look(condition) {
        try #require(!looks.areOver, "\(what())", sourceLocation: sourceLocation)
        try await Task.sleep(for: looks.pause)
    }
}

/// Returns when the condition holds; fails after two minutes. For tests that block.
public func eventually(
    _ what: @autoclosure () -> String = "it did not come to hold", sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () throws -> Bool
) throws {
    var looks = Looks()
    while try !looks.look(condition) {
        try #require(!looks.areOver, "\(what())", sourceLocation: sourceLocation)
        Thread.sleep(forTimeInterval: looks.pause / .seconds(1))
    }
}

/// Looks at a condition again and again, each after four times as long as the last look took.
private struct Looks {
    private let deadline = ContinuousClock.now + .seconds(120)
    private(set) var pause = Duration.zero

    var areOver: Bool { ContinuousClock.now >= deadline }

    mutating func look(_ condition: () throws -> Bool) rethrows -> Bool {
        let start = ContinuousClock.now
        let holds = try condition()
        pause = max(.milliseconds(10), (ContinuousClock.now - start) * 4)
        return holds
    }
}

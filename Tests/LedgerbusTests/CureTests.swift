import Bus
import Foundation
import Operations
import Testing

/// Whoever meets a failure is told what to do about it.
struct CureTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources").standardizedFileURL.path

    /// Every code that a module names, as the sources declare them.
    private static let declared: [String] = {
        let files = FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".swift") }.flatMap { file -> [String] in
            let text = (try? String(contentsOfFile: "\(sources)/\(file)", encoding: .utf8)) ?? ""
            return text.matches(of: /static let [A-Za-z]+ = FailureCode\("([a-z-]+)"\)/).map { String($0.1) }
        }
    }()

    @Test("Every failure has a cure")
    func cures() {
        #expect(Self.declared.count > 60)
        for code in Self.declared {
            let cure = FailureCode.cures[FailureCode(code)] ?? ""
            #expect(cure.count > 10, "\(code) has no cure: add it to the table of cures of its module")
        }
    }

    @Test("Every cure is one of a failure that there is, and every failure has another code")
    func codes() {
        #expect(Set(Self.declared).count == Self.declared.count)
        #expect(Set(FailureCode.cures.keys.map(\.rawValue)).subtracting(Self.declared).isEmpty)
    }
}

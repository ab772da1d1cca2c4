public import Foundation

/// A type that can be read from one argument.
///
/// An enum of strings needs no more than the conformance; if it is `CaseIterable` too, help and errors list its values.
public protocol ExpressibleByArgument: Sendable {
    init?(argument: String)

    /// The value as help shows a default.
    var defaultValueDescription: String { get }

    /// All allowed values, or none when they can't be listed.
    static var allValueStrings: [String] { get }

    /// What an error says was expected, such as "a whole number".
    static var expectation: String? { get }

    /// Whether shells should complete file names.
    static var completesFiles: Bool { get }
}

extension ExpressibleByArgument {
    public var defaultValueDescription: String { "\(self)" }
    public static var allValueStrings: [String] { [] }
    public static var expectation: String? { nil }
    public static var completesFiles: Bool { false }
}

extension ExpressibleByArgument where Self: RawRepresentable, RawValue: ExpressibleByArgument {
    public init?(argument: String) {
        guard let value = RawValue(argument: argument) else { return nil }
        self.init(rawValue: value)
    }

    public var defaultValueDescription: String { rawValue.defaultValueDescription }
}

extension ExpressibleByArgument where Self: CaseIterable & RawRepresentable, RawValue: ExpressibleByArgument {
    public static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}

extension String: ExpressibleByArgument {
    public init?(argument: String) { self = argument }
}

extension Int: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument.replacing("_", with: "").replacing(",", with: "")) }
    public static var expectation: String? { "a whole number" }
}

extension Int64: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument.replacing("_", with: "").replacing(",", with: "")) }
    public static var expectation: String? { "a whole number" }
}

extension Double: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public static var expectation: String? { "a number" }
}

extension Bool: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
    public static var allValueStrings: [String] { ["true", "false"] }
}

/// An address when it has a scheme (`https://…`), else the path of a file or folder.
extension URL: ExpressibleByArgument {
    public init?(argument: String) {
        if argument.contains("://") {
            self.init(string: argument)
        } else if argument.isEmpty {
            return nil
        } else {
            self.init(fileURLWithPath: argument)
        }
    }

    public var defaultValueDescription: String { isFileURL ? relativePath : absoluteString }
    public static var expectation: String? { "a path or an address" }
    public static var completesFiles: Bool { true }
}

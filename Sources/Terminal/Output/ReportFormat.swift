/// For whom a report is written.
public enum ReportFormat: Hashable, Sendable {
    /// A table, for people.
    case text
    /// Comma-separated values, for a spreadsheet (RFC 4180).
    case csv
    /// One JSON document, for programs.
    case json
}

/// The options of every command that writes a ``Report``.
public struct ReportOptions: ParsableArguments {
    /// Print one JSON document, for programs, instead of text for people.
    @Flag(help: "Print one JSON document instead of text.") public var json = false
    /// Print comma-separated values, for a spreadsheet.
    @Flag(help: "Print comma-separated values, for a spreadsheet.") public var csv = false

    public init() {}

    public func validate() throws {
        guard !(json && csv) else { throw ValidationError("Choose --json or --csv: it cannot be both.") }
    }

    public var format: ReportFormat { json ? .json : csv ? .csv : .text }
}

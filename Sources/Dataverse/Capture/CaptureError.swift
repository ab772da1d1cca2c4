/// Why a row, a page or a whole load is refused: where, what is wrong, and what to do.
///
/// A row or a page that cannot be read is left out (``RefusedRows``). Of a load that fails, nothing is kept.
public struct CaptureError: Error, Hashable, Sendable, Encodable, CustomStringConvertible {
    /// The file, or `standard input`.
    public let file: String
    /// The row of the page, from 1; nil when the page as a whole is meant.
    public let row: Int?
    /// The page's member; nil when the row as a whole is meant.
    public let field: String?
    /// What is wrong, and what to do.
    public let problem: String

    public init(file: String, row: Int? = nil, field: String? = nil, problem: String) {
        self.file = file
        self.row = row
        self.field = field
        self.problem = problem
    }

    public var description: String {
        var place = file
        if let row { place += ", row \(row)" }
        if let field { place += ", \(field)" }
        return "\(place): \(problem)"
    }
}

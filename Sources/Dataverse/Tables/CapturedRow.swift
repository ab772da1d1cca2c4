import Contracts
import Database

/// A row of a Dataverse table that the bus captures, as it is kept here.
///
/// A column is declared once, with its property and the Web API's member that it comes from:
///
/// ```swift
/// amount: try column("amount", row?.amount, .decimal("msdyn_amount")),
/// ```
///
/// The first column is the row's id, the second its version.
protocol CapturedRow: Record, Hashable {
    /// The Web API's name of the table's rows: `msdyn_actuals`.
    static var entitySet: String { get }
    /// Our table.
    static var table: String { get }
    /// Rows of which this choice has another code are counted and skipped.
    static var onlyRows: (field: String, code: Int)? { get }

    var id: GUID { get }
    /// Dataverse's version of the row; the highest is the newest.
    var rowVersion: Int { get }
}

extension CapturedRow {
    static var onlyRows: (field: String, code: Int)? { nil }
    /// The id's column.
    static var key: String { columnNames[0] }
}

extension ColumnCoder {
    /// A captured column that is never null: a page's row without it is
    /// refused, unless the source says what stands in for it.
    @inline(__always)
    mutating func callAsFunction<Value: DatabaseValue>(
        _ name: StaticString, _ value: Value?, _ source: @autoclosure () -> CapturedSource
    ) throws -> Value {
        if Self.self == CapturedColumnLister.self { note(name, isRequired: true, source()) }
        return try self(name, value)
    }

    /// A captured column that may be null.
    @inline(__always)
    mutating func callAsFunction<Value: DatabaseValue>(
        _ name: StaticString, _ value: Value?, _ source: @autoclosure () -> CapturedSource
    ) throws -> Value? {
        if Self.self == CapturedColumnLister.self { note(name, isRequired: false, source()) }
        return try self(name, value)
    }

    /// Only who lists the captured columns wants to know where they come from.
    private mutating func note(_ name: StaticString, isRequired: Bool, _ source: CapturedSource) {
        guard var lister = self as? CapturedColumnLister else { return }
        lister.note(name, isRequired: isRequired, source)
        if let lister = lister as? Self { self = lister }
    }
}

/// Lists the captured columns of a row, as an environment names them.
struct CapturedColumnLister: ColumnCoder {
    private let configuration: DataverseConfiguration
    private(set) var columns: [CapturedColumn] = []

    init(_ configuration: DataverseConfiguration) { self.configuration = configuration }

    mutating func note(_ name: StaticString, isRequired: Bool, _ source: CapturedSource) {
        columns.append(
            CapturedColumn(
                field: source.member.name(configuration.columns), name: "\(name)",
                kind: source.kind(configuration), isRequired: isRequired && !source.hasStandIn,
                isNeeded: isRequired && !source.hasStandIn || source.isNeeded))
    }

    mutating func code<Value: ColumnValue>(_ name: @autoclosure () -> String, _ value: Value?) throws -> Value {
        Value.placeholder
    }

    mutating func record<Nested: Record>(_ prefix: StaticString, _ value: Nested?) throws -> Nested {
        try Nested.columns(&self, of: nil)
    }

    mutating func optionalRecord<Nested: Record>(
        _ prefix: StaticString, presentIf key: StaticString, _ value: Nested?
    ) throws -> Nested? {
        nil
    }
}

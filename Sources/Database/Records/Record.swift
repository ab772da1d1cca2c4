import Synchronization

/// A row of a table or of a query, whose columns are declared once.
///
/// One function names each column beside the property that holds it. It lists the columns, reads a row and writes one;
/// a property without a column does not compile.
///
/// ```swift
/// struct Account: Record {
///     var accountId: GUID
///     var name: String?
///
///     static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
///         Account(
///             accountId: try column("account_id", row?.accountId),
///             name: try column("name", row?.name))
///     }
/// }
///
/// let accounts = try connection.records(
///     Account.self, "SELECT \(Account.columnList) FROM accounts WHERE name = $1", "Contoso")
/// ```
///
/// Columns are found by their names, once a result; a result may have others besides.
public protocol Record: Sendable {
    /// Passes every column to the coder, always in the same order, and makes a row of what it answers.
    ///
    /// - parameter row: the row to be written; nil when one is read, or the columns are only listed.
    /// - throws: ``DatabaseError`` when a column cannot be read.
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self

    /// Reads a row. Leave it as it is: it stands here so that it is compiled for each record, and so is as fast as if it
    /// were written by hand.
    static func read(_ row: inout RecordDecoder) throws -> Self

    /// Appends the row's columns. Leave it as it is.
    func write(to rows: inout CopyRows) throws
}

extension Record {
    @inlinable
    public static func read(_ row: inout RecordDecoder) throws -> Self { try columns(&row, of: nil) }

    @inlinable
    public func write(to rows: inout CopyRows) throws { _ = try Self.columns(&rows, of: self) }
}

/// What a ``Record`` passes its columns to.
public protocol ColumnCoder {
    /// A column of the row. Records name their columns by ``callAsFunction(_:_:)-(_,Value?)``.
    ///
    /// - parameter name: is made only where names are asked for.
    /// - parameter value: what it holds; nil when there is no row yet.
    /// - returns: what it holds.
    mutating func code<Value: ColumnValue>(_ name: @autoclosure () -> String, _ value: Value?) throws -> Value

    /// A record within the row, whose columns' names have a prefix.
    mutating func record<Nested: Record>(_ prefix: StaticString, _ value: Nested?) throws -> Nested

    /// A record within the row that is there when one of its columns is, as after a `LEFT JOIN`.
    ///
    /// - parameter key: the column, without the prefix.
    mutating func optionalRecord<Nested: Record>(
        _ prefix: StaticString, presentIf key: StaticString, _ value: Nested?
    ) throws -> Nested?
}

extension ColumnCoder {
    /// A column that is never null.
    ///
    /// - parameter value: what it holds; nil when there is no row yet.
    /// - returns: what it holds.
    @inlinable
    public mutating func callAsFunction<Value: DatabaseValue>(_ name: StaticString, _ value: Value?) throws -> Value {
        try code("\(name)", value)
    }

    /// A column that may be null.
    ///
    /// - parameter value: what it holds, if anything.
    /// - returns: what it holds, if anything.
    @inlinable
    public mutating func callAsFunction<Value: DatabaseValue>(_ name: StaticString, _ value: Value?) throws -> Value? {
        try code("\(name)", .some(value))
    }

    /// A column of whole numbers that is narrower than `Int`: `int2` or `int4`.
    @inlinable
    public mutating func callAsFunction<Stored: FixedWidthInteger & DatabaseValue>(
        _ name: StaticString, _ value: Int?, as stored: Stored.Type
    ) throws -> Int {
        if let value, Stored(exactly: value) == nil {
            throw DatabaseError(message: "\(value) does not fit into column \"\(name)\" of type \(Stored.databaseType)")
        }
        return Int(try code("\(name)", value.map { Stored(truncatingIfNeeded: $0) }))
    }
}

extension Record {
    /// The columns' names, in the order in which rows are written.
    public static var columnNames: [String] { ColumnLists.of(Self.self).names }

    /// The columns, as in `SELECT` and `COPY`.
    public static var columnList: String { columnNames.joined(separator: ", ") }

    /// The columns of a table by its alias.
    ///
    /// - parameter prefix: what the result's names have before the columns' own, for a record within another.
    public static func columnList(of table: String, prefix: String = "") -> String {
        columnNames.map { prefix.isEmpty ? "\(table).\($0)" : "\(table).\($0) AS \(prefix)\($0)" }
            .joined(separator: ", ")
    }

    /// The parameters `$1`, `$2`, … that stand for ``parameters``, as in `VALUES`.
    public static var parameterList: String {
        (1...max(1, columnNames.count)).map { "$\($0)" }.joined(separator: ", ")
    }

    /// Assigns each column what another table has in it, as in `UPDATE … SET`.
    ///
    /// - parameter kept: the columns that stay as they are.
    public static func assignments(from table: String, except kept: Set<String> = []) -> String {
        columnNames.filter { !kept.contains($0) }.map { "\($0) = \(table).\($0)" }.joined(separator: ", ")
    }

    /// The row as parameters of a statement, in the order of the columns.
    ///
    /// - throws: ``DatabaseError`` when a value does not fit its column.
    public var parameters: [(any DatabaseValue)?] {
        get throws {
            var encoder = ParameterEncoder()
            _ = try Self.columns(&encoder, of: self)
            return encoder.parameters
        }
    }
}

/// Each record's columns, listed once a process.
enum ColumnLists {
    private static let known = Mutex<[ObjectIdentifier: ColumnLister]>([:])

    static func of<R: Record>(_ record: R.Type) -> ColumnLister {
        if let lister = known.withLock({ $0[ObjectIdentifier(record)] }) { return lister }
        var lister = ColumnLister()
        do { _ = try R.columns(&lister, of: nil) } catch {
            preconditionFailure("the columns of \(record) cannot be listed: \(error)")
        }
        let names = lister.names
        precondition(Set(names).count == names.count, "\(record) names a column twice: \(names)")
        known.withLock { $0[ObjectIdentifier(record)] = lister }
        return lister
    }
}

/// A record within a record that may be missing.
struct OptionalPlace: Sendable {
    /// How many columns it has, and which of them says whether it is there.
    var columns: Int
    var key: Int
    /// How many records within it may be missing themselves.
    var optionals: Int
}

/// Lists columns.
struct ColumnLister: ColumnCoder, Sendable {
    private(set) var names: [String] = []
    private(set) var optionals: [OptionalPlace] = []
    private var prefix = ""

    mutating func code<Value: ColumnValue>(_ name: @autoclosure () -> String, _ value: Value?) throws -> Value {
        names.append(prefix + name())
        return Value.placeholder
    }

    mutating func record<Nested: Record>(_ prefix: StaticString, _ value: Nested?) throws -> Nested {
        let outer = self.prefix
        defer { self.prefix = outer }
        self.prefix += "\(prefix)"
        return try Nested.columns(&self, of: nil)
    }

    mutating func optionalRecord<Nested: Record>(
        _ prefix: StaticString, presentIf key: StaticString, _ value: Nested?
    ) throws -> Nested? {
        let (first, own) = (names.count, optionals.count)
        optionals.append(OptionalPlace(columns: 0, key: 0, optionals: 0))
        let nested: Nested = try record(prefix, nil)
        let name = "\(self.prefix)\(prefix)\(key)"
        guard let place = names[first...].firstIndex(of: name) else {
            throw DatabaseError(message: "there is no column \"\(name)\", only \(names[first...])")
        }
        optionals[own] = OptionalPlace(
            columns: names.count - first, key: place - first, optionals: optionals.count - own - 1)
        return nested
    }
}

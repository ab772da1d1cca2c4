public import Contracts
public import Database

extension ColumnCoder {
    /// A message within the row, each of its fields a column: `contractNumber` is `contract_number`.
    ///
    /// So a table that keeps messages as they came has no list of its own of what they say.
    ///
    /// - parameter renamed: the columns of fields that are called otherwise.
    /// - parameter value: the message that is to be written; nil when there is no row yet.
    /// - throws: `DatabaseError` when a column cannot be read.
    @inlinable
    public mutating func message<M: Message>(_ value: M?, renamed: KeyValuePairs<String, String> = [:]) throws -> M {
        try withUnsafeMutablePointer(to: &self) { columns in
            var coder = MessageColumns(columns, renamed: renamed)
            do throws(ContractError) {
                return try M.fields(&coder, of: value)
            } catch {
                throw coder.failure ?? DatabaseError(message: "\(error)")
            }
        }
    }
}

/// Passes the fields of a message on as columns.
public struct MessageColumns<Coder: ColumnCoder>: FieldCoder {
    // Valid as long as this value, which ColumnCoder/message(_:renamed:) makes for one call.
    @usableFromInline let columns: UnsafeMutablePointer<Coder>
    @usableFromInline let renamed: KeyValuePairs<String, String>
    /// What the database said, for which fields have no error of their own.
    @usableFromInline var failure: (any Error)?

    @usableFromInline
    init(_ columns: UnsafeMutablePointer<Coder>, renamed: KeyValuePairs<String, String>) {
        self.columns = columns
        self.renamed = renamed
    }

    @inlinable
    mutating func column<Value: ColumnValue>(
        _ field: StaticString, _ value: Value?
    ) throws(ContractError) -> Value {
        do {
            return try columns.pointee.code(columnName(field, renamed), value)
        } catch {
            failure = error
            throw ContractError.malformed(field: "\(field)", expected: "what its column holds")
        }
    }

    @inlinable
    public mutating func text(_ name: StaticString, _ value: String?, most: Int) throws(ContractError) -> String {
        try column(name, value)
    }

    @inlinable
    public mutating func optionalText(
        _ name: StaticString, _ value: String?, most: Int
    ) throws(ContractError) -> String? {
        try column(name, .some(value))
    }

    @inlinable
    public mutating func displayText(
        _ name: StaticString, _ value: String?, most: Int
    ) throws(ContractError) -> String {
        try column(name, value)
    }

    @inlinable
    public mutating func optionalDisplayText(
        _ name: StaticString, _ value: String?, most: Int
    ) throws(ContractError) -> String? {
        try column(name, .some(value))
    }

    @inlinable
    public mutating func id(_ name: StaticString, _ value: GUID?) throws(ContractError) -> GUID {
        try column(name, value)
    }

    @inlinable
    public mutating func optionalId(_ name: StaticString, _ value: GUID?) throws(ContractError) -> GUID? {
        try column(name, .some(value))
    }

    @inlinable
    public mutating func integer(_ name: StaticString, _ value: Int?) throws(ContractError) -> Int {
        try column(name, value)
    }

    /// An `int2`.
    @inlinable
    public mutating func currencyPrecision(_ name: StaticString, _ value: Int?) throws(ContractError) -> Int {
        Int(try column(name, value.map { Int16(clamping: $0) }))
    }

    @inlinable
    public mutating func boolean(_ name: StaticString, _ value: Bool?) throws(ContractError) -> Bool {
        try column(name, value)
    }

    @inlinable
    public mutating func flag(_ name: StaticString, _ value: Bool?) throws(ContractError) -> Bool {
        try column(name, value)
    }

    @inlinable
    public mutating func decimal<Value: ExactDecimal>(
        _ name: StaticString, _ value: Value?
    ) throws(ContractError) -> Value {
        try column(name, value.map { StoredDecimal(value: $0) }).value
    }

    @inlinable
    public mutating func optionalDecimal<Value: ExactDecimal>(
        _ name: StaticString, _ value: Value?
    ) throws(ContractError) -> Value? {
        try column(name, .some(value.map { StoredDecimal(value: $0) }))?.value
    }

    @inlinable
    public mutating func date(_ name: StaticString, _ value: CalendarDate?) throws(ContractError) -> CalendarDate {
        try column(name, value)
    }

    @inlinable
    public mutating func optionalDate(
        _ name: StaticString, _ value: CalendarDate?
    ) throws(ContractError) -> CalendarDate? {
        try column(name, .some(value))
    }

    @inlinable
    public mutating func choice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) throws(ContractError) -> Meaning {
        try label(name, value)
    }

    @inlinable
    public mutating func optionalChoice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) throws(ContractError) -> Meaning? {
        try column(name, .some(value.map { StoredLabel(value: $0) }))?.value
    }

    @inlinable
    public mutating func company(_ name: StaticString, _ value: Company?) throws(ContractError) -> Company {
        try column(name, value)
    }

    @inlinable
    public mutating func currency(_ name: StaticString, _ value: CurrencyCode?) throws(ContractError) -> CurrencyCode {
        try column(name, value)
    }

    @inlinable
    public mutating func optionalCompany(
        _ name: StaticString, _ value: Company?
    ) throws(ContractError) -> Company? {
        try column(name, .some(value))
    }

    @inlinable
    public mutating func optionalCurrency(
        _ name: StaticString, _ value: CurrencyCode?
    ) throws(ContractError) -> CurrencyCode? {
        try column(name, .some(value))
    }

    @inlinable
    public mutating func digest(_ name: StaticString, _ value: ControlDigest?) throws(ContractError) -> ControlDigest {
        try column(name, value)
    }

    @inlinable
    public mutating func label<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ value: Word?
    ) throws(ContractError) -> Word where Word.RawValue == String {
        try column(name, value.map { StoredLabel(value: $0) }).value
    }
}

/// Any decimal as a column, where it is not known which it is.
@usableFromInline
struct StoredDecimal<Value: ExactDecimal>: DatabaseValue {
    @usableFromInline let value: Value

    @inlinable
    init(value: Value) { self.value = value }

    @inlinable static var databaseType: DatabaseType { Value.databaseType }
    @inlinable static var placeholder: StoredDecimal { StoredDecimal(value: .zero) }

    @inlinable
    func write(to bytes: inout WireBytes) { value.write(to: &bytes) }

    @inlinable
    init(_ cell: Cell) throws { value = try Value(cell) }
}

/// Any closed set of words as a column, where it is not known which it is.
@usableFromInline
struct StoredLabel<Word: RawRepresentable & CaseIterable>: DatabaseValue where Word.RawValue == String {
    // Safe: a word of a closed set has no state.
    @usableFromInline nonisolated(unsafe) let value: Word

    @inlinable
    init(value: Word) { self.value = value }

    @inlinable static var databaseType: DatabaseType { .text }
    @inlinable static var placeholder: StoredLabel {
        guard let any = Word.allCases.first else { preconditionFailure("\(Word.self) has no word at all") }
        return StoredLabel(value: any)
    }

    @inlinable
    func write(to bytes: inout WireBytes) { bytes.append(value.rawValue) }

    @inlinable
    init(_ cell: Cell) throws {
        let label = try cell.string()
        guard let value = Word(rawValue: label) else {
            throw DatabaseError(message: "\"\(label)\" is no \(Word.self)", hint: "was it stored by a newer program?")
        }
        self.value = value
    }
}

/// The column of a field: in lower case, its words parted by underscores.
@usableFromInline
func columnName(_ field: StaticString, _ renamed: KeyValuePairs<String, String>) -> String {
    let field = "\(field)"
    if let name = renamed.first(where: { $0.key == field })?.value { return name }
    return field.reduce(into: "") { name, letter in
        name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
}

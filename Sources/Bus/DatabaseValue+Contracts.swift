public import Contracts
public import Database

// The values of the contracts as columns. Amounts, quantities and rates are
// numeric columns of the same scale.

extension GUID: DatabaseValue, DatabaseArrayElement {
    public static let databaseType = DatabaseType.uuid
    public static let arrayType = DatabaseType.uuidArray
    public static var placeholder: GUID { GUID(high: 0, low: 0) }

    public func write(to bytes: inout WireBytes) {
        bytes.append(high)
        bytes.append(low)
    }

    public init(_ cell: Cell) throws {
        let bytes = try cell.uuid()
        self.init(high: bytes.high, low: bytes.low)
    }
}

extension CalendarDate: DatabaseValue {
    public static let databaseType = DatabaseType.date
    public static var placeholder: CalendarDate { CalendarDate(day: 0) }
    public func write(to bytes: inout WireBytes) { bytes.append(daysSince2000) }
    public init(_ cell: Cell) throws { self.init(day: try cell.day() + 10_957) }

    /// PostgreSQL counts days from 2000-01-01.
    var daysSince2000: Int32 { day - 10_957 }
}

extension Company: DatabaseValue, DatabaseArrayElement {
    public static let databaseType = DatabaseType.text
    public static let arrayType = DatabaseType.textArray
    public func write(to bytes: inout WireBytes) { bytes.append(rawValue) }

    /// - throws: `DatabaseError` also when the text is no company's code.
    public init(_ cell: Cell) throws {
        let code = try cell.string()
        guard let company = Company(code) else {
            throw DatabaseError(message: "\"\(code)\" is not \(Company.expected)")
        }
        self = company
    }
}

extension CurrencyCode: DatabaseValue, DatabaseArrayElement {
    public static let databaseType = DatabaseType.text
    public static let arrayType = DatabaseType.textArray
    public func write(to bytes: inout WireBytes) { bytes.append(rawValue) }

    /// - throws: `DatabaseError` also when the text is no currency's code.
    public init(_ cell: Cell) throws {
        let code = try cell.string()
        guard let currency = CurrencyCode(code) else {
            throw DatabaseError(message: "\"\(code)\" is not \(CurrencyCode.expected)")
        }
        self = currency
    }
}

/// A text of 64 hexadecimal digits.
extension ControlDigest: DatabaseValue {
    public static let databaseType = DatabaseType.text
    public static var placeholder: ControlDigest { ControlDigest() }
    public func write(to bytes: inout WireBytes) { bytes.append(description) }

    public init(_ cell: Cell) throws {
        guard let digest = ControlDigest(try cell.string()) else {
            throw DatabaseError(message: "a digest of 64 hexadecimal digits was expected")
        }
        self = digest
    }
}

extension ExactDecimal {
    public static var databaseType: DatabaseType { .numeric }
    public static var placeholder: Self { .zero }
    public func write(to bytes: inout WireBytes) { bytes.append(numeric: units, scale: Self.scale) }
    public init(_ cell: Cell) throws {
        self.init(units: try cell.numeric(scale: Self.scale))
    }
}

extension Money: DatabaseValue {}
extension Quantity: DatabaseValue {}
extension ExchangeRate: DatabaseValue {}
extension Percentage: DatabaseValue {}

// Choices and other closed sets are stored as their labels.
extension TransactionType: DatabaseLabel {}
extension TransactionClass: DatabaseLabel {}
extension BillingType: DatabaseLabel {}
extension BillingStatus: DatabaseLabel {}
extension AdjustmentStatus: DatabaseLabel {}
extension BillingMethod: DatabaseLabel {}
extension ProjectInvoiceStatus: DatabaseLabel {}
extension MilestoneInvoiceStatus: DatabaseLabel {}
extension PostingKind: DatabaseLabel {}
extension PostedStatus: DatabaseLabel {}

extension BinaryRow {
    public func guid(_ column: Int) throws -> GUID {
        let bytes = try uuid(column)
        return GUID(high: bytes.high, low: bytes.low)
    }

    public func optionalGUID(_ column: Int) throws -> GUID? { try isNull(column) ? nil : guid(column) }

    public func date(_ column: Int) throws -> CalendarDate { CalendarDate(day: try day(column) + 10_957) }

    public func optionalDate(_ column: Int) throws -> CalendarDate? { try isNull(column) ? nil : date(column) }

    public func money(_ column: Int) throws -> Money { try self[column, as: Money.self] }

    public func optionalMoney(_ column: Int) throws -> Money? { try isNull(column) ? nil : money(column) }

    public func quantity(_ column: Int) throws -> Quantity { try self[column, as: Quantity.self] }

    public func exchangeRate(_ column: Int) throws -> ExchangeRate { try self[column, as: ExchangeRate.self] }

    public func optionalExchangeRate(_ column: Int) throws -> ExchangeRate? {
        try isNull(column) ? nil : exchangeRate(column)
    }

    public func percentage(_ column: Int) throws -> Percentage { try self[column, as: Percentage.self] }

    /// The meaning of a choice, stored as its label.
    ///
    /// - throws: `DatabaseError` when the label is none of this program's.
    public func choice<Meaning: Choice>(_ column: Int, as: Meaning.Type = Meaning.self) throws -> Meaning {
        let label = try string(column)
        guard let meaning = Meaning(rawValue: label) else {
            throw DatabaseError(
                message: "\"\(label)\" is no meaning of \(Meaning.column)", hint: "was it stored by a newer program?")
        }
        return meaning
    }

    public func optionalChoice<Meaning: Choice>(_ column: Int, as: Meaning.Type = Meaning.self) throws -> Meaning? {
        try isNull(column) ? nil : choice(column)
    }
}

extension CopyRows {
    public mutating func append(_ value: GUID) { append(uuid: (high: value.high, low: value.low)) }

    public mutating func append(_ value: GUID?) {
        if let value { append(value) } else { null() }
    }

    public mutating func append(_ value: CalendarDate) { append(date: value.daysSince2000) }

    public mutating func append(_ value: CalendarDate?) {
        if let value { append(value) } else { null() }
    }

    public mutating func append(_ value: Money) { append(numeric: value.units, scale: Money.scale) }

    public mutating func append(_ value: Quantity) { append(numeric: value.units, scale: Quantity.scale) }

    public mutating func append(_ value: ExchangeRate) { append(numeric: value.units, scale: ExchangeRate.scale) }

    public mutating func append(_ value: String?) {
        if let value { append(value) } else { null() }
    }

    public mutating func append<Meaning: Choice>(_ value: Meaning) { append(value.rawValue) }

    public mutating func append<Meaning: Choice>(_ value: Meaning?) {
        if let value { append(value.rawValue) } else { null() }
    }
}

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

extension DayZone {
    /// The day on which an instant of the database is.
    public func day(of instant: Instant) -> CalendarDate {
        let micros = instant.microsecondsSince2000
        let seconds = micros >= 0 ? micros / 1_000_000 : (micros - 999_999) / 1_000_000
        return day(atSecondsSince1970: seconds + 10_957 * 86_400)
    }
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
    @inlinable
    public static var databaseType: DatabaseType { .numeric }
    @inlinable
    public static var placeholder: Self { .zero }
    @inlinable
    public func write(to bytes: inout WireBytes) { bytes.append(numeric: units, scale: Self.scale) }
    @inlinable
    public init(_ cell: Cell) throws {
        self.init(units: try cell.numeric(scale: Self.scale))
    }
}

extension Money: DatabaseValue, DatabaseArrayElement { public static let arrayType = DatabaseType.numericArray }
extension Quantity: DatabaseValue {}
extension ExchangeRate: DatabaseValue {}
extension Percentage: DatabaseValue, DatabaseArrayElement { public static let arrayType = DatabaseType.numericArray }

// Choices and other closed sets are stored as their labels.
extension TransactionType: DatabaseLabel {}
extension TransactionClass: DatabaseLabel {}
extension BillingType: DatabaseLabel {}
extension BillingStatus: DatabaseLabel {}
extension AdjustmentStatus: DatabaseLabel {}
extension BillingMethod: DatabaseLabel {}
extension ProjectInvoiceStatus: DatabaseLabel {}
extension MilestoneInvoiceStatus: DatabaseLabel {}
extension NotToExceedStatus: DatabaseLabel {}
extension ConnectionRole: DatabaseLabel {}
extension ConnectedTable: DatabaseLabel {}
extension PostingKind: DatabaseLabel {}
extension PostedStatus: DatabaseLabel {}

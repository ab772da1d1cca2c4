import JSON

/// Reads the fields of a message from the members of a JSON object.
public struct FieldDecoder: FieldCoder {
    let reader: FieldReader
    let choices: ChoiceTables
    /// The fields come in the order in which the reader was told of them.
    private var next = 0

    init(reader: FieldReader, choices: ChoiceTables) {
        self.reader = reader
        self.choices = choices
    }

    private mutating func slot() -> JSONSlot {
        defer { next += 1 }
        return reader[next]
    }

    public mutating func text(_ name: StaticString, _ value: String?, most: Int) throws(ContractError) -> String {
        guard let text = try optionalText(name, value, most: most), !text.isEmpty else { throw missing(name) }
        return text
    }

    public mutating func optionalText(
        _ name: StaticString, _ value: String?, most: Int
    ) throws(ContractError) -> String? {
        let slot = slot()
        if slot.kind == .string, !slot.isReadable { throw malformed(name, "a text of characters that can be read") }
        return try text(name, in: slot, most: most)
    }

    public mutating func displayText(
        _ name: StaticString, _ value: String?, most: Int
    ) throws(ContractError) -> String {
        guard let text = try optionalDisplayText(name, value, most: most), !text.isEmpty else { throw missing(name) }
        return text
    }

    public mutating func optionalDisplayText(
        _ name: StaticString, _ value: String?, most: Int
    ) throws(ContractError) -> String? {
        try text(name, in: slot(), most: most)
    }

    private func text(_ name: StaticString, in slot: JSONSlot, most: Int) throws(ContractError) -> String? {
        switch slot.kind {
        case .missing, .null: return nil
        case .string:
            let bytes = slot.bytes
            var text = String(decoding: bytes, as: UTF8.self)
            // PostgreSQL's text holds every character but U+0000.
            if bytes.contains(0) { text = text.replacing("\0", with: "\u{FFFD}") }
            guard bytes.count <= most || text.unicodeScalars.count <= most else {
                throw malformed(name, "a text of at most \(most) characters")
            }
            return text
        default: throw malformed(name, "a text")
        }
    }

    public mutating func id(_ name: StaticString, _ value: GUID?) throws(ContractError) -> GUID {
        guard let id = try optionalId(name, value) else { throw missing(name) }
        return id
    }

    public mutating func optionalId(_ name: StaticString, _ value: GUID?) throws(ContractError) -> GUID? {
        let slot = slot()
        if slot.kind == .missing || slot.kind == .null { return nil }
        guard slot.kind == .string, let id = GUID(parsing: slot.bytes) else {
            throw malformed(name, "an id such as 5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d")
        }
        return id
    }

    public mutating func integer(_ name: StaticString, _ value: Int?) throws(ContractError) -> Int {
        guard let integer = try optionalInteger(name) else { throw missing(name) }
        return integer
    }

    private mutating func optionalInteger(_ name: StaticString) throws(ContractError) -> Int? {
        let slot = slot()
        if slot.kind == .missing || slot.kind == .null { return nil }
        guard let integer = slot.integer else {
            throw malformed(name, "a whole number")
        }
        return Int(integer)
    }

    public mutating func currencyPrecision(_ name: StaticString, _ value: Int?) throws(ContractError) -> Int {
        let precision = try integer(name, value)
        guard (0...4).contains(precision) else { throw malformed(name, "a number of decimal places, 0 to 4") }
        return precision
    }

    public mutating func boolean(_ name: StaticString, _ value: Bool?) throws(ContractError) -> Bool {
        guard let boolean = try optionalBoolean(name) else { throw missing(name) }
        return boolean
    }

    public mutating func flag(_ name: StaticString, _ value: Bool?) throws(ContractError) -> Bool {
        try optionalBoolean(name) ?? false
    }

    private mutating func optionalBoolean(_ name: StaticString) throws(ContractError) -> Bool? {
        switch slot().kind {
        case .true: return true
        case .false: return false
        case .missing, .null: return nil
        default: throw malformed(name, "true or false")
        }
    }

    public mutating func decimal<Value: ExactDecimal>(
        _ name: StaticString, _ value: Value?
    ) throws(ContractError) -> Value {
        guard let decimal = try optionalDecimal(name, value) else { throw missing(name) }
        return decimal
    }

    public mutating func optionalDecimal<Value: ExactDecimal>(
        _ name: StaticString, _ value: Value?
    ) throws(ContractError) -> Value? {
        let slot = slot()
        if slot.kind == .missing || slot.kind == .null { return nil }
        guard slot.kind == .string else { throw malformed(name, "a decimal in quotes, such as \"1600.0000\"") }
        do {
            return try Value(parsing: slot.bytes)
        } catch {
            switch error {
            case .notADecimal: throw malformed(name, "a decimal in quotes, such as \"1600.0000\"")
            case .tooManyPlaces: throw malformed(name, "a decimal of at most \(Value.scale) places")
            case .tooLarge:
                throw malformed(name, "a decimal of at most \(Value.mostDigits - Value.scale) digits before the point")
            }
        }
    }

    public mutating func date(_ name: StaticString, _ value: CalendarDate?) throws(ContractError) -> CalendarDate {
        let slot = slot()
        guard let date = try self.date(name, in: slot) else {
            guard slot.kind == .string else { throw missing(name) }
            throw malformed(name, "a date: \"\(slot.text ?? "")\" means that there is none")
        }
        return date
    }

    public mutating func optionalDate(
        _ name: StaticString, _ value: CalendarDate?
    ) throws(ContractError) -> CalendarDate? {
        try date(name, in: slot())
    }

    /// A day, or nil where there is none; an instant is no day (`domain.md` §9.24).
    private func date(_ name: StaticString, in slot: JSONSlot) throws(ContractError) -> CalendarDate? {
        if slot.kind == .missing || slot.kind == .null { return nil }
        if slot.kind == .string {
            if let date = CalendarDate(parsing: slot.bytes) { return date.meansNone ? nil : date }
            do { if try CalendarDate.reading(slot.bytes, in: .utc) == nil { return nil } } catch {}
        }
        throw malformed(name, "a date such as \"2026-11-21\"")
    }

    public mutating func choice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) throws(ContractError) -> Meaning {
        try Meaning.table(in: choices).meaning(of: integer(name, nil))
    }

    public mutating func optionalChoice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) throws(ContractError) -> Meaning? {
        guard let code = try optionalInteger(name) else { return nil }
        return try Meaning.table(in: choices).meaning(of: code)
    }

    public mutating func company(_ name: StaticString, _ value: Company?) throws(ContractError) -> Company {
        guard let company = try optionalCompany(name, value) else { throw missing(name) }
        return company
    }

    public mutating func optionalCompany(
        _ name: StaticString, _ value: Company?
    ) throws(ContractError) -> Company? {
        guard let text = try optionalText(name, nil, most: 4) else { return nil }
        guard let company = Company(text) else { throw malformed(name, Company.expected) }
        return company
    }

    public mutating func currency(
        _ name: StaticString, _ value: CurrencyCode?
    ) throws(ContractError) -> CurrencyCode {
        guard let currency = try optionalCurrency(name, value) else { throw missing(name) }
        return currency
    }

    public mutating func optionalCurrency(
        _ name: StaticString, _ value: CurrencyCode?
    ) throws(ContractError) -> CurrencyCode? {
        guard let text = try optionalText(name, nil, most: 3) else { return nil }
        guard let currency = CurrencyCode(text) else { throw malformed(name, CurrencyCode.expected) }
        return currency
    }

    public mutating func digest(
        _ name: StaticString, _ value: ControlDigest?
    ) throws(ContractError) -> ControlDigest {
        guard let digest = ControlDigest(try text(name, nil, most: 64)) else {
            throw malformed(name, "64 hexadecimal digits")
        }
        return digest
    }

    public mutating func label<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ value: Word?
    ) throws(ContractError) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text(name, nil, most: 100)) else {
            throw malformed(name, Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or "))
        }
        return word
    }

    private func missing(_ name: StaticString) -> ContractError { .missing(field: "\(name)") }

    private func malformed(_ name: StaticString, _ expected: String) -> ContractError {
        .malformed(field: "\(name)", expected: expected)
    }
}

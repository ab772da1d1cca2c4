import JSON

/// The members of one decoded message, read by position in ``Message/fields``.
public struct MessageFields {
    let reader: FieldReader
    let names: [String]

    /// A text of at most `most` characters that is not empty.
    func text(_ field: Int, most: Int) throws(ContractError) -> String {
        guard let text = try optionalText(field, most: most), !text.isEmpty else { throw .missing(field: names[field]) }
        return text
    }

    /// A text of at most `most` characters; nil when it is missing or null.
    func optionalText(_ field: Int, most: Int) throws(ContractError) -> String? {
        let slot = reader[field]
        switch slot.kind {
        case .missing, .null: return nil
        case .string:
            let bytes = slot.bytes
            // PostgreSQL's text holds every character but U+0000.
            guard !bytes.contains(0) else {
                throw .malformed(field: names[field], expected: "a text without the character U+0000")
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard bytes.count <= most || text.unicodeScalars.count <= most else {
                throw .malformed(field: names[field], expected: "a text of at most \(most) characters")
            }
            return text
        default: throw .malformed(field: names[field], expected: "a text")
        }
    }

    func guid(_ field: Int) throws(ContractError) -> GUID {
        guard let guid = try optionalGUID(field) else { throw .missing(field: names[field]) }
        return guid
    }

    func optionalGUID(_ field: Int) throws(ContractError) -> GUID? {
        let slot = reader[field]
        if slot.kind == .missing || slot.kind == .null { return nil }
        guard slot.kind == .string, let guid = GUID(parsing: slot.bytes) else {
            throw .malformed(field: names[field], expected: "an id such as 5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d")
        }
        return guid
    }

    func integer(_ field: Int) throws(ContractError) -> Int {
        guard let integer = try optionalInteger(field) else { throw .missing(field: names[field]) }
        return integer
    }

    func optionalInteger(_ field: Int) throws(ContractError) -> Int? {
        let slot = reader[field]
        if slot.kind == .missing || slot.kind == .null { return nil }
        guard slot.kind == .number, let integer = parseInt64(slot.bytes) else {
            throw .malformed(field: names[field], expected: "a whole number")
        }
        return Int(integer)
    }

    func boolean(_ field: Int) throws(ContractError) -> Bool {
        switch reader[field].kind {
        case .true: return true
        case .false: return false
        case .missing, .null: throw .missing(field: names[field])
        default: throw .malformed(field: names[field], expected: "true or false")
        }
    }

    /// An exact decimal, which the bus carries as text.
    func decimal<Value: ExactDecimal>(_ field: Int, as: Value.Type = Value.self) throws(ContractError) -> Value {
        let slot = reader[field]
        if slot.kind == .missing || slot.kind == .null { throw .missing(field: names[field]) }
        guard slot.kind == .string else {
            throw .malformed(field: names[field], expected: "a decimal in quotes, such as \"1600.0000\"")
        }
        do {
            return try Value(parsing: slot.bytes)
        } catch {
            switch error {
            case .notADecimal:
                throw .malformed(field: names[field], expected: "a decimal in quotes, such as \"1600.0000\"")
            case .tooManyPlaces:
                throw .malformed(field: names[field], expected: "a decimal of at most \(Value.scale) places")
            case .tooLarge:
                throw .malformed(
                    field: names[field],
                    expected: "a decimal of at most \(Value.mostDigits - Value.scale) digits before the point")
            }
        }
    }

    func date(_ field: Int) throws(ContractError) -> CalendarDate {
        guard let date = try optionalDate(field) else { throw .missing(field: names[field]) }
        return date
    }

    func optionalDate(_ field: Int) throws(ContractError) -> CalendarDate? {
        let slot = reader[field]
        if slot.kind == .missing || slot.kind == .null { return nil }
        guard slot.kind == .string, let date = CalendarDate(parsing: slot.bytes) else {
            throw .malformed(field: names[field], expected: "a date such as \"2026-11-21\"")
        }
        return date
    }

    /// The meaning of a choice, which the bus carries as its Dataverse code.
    func choice<Meaning: Choice>(_ field: Int, in table: ChoiceTable<Meaning>) throws(ContractError) -> Meaning {
        try table.meaning(of: integer(field))
    }

    func optionalChoice<Meaning: Choice>(
        _ field: Int, in table: ChoiceTable<Meaning>
    ) throws(ContractError) -> Meaning? {
        guard let code = try optionalInteger(field) else { return nil }
        return try table.meaning(of: code)
    }

    /// The legal entity: one to four letters or digits, kept in lower case.
    func company(_ field: Int) throws(ContractError) -> String {
        let company = try text(field, most: 4)
        guard company.utf8.allSatisfy(isLetterOrDigit) else {
            throw .malformed(field: names[field], expected: "a company of one to four letters or digits")
        }
        return company.lowercased()
    }

    /// An ISO currency code of three letters.
    func currency(_ field: Int) throws(ContractError) -> String {
        let currency = try text(field, most: 3)
        guard currency.utf8.count == 3,
            currency.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { throw .malformed(field: names[field], expected: "an ISO currency code such as \"USD\"") }
        return currency
    }

    /// How many decimal places a currency has, 0 to 4.
    func currencyPrecision(_ field: Int) throws(ContractError) -> Int {
        let precision = try integer(field)
        guard (0...4).contains(precision) else {
            throw .malformed(field: names[field], expected: "a number of decimal places, 0 to 4")
        }
        return precision
    }

    /// A digest of 64 hexadecimal digits.
    func digest(_ field: Int) throws(ContractError) -> ControlDigest {
        guard let digest = ControlDigest(try text(field, most: 64)) else {
            throw .malformed(field: names[field], expected: "64 hexadecimal digits")
        }
        return digest
    }

    /// One of a few words.
    func label<Word: RawRepresentable & CaseIterable>(
        _ field: Int, as: Word.Type
    ) throws(ContractError) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text(field, most: 100)) else {
            let words = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            throw .malformed(field: names[field], expected: words)
        }
        return word
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        true
    default: false
    }
}

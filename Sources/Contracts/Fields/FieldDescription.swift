/// A field of a message, as its JSON Schema has it too.
public struct FieldDescription: Hashable, Sendable {
    /// What a field holds.
    public enum Kind: Hashable, Sendable {
        /// A text of at most so many characters.
        case text(most: Int)
        case id
        case integer
        case boolean
        /// A decimal in quotes: at most so many digits before the point, and so many places.
        case decimal(digits: Int, places: Int)
        case date
        /// A code of the choice of this column.
        case choice(column: String)
        case company
        case currency
        case currencyPrecision
        case digest
        /// One of these words.
        case label([String])
    }

    public let name: String
    public let kind: Kind
    /// Whether a message without it is refused.
    public let isRequired: Bool
}

/// Describes the fields of a message. The values that it returns only stand in for some.
struct FieldDescriber: FieldCoder {
    private(set) var fields: [FieldDescription] = []

    private mutating func add(_ name: StaticString, _ kind: FieldDescription.Kind, required: Bool = true) {
        fields.append(FieldDescription(name: "\(name)", kind: kind, isRequired: required))
    }

    mutating func text(_ name: StaticString, _ value: String?, most: Int) -> String {
        add(name, .text(most: most))
        return ""
    }

    mutating func optionalText(_ name: StaticString, _ value: String?, most: Int) -> String? {
        add(name, .text(most: most), required: false)
        return nil
    }

    mutating func displayText(_ name: StaticString, _ value: String?, most: Int) -> String {
        text(name, value, most: most)
    }

    mutating func optionalDisplayText(_ name: StaticString, _ value: String?, most: Int) -> String? {
        optionalText(name, value, most: most)
    }

    mutating func id(_ name: StaticString, _ value: GUID?) -> GUID {
        add(name, .id)
        return GUID(high: 0, low: 0)
    }

    mutating func optionalId(_ name: StaticString, _ value: GUID?) -> GUID? {
        add(name, .id, required: false)
        return nil
    }

    mutating func integer(_ name: StaticString, _ value: Int?) -> Int {
        add(name, .integer)
        return 0
    }

    mutating func currencyPrecision(_ name: StaticString, _ value: Int?) -> Int {
        add(name, .currencyPrecision)
        return 0
    }

    mutating func boolean(_ name: StaticString, _ value: Bool?) -> Bool {
        add(name, .boolean)
        return false
    }

    mutating func flag(_ name: StaticString, _ value: Bool?) -> Bool {
        add(name, .boolean, required: false)
        return false
    }

    mutating func decimal<Value: ExactDecimal>(_ name: StaticString, _ value: Value?) -> Value {
        add(name, .decimal(digits: Value.mostDigits - Value.scale, places: Value.scale))
        return .zero
    }

    mutating func optionalDecimal<Value: ExactDecimal>(_ name: StaticString, _ value: Value?) -> Value? {
        add(name, .decimal(digits: Value.mostDigits - Value.scale, places: Value.scale), required: false)
        return nil
    }

    mutating func date(_ name: StaticString, _ value: CalendarDate?) -> CalendarDate {
        add(name, .date)
        return CalendarDate(day: 0)
    }

    mutating func optionalDate(_ name: StaticString, _ value: CalendarDate?) -> CalendarDate? {
        add(name, .date, required: false)
        return nil
    }

    mutating func choice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) -> Meaning {
        add(name, .choice(column: Meaning.column))
        return any()
    }

    mutating func optionalChoice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) -> Meaning? {
        add(name, .choice(column: Meaning.column), required: false)
        return nil
    }

    mutating func company(_ name: StaticString, _ value: Company?) -> Company {
        add(name, .company)
        return .placeholder
    }

    mutating func optionalCompany(_ name: StaticString, _ value: Company?) -> Company? {
        add(name, .company, required: false)
        return nil
    }

    mutating func currency(_ name: StaticString, _ value: CurrencyCode?) -> CurrencyCode {
        add(name, .currency)
        return .placeholder
    }

    mutating func optionalCurrency(_ name: StaticString, _ value: CurrencyCode?) -> CurrencyCode? {
        add(name, .currency, required: false)
        return nil
    }

    mutating func digest(_ name: StaticString, _ value: ControlDigest?) -> ControlDigest {
        add(name, .digest)
        return ControlDigest()
    }

    mutating func label<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ value: Word?
    ) -> Word where Word.RawValue == String {
        add(name, .label(Word.allCases.map(\.rawValue)))
        return any()
    }

    private func any<Meaning: CaseIterable>() -> Meaning {
        guard let first = Meaning.allCases.first else { preconditionFailure("\(Meaning.self) has no meaning at all") }
        return first
    }
}

import JSON

/// Writes the fields of a message as members of a JSON object. Optional fields that are nil are left out.
public struct FieldWriter: FieldCoder {
    // Valid as long as the writer, which Message/write(to:choices:) makes for one call.
    private let json: UnsafeMutablePointer<JSONWriter>
    private let choices: ChoiceTables

    init(_ json: UnsafeMutablePointer<JSONWriter>, choices: ChoiceTables) {
        self.json = json
        self.choices = choices
    }

    /// The values of a message are all there when it is written.
    private func given<Value>(_ value: Value?, _ name: StaticString) throws(ContractError) -> Value {
        guard let value else { throw .missing(field: "\(name)") }
        return value
    }

    public mutating func text(_ name: StaticString, _ value: String?, most: Int) throws(ContractError) -> String {
        let value = try given(value, name)
        json.pointee.member(name, value)
        return value
    }

    public mutating func optionalText(_ name: StaticString, _ value: String?, most: Int) -> String? {
        json.pointee.member(name, value)
        return value
    }

    public mutating func displayText(
        _ name: StaticString, _ value: String?, most: Int
    ) throws(ContractError) -> String {
        try text(name, value, most: most)
    }

    public mutating func optionalDisplayText(_ name: StaticString, _ value: String?, most: Int) -> String? {
        optionalText(name, value, most: most)
    }

    public mutating func id(_ name: StaticString, _ value: GUID?) throws(ContractError) -> GUID {
        let value = try given(value, name)
        json.pointee.member(name, value)
        return value
    }

    public mutating func optionalId(_ name: StaticString, _ value: GUID?) -> GUID? {
        if let value { json.pointee.member(name, value) }
        return value
    }

    public mutating func integer(_ name: StaticString, _ value: Int?) throws(ContractError) -> Int {
        let value = try given(value, name)
        json.pointee.member(name, value)
        return value
    }

    public mutating func currencyPrecision(_ name: StaticString, _ value: Int?) throws(ContractError) -> Int {
        try integer(name, value)
    }

    public mutating func boolean(_ name: StaticString, _ value: Bool?) throws(ContractError) -> Bool {
        let value = try given(value, name)
        json.pointee.member(name, value)
        return value
    }

    public mutating func flag(_ name: StaticString, _ value: Bool?) throws(ContractError) -> Bool {
        let value = try given(value, name)
        if value { json.pointee.member(name, value) }
        return value
    }

    public mutating func decimal<Value: ExactDecimal>(
        _ name: StaticString, _ value: Value?
    ) throws(ContractError) -> Value {
        let value = try given(value, name)
        json.pointee.member(name, quoted: 48) { value.write(to: $0) }
        return value
    }

    public mutating func optionalDecimal<Value: ExactDecimal>(_ name: StaticString, _ value: Value?) -> Value? {
        if let value { json.pointee.member(name, quoted: 48) { value.write(to: $0) } }
        return value
    }

    public mutating func date(_ name: StaticString, _ value: CalendarDate?) throws(ContractError) -> CalendarDate {
        let value = try given(value, name)
        json.pointee.member(name, value.description)
        return value
    }

    public mutating func optionalDate(_ name: StaticString, _ value: CalendarDate?) -> CalendarDate? {
        if let value { json.pointee.member(name, value.description) }
        return value
    }

    public mutating func choice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) throws(ContractError) -> Meaning {
        let value = try given(value, name)
        json.pointee.member(name, try Meaning.table(in: choices).requiredCode(of: value))
        return value
    }

    public mutating func optionalChoice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) -> Meaning? {
        json.pointee.member(name, value.flatMap { Meaning.table(in: choices).code(of: $0) })
        return value
    }

    public mutating func company(_ name: StaticString, _ value: Company?) throws(ContractError) -> Company {
        let value = try given(value, name)
        json.pointee.member(name, value.rawValue)
        return value
    }

    public mutating func currency(_ name: StaticString, _ value: CurrencyCode?) throws(ContractError) -> CurrencyCode {
        let value = try given(value, name)
        json.pointee.member(name, value.rawValue)
        return value
    }

    public mutating func optionalCompany(_ name: StaticString, _ value: Company?) -> Company? {
        json.pointee.member(name, value?.rawValue)
        return value
    }

    public mutating func optionalCurrency(_ name: StaticString, _ value: CurrencyCode?) -> CurrencyCode? {
        json.pointee.member(name, value?.rawValue)
        return value
    }

    public mutating func digest(_ name: StaticString, _ value: ControlDigest?) throws(ContractError) -> ControlDigest {
        let value = try given(value, name)
        json.pointee.member(name, value.description)
        return value
    }

    public mutating func label<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ value: Word?
    ) throws(ContractError) -> Word where Word.RawValue == String {
        let value = try given(value, name)
        json.pointee.member(name, value.rawValue)
        return value
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, _ value: GUID) {
        member(name, quoted: 36) { value.write(to: $0) }
    }
}

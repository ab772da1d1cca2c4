/// What a ``Message`` passes its fields to: they are read, written and described by one list of them.
///
/// Each method takes the field's name in the JSON object, the value that is to be written (nil when one is read, or the
/// fields are only described), and what the value has to be. It returns the value.
///
/// All throw ``ContractError``: when a required field is missing, a field is malformed, a choice code is unknown, or
/// a meaning has no code.
public protocol FieldCoder {
    /// A text that is not empty, of at most `most` characters, by which something is known: a number, a code, a name. It
    /// is refused when a character of it cannot be read.
    mutating func text(_ name: StaticString, _ value: String?, most: Int) throws(ContractError) -> String
    mutating func optionalText(_ name: StaticString, _ value: String?, most: Int) throws(ContractError) -> String?

    /// A text that only people read; U+FFFD stands for a character of it that cannot be read.
    mutating func displayText(_ name: StaticString, _ value: String?, most: Int) throws(ContractError) -> String
    mutating func optionalDisplayText(
        _ name: StaticString, _ value: String?, most: Int
    ) throws(ContractError) -> String?

    /// An id of 36 characters.
    mutating func id(_ name: StaticString, _ value: GUID?) throws(ContractError) -> GUID
    mutating func optionalId(_ name: StaticString, _ value: GUID?) throws(ContractError) -> GUID?

    /// A whole number.
    mutating func integer(_ name: StaticString, _ value: Int?) throws(ContractError) -> Int

    /// How many decimal places a currency has, 0 to 4.
    mutating func currencyPrecision(_ name: StaticString, _ value: Int?) throws(ContractError) -> Int

    mutating func boolean(_ name: StaticString, _ value: Bool?) throws(ContractError) -> Bool

    /// A boolean that is left out when it is false.
    mutating func flag(_ name: StaticString, _ value: Bool?) throws(ContractError) -> Bool

    /// An exact decimal, which the bus carries as text.
    mutating func decimal<Value: ExactDecimal>(
        _ name: StaticString, _ value: Value?
    ) throws(ContractError) -> Value

    mutating func optionalDecimal<Value: ExactDecimal>(
        _ name: StaticString, _ value: Value?
    ) throws(ContractError) -> Value?

    /// A day, `YYYY-MM-DD`.
    mutating func date(_ name: StaticString, _ value: CalendarDate?) throws(ContractError) -> CalendarDate
    mutating func optionalDate(_ name: StaticString, _ value: CalendarDate?) throws(ContractError) -> CalendarDate?

    /// A choice, which the bus carries as its Dataverse code.
    mutating func choice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) throws(ContractError) -> Meaning
    /// A choice that may be missing; one without a code is left out.
    mutating func optionalChoice<Meaning: Choice>(
        _ name: StaticString, _ value: Meaning?
    ) throws(ContractError) -> Meaning?

    mutating func company(_ name: StaticString, _ value: Company?) throws(ContractError) -> Company
    mutating func optionalCompany(_ name: StaticString, _ value: Company?) throws(ContractError) -> Company?

    mutating func currency(_ name: StaticString, _ value: CurrencyCode?) throws(ContractError) -> CurrencyCode
    mutating func optionalCurrency(
        _ name: StaticString, _ value: CurrencyCode?
    ) throws(ContractError) -> CurrencyCode?

    /// A digest of 64 hexadecimal digits.
    mutating func digest(_ name: StaticString, _ value: ControlDigest?) throws(ContractError) -> ControlDigest

    /// One of a few words.
    mutating func label<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ value: Word?
    ) throws(ContractError) -> Word where Word.RawValue == String
}

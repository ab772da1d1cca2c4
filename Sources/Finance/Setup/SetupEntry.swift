import Contracts
import YAML

/// A row of set-up in the words of a set-up file: where it stands in its company, and what it says.
struct SetupEntry: Hashable, Sendable {
    /// Which row it is: the keys under which it stands, `["exchange-rates", "EUR", "2026-01-01"]`. Of an item of a list
    /// the last one is no key of the file, but tells it from others. Empty for the company's own keys.
    var place: [String]
    var form: Form
    /// What it says, by the file's keys.
    var fields: [Field]

    /// How a row is written.
    enum Form: Hashable, Sendable {
        /// Its fields are keys.
        case keys
        /// Its one field stands at its place.
        case value
        /// It is an item of a list.
        case item
        /// It is an item of a list that only says which row it is.
        case name
    }

    struct Field: Hashable, Sendable {
        var name: String
        var value: YAMLValue
    }

    private init(_ place: [String], _ form: Form, _ fields: [Field]) {
        self.place = place
        self.form = form
        self.fields = fields
    }

    /// A row whose fields are keys; those without a value are left out.
    static func keys(_ place: [String], _ fields: KeyValuePairs<String, YAMLValue?>) -> SetupEntry {
        SetupEntry(place, .keys, present(fields))
    }

    /// A row that is one value.
    static func value(_ place: [String], _ name: String, _ value: YAMLValue) -> SetupEntry {
        SetupEntry(place, .value, [Field(name: name, value: value)])
    }

    /// A row that is an item of a list.
    ///
    /// - parameter key: tells it from others.
    static func item(_ list: [String], key: String, _ fields: KeyValuePairs<String, YAMLValue?>) -> SetupEntry {
        SetupEntry(list + [key], .item, present(fields))
    }

    /// A row that is a name in a list.
    static func name(_ name: String, in list: [String]) -> SetupEntry { SetupEntry(list + [name], .name, []) }

    private static func present(_ fields: KeyValuePairs<String, YAMLValue?>) -> [Field] {
        fields.compactMap { name, value in value.map { Field(name: name, value: $0) } }
    }
}

// What a file says of Finance's values.
extension YAMLValue {
    init(_ number: Int) { self = .plain(String(number)) }
    init(_ flag: Bool) { self = .plain(flag ? "true" : "false") }
    init(_ date: CalendarDate) { self = .plain(date.description) }
    init(_ currency: CurrencyCode) { self = .text(currency.rawValue) }
    init(_ label: some RawRepresentable<String>) { self = .text(label.rawValue) }

    /// A decimal without zeros that say nothing: `6.5`.
    init(_ decimal: some ExactDecimal) {
        var text = Substring(decimal.description)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        self = .plain(String(text))
    }

    /// Nil when there is nothing to say.
    static func text(orNil text: String?) -> YAMLValue? { text.map { .text($0) } }
}

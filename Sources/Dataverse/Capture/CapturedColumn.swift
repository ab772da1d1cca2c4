import Contracts

/// A column of a Dataverse table that the bus keeps.
struct CapturedColumn: Sendable {
    /// What a Web API page holds, and how it is stored.
    enum Kind: Sendable {
        /// A row's id, or the id of another row (`_name_value`).
        case id
        /// A text; what is longer is cut, as only people read it.
        case text(most: Int)
        /// A number or code that Finance knows the row by; longer ones are refused.
        case identifier(most: Int)
        /// An ISO currency code.
        case currencyCode
        /// A legal entity's code, kept in lower case.
        case companyCode
        /// A decimal of at most four places.
        case money
        case boolean
        /// A day, also as the date part of an instant.
        case date
        /// A small whole number.
        case integer(ClosedRange<Int>)
        /// A choice, stored as its label.
        case choice(ChoiceLabels)
    }

    /// The member's name in a Web API page.
    let field: String
    /// The column's name in our table.
    let name: String
    let kind: Kind
    /// Whether a row without it is refused.
    let isRequired: Bool

    static func required(_ field: String, _ name: String, _ kind: Kind) -> CapturedColumn {
        CapturedColumn(field: field, name: name, kind: kind, isRequired: true)
    }

    static func optional(_ field: String, _ name: String, _ kind: Kind) -> CapturedColumn {
        CapturedColumn(field: field, name: name, kind: kind, isRequired: false)
    }

    /// The lookup `_FIELD_value`.
    static func lookup(_ field: String, _ name: String, isRequired: Bool = false) -> CapturedColumn {
        CapturedColumn(field: "_\(field)_value", name: name, kind: .id, isRequired: isRequired)
    }
}

/// The labels of one choice's codes.
struct ChoiceLabels: Sendable {
    /// The choice that configuration can add codes to; nil when it can't.
    let configurable: String?
    private let label: @Sendable (Int) -> String?

    init<Meaning: Choice>(_ table: ChoiceTable<Meaning>) {
        configurable = Meaning.column
        label = { code in try? table.meaning(of: code).rawValue }
    }

    init(_ labels: [Int: String]) {
        configurable = nil
        label = { labels[$0] }
    }

    func label(of code: Int) -> String? { label(code) }
}

import Contracts

/// A column of a Dataverse table that the bus keeps.
struct CapturedColumn: Sendable {
    /// What a Web API page holds, and how it is stored.
    enum Kind: Sendable {
        case id
        case text(most: Int)
        case identifier(most: Int)
        case currencyCode
        case companyCode
        case decimal
        case quantity
        case boolean
        /// A day, or an instant, whose day is that of the zone.
        case date(DayZone)
        case integer(ClosedRange<Int>)
        case choice(ChoiceLabels)
    }

    /// The member's name in a Web API page.
    let field: String
    /// The column's name in our table.
    let name: String
    let kind: Kind
    /// Whether a row without a value is refused.
    let isRequired: Bool
    /// Whether a new row is refused that lacks the member, be it with or without a value.
    let isNeeded: Bool
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

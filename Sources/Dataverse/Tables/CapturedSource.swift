import Contracts

/// Where a captured column comes from: the member of a Web API page, and what it holds.
struct CapturedSource: Sendable {
    /// A member's name in a Web API page.
    enum Member: ExpressibleByStringLiteral, Sendable {
        case named(String)
        /// A column that is known by its label only, and so named by configuration (`domain.md` §1.3).
        case configured(@Sendable (DataverseConfiguration.Columns) -> String)

        init(stringLiteral name: String) { self = .named(name) }

        func name(_ columns: DataverseConfiguration.Columns) -> String {
            switch self {
            case .named(let name): name
            case .configured(let name): name(columns)
            }
        }
    }

    let member: Member
    let kind: @Sendable (DataverseConfiguration) -> CapturedColumn.Kind
    /// Whether a value stands in where the page has none.
    var hasStandIn = false
    /// Whether a new row is refused that lacks the member: null says that there is none, and no member says nothing.
    private(set) var isNeeded = false

    private init(_ member: Member, hasStandIn: Bool = false, _ kind: CapturedColumn.Kind) {
        self.member = member
        self.kind = { _ in kind }
        self.hasStandIn = hasStandIn
    }

    static func id(_ member: Member) -> CapturedSource { CapturedSource(member, .id) }

    /// The lookup `_FIELD_value`.
    static func lookup(_ field: String) -> CapturedSource { .id(.named("_\(field)_value")) }

    /// The same, and a new row without the member is refused.
    var needed: CapturedSource {
        var source = self
        source.isNeeded = true
        return source
    }

    /// A text that only people read: what is longer is cut, what cannot be read of it is U+FFFD.
    static func text(_ member: Member, most: Int) -> CapturedSource { CapturedSource(member, .text(most: most)) }

    /// A number, code or name that something is known by; longer ones are refused, and those that cannot be read.
    static func identifier(_ member: Member, most: Int) -> CapturedSource {
        CapturedSource(member, .identifier(most: most))
    }

    /// An ISO currency code.
    static func currencyCode(_ member: Member) -> CapturedSource { CapturedSource(member, .currencyCode) }

    /// A legal entity's code.
    static func companyCode(_ member: Member) -> CapturedSource { CapturedSource(member, .companyCode) }

    /// A decimal of at most four places.
    static func decimal(_ member: Member) -> CapturedSource { CapturedSource(member, .decimal) }

    /// A quantity, rounded to four places, as Dataverse shows it (`domain.md` §9.4).
    static func quantity(_ member: Member) -> CapturedSource { CapturedSource(member, .quantity) }

    static func boolean(_ member: Member) -> CapturedSource { CapturedSource(member, .boolean) }

    /// A boolean that is false where a page has none.
    static func flag(_ member: Member) -> CapturedSource { CapturedSource(member, hasStandIn: true, .boolean) }

    /// A day, also as an instant, whose day is that of the configured zone.
    static func date(_ member: Member) -> CapturedSource { CapturedSource(member, kind: { .date($0.zone) }) }

    /// A small whole number.
    static func integer(_ member: Member, _ range: ClosedRange<Int>) -> CapturedSource {
        CapturedSource(member, .integer(range))
    }

    /// A choice, stored as its label.
    static func choice<Meaning: Choice>(
        _ member: Member, _ table: @escaping @Sendable (ChoiceTables) -> ChoiceTable<Meaning>
    ) -> CapturedSource {
        CapturedSource(member, kind: { .choice(ChoiceLabels(table($0.choices))) })
    }

    /// A choice whose codes nobody configures.
    static func choice(_ member: Member, _ labels: [Int: String]) -> CapturedSource {
        CapturedSource(member, .choice(ChoiceLabels(labels)))
    }

    private init(_ member: Member, kind: @escaping @Sendable (DataverseConfiguration) -> CapturedColumn.Kind) {
        self.member = member
        self.kind = kind
    }
}

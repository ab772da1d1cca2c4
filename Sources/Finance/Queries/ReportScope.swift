public import Contracts

/// Of which company and of which days a report is.
public struct ReportScope: Hashable, Sendable {
    /// The only company; nil for all.
    public var company: Company?
    /// The first day; nil for the beginning.
    public var from: CalendarDate?
    /// The last day; nil for the end.
    public var to: CalendarDate?

    public init(company: Company? = nil, from: CalendarDate? = nil, to: CalendarDate? = nil) {
        self.company = company
        self.from = from
        self.to = to
    }

    /// Whether a row is within, in SQL: `$1` to `$3` are the scope's company, last and first day.
    ///
    /// - parameters:
    ///   - table: that has the company, or its alias.
    ///   - date: the day that counts.
    static func within(_ table: String, date: String) -> String {
        "\(upToEnd(table, date: date)) AND ($3::date IS NULL OR \(date) >= $3)"
    }

    /// Whether a row is there by the end of the last day: `$1` and `$2` are the scope's company and last day.
    static func upToEnd(_ table: String, date: String) -> String {
        "($1::text IS NULL OR \(table).data_area_id = $1) AND ($2::date IS NULL OR \(date) <= $2)"
    }

    /// Whether a row is within by an instant: `$1` to `$4` are the scope's company, last and first day, and the name of
    /// the zone whose days they are.
    static func within(_ table: String, instant: String) -> String {
        within(table, date: "(\(instant) AT TIME ZONE $4)::date")
    }
}

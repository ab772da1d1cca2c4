import Database

/// Into which periods a report divides its days.
public enum ReportPeriod: String, CaseIterable, Sendable {
    case month
    case quarter
    case year
    /// The fiscal periods of each company's set-up.
    case fiscal
    /// All days together.
    case all

    /// The first day of the period that a day is in, in SQL; null when it is in none.
    func sql(of date: String, company: String) -> String {
        switch self {
        case .month, .quarter, .year: "date_trunc('\(rawValue)', \(date)::timestamp)::date"
        case .fiscal:
            """
            (SELECT starts_on FROM fiscal_periods period WHERE period.data_area_id = \(company)
                AND \(date) BETWEEN period.starts_on AND period.ends_on)
            """
        case .all: "NULL::date"
        }
    }
}

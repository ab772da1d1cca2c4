public import Contracts

/// By which cut-over a load is decided: that of the database, which the first load of invoices and actuals sets.
///
/// | the load names | the database has | |
/// |---|---|---|
/// | none | none | no cut-over |
/// | a day | none, and neither invoices nor actuals | that day, from now on |
/// | a day | none, and invoices or actuals | refused: they were published as ours |
/// | none | a day | the database's |
/// | the same day | a day | the database's |
/// | another day | a day | refused |
enum CutoverRequest {
    /// - throws: ``CutoverError``.
    static func decide(
        requested: CalendarDate?, recorded: CalendarDate?, hasInvoicing: Bool
    ) throws(CutoverError) -> CalendarDate? {
        guard let requested else { return recorded }
        guard let recorded else {
            guard !hasInvoicing else { throw .loadedBefore(requested) }
            return requested
        }
        guard requested == recorded else { throw .otherDate(requested, recorded: recorded) }
        return recorded
    }
}

/// Why a load with a cut-over is refused.
public enum CutoverError: Error, Hashable, Sendable, CustomStringConvertible {
    case loadedBefore(CalendarDate)
    case otherDate(CalendarDate, recorded: CalendarDate)
    case recordedMeanwhile

    public var description: String {
        switch self {
        case .loadedBefore(let date):
            "cut-over \(date) refused: this database has invoices or actuals, which were loaded without a cut-over and "
                + "published as ours; a cut-over is set by the first load. Begin with an empty database"
        case .otherDate(let date, let recorded):
            "cut-over \(date) refused: that of this database is \(recorded), and stays; leave --cutover out, or name "
                + "\(recorded)"
        case .recordedMeanwhile:
            "another load has set a cut-over while this one was read; load again"
        }
    }
}

import Contracts
import Database

/// How lines are booked under one company's set-up, found once for each kind of line. Used by one thread.
final class Bookings {
    let setup: FinanceSetup
    private var journalLines: [JournalLineBooking.Kind: Result<JournalLineBooking, LineRefusal>] = [:]
    private var invoiceLines: [InvoiceLineBooking.Kind: Result<InvoiceLineBooking, LineRefusal>] = [:]

    /// So many kinds of lines are remembered at once.
    private static let mostKinds = 50_000

    init(setup: FinanceSetup) { self.setup = setup }

    /// - throws: ``LineRefusal`` when such a line cannot be posted, or set-up lacks something.
    func booking(of kind: JournalLineBooking.Kind) throws(LineRefusal) -> JournalLineBooking {
        if let known = journalLines[kind] { return try known.get() }
        if journalLines.count >= Self.mostKinds { journalLines = [:] }
        let setup = setup
        let found = Result { () throws(LineRefusal) in try JournalLineBooking(kind, setup: setup) }
        journalLines[kind] = found
        return try found.get()
    }

    /// - throws: ``LineRefusal`` when set-up lacks something.
    func booking(of kind: InvoiceLineBooking.Kind) throws(LineRefusal) -> InvoiceLineBooking {
        if let known = invoiceLines[kind] { return try known.get() }
        if invoiceLines.count >= Self.mostKinds { invoiceLines = [:] }
        let setup = setup
        let found = Result { () throws(LineRefusal) in try InvoiceLineBooking(kind, setup: setup) }
        invoiceLines[kind] = found
        return try found.get()
    }
}

/// The bookings of each company, kept until set-up changes. Used by one thread.
final class CompanyBookings {
    private let setups: SetupCache
    private var known: [Company: Bookings] = [:]

    init(setups: SetupCache) { self.setups = setups }

    /// - parameter version: of all set-up, as the transaction sees it.
    /// - throws: ``PostingRefusal`` when the company is not configured; `DatabaseError`.
    func bookings(company: Company, version: Int, on connection: Connection) throws -> Bookings {
        if let bookings = known[company], bookings.setup.version == version { return bookings }
        do {
            let made = Bookings(setup: try setups.setup(of: company, version: version, on: connection))
            known[company] = made
            return made
        } catch let gap as SetupGap {
            throw PostingRefusal(gap)
        }
    }

    /// Keeps set-up as it is until the transaction ends, so that no period closes before what was booked in it has
    /// committed. To be called just before the commit.
    ///
    /// - parameter dates: on which was booked.
    /// - throws: ``PeriodClosed`` when a period has been closed since `bookings` were made; `DatabaseError`.
    func holdPeriods(open dates: some Sequence<CalendarDate>, since bookings: Bookings, on connection: Connection)
        throws
    {
        let version = try SetupStore(connection: connection).holdVersion()
        guard version != bookings.setup.version else { return }
        let setup = try setups.setup(of: bookings.setup.company, version: version, on: connection)
        guard dates.allSatisfy(setup.isOpen) else { throw PeriodClosed() }
    }
}

/// A period was closed while something was posted in it: it is posted anew, under the set-up of now.
struct PeriodClosed: Error {}

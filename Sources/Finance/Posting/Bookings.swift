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
}

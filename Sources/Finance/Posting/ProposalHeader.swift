import Bus
import Contracts
import Database

/// An invoice proposal and its customer, as posting reads them (`domain.md` §4.5).
struct ProposalHeader {
    var invoiceId: GUID
    var contractNumber: String
    var customerAccount: String
    var currency: String
    var currencyPrecision: Int
    var accountingDate: CalendarDate
    var paymentTerms: String?
    var lineAmount: Money
    var totalCount: Int
    var totalAmount: Money
    var status: String
    var waitingFor: String?
    var setupVersion: Int64
    var today: CalendarDate
    /// Nil when the company does not know the customer.
    var customer: Customer?

    struct Customer {
        var paymentTerms: String?
        var onHold: Bool
    }

    /// Locks the proposal.
    ///
    /// - returns: nil when there is no such proposal.
    static func lock(company: String, number: String, on connection: Connection) throws -> ProposalHeader? {
        let rows = try connection.query(
            """
            SELECT proposal.invoice_id, proposal.contract_number, proposal.customer_account, proposal.currency,
                proposal.currency_precision, proposal.accounting_date, proposal.payment_terms, proposal.line_amount,
                proposal.total_count, proposal.total_amount, proposal.status, proposal.waiting_for,
                (SELECT version FROM setup_version), (now() AT TIME ZONE 'UTC')::date,
                customer.customer_account, customer.payment_terms, customer.on_hold
            FROM invoice_proposals proposal
            LEFT JOIN customers customer
                ON customer.data_area_id = proposal.data_area_id
                AND customer.customer_account = proposal.customer_account
            WHERE proposal.data_area_id = $1 AND proposal.proposal_number = $2
            FOR UPDATE OF proposal
            """, company, number)
        return try rows.first.map { try ProposalHeader($0) }
    }

    private init(_ row: Row) throws {
        invoiceId = try row.guid(0)
        contractNumber = try row.string(1)
        customerAccount = try row.string(2)
        currency = try row.string(3)
        currencyPrecision = Int(try row.int16(4))
        accountingDate = try row.date(5)
        paymentTerms = try row.optionalString(6)
        lineAmount = try row.money(7)
        totalCount = Int(try row.int64(8))
        totalAmount = try row.money(9)
        status = try row.string(10)
        waitingFor = try row.optionalString(11)
        setupVersion = try row.int64(12)
        today = try row.date(13)
        if try !row.isNull(14) {
            customer = Customer(paymentTerms: try row.optionalString(15), onHold: try row.bool(16))
        }
    }

    /// Whether the proposal may be posted now (641612).
    ///
    /// - throws: ``PostingRefusal``.
    func checkPostable(company: String, number: String) throws(PostingRefusal) {
        guard status == "Ready" else {
            throw PostingRefusal(
                "proposal \(number) is not ready to be posted: "
                    + (waitingFor ?? "its lines have not been imported; run \"ledgerbus finance import-from-staging\""))
        }
        guard let customer else {
            throw PostingRefusal(
                "company \(company) does not know customer \(customerAccount) of proposal \(number); "
                    + "add it with \"ledgerbus finance configure\"")
        }
        guard !customer.onHold else {
            throw PostingRefusal(
                "customer \(customerAccount) of proposal \(number) is on hold: nothing is posted for it; "
                    + "release the customer and post again")
        }
    }
}

/// When an invoice has to be paid (`domain.md` §6.13, §9.20).
enum DueDate {
    /// - parameter termDays: the days of the payment terms; nil when there are none.
    /// - parameter today: the day of posting.
    static func of(invoiceDate: CalendarDate, termDays: Int?, today: CalendarDate) -> CalendarDate {
        termDays.map { invoiceDate.adding(days: $0) } ?? today
    }
}

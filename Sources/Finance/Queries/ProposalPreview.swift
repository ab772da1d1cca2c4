import Bus
public import Contracts
public import Database

/// On which date a proposal would be posted, and at which rate, if it were posted now.
public struct ProposalPreview: Hashable, Sendable, Encodable {
    public let company: Company
    public let number: String
    public let status: ProposalStatus
    public let currency: CurrencyCode
    public let amount: Money
    /// The date of the customer's invoice; nil when it cannot be posted.
    public let invoiceDate: CalendarDate?
    /// The date that it would have, if its period were open; nil when it has that.
    public let movedFrom: CalendarDate?
    public let dueDate: CalendarDate?
    /// Accounting currency per 100 units.
    public let exchangeRate: ExchangeRate?
    /// Reporting currency per 100 units of the currency that it is computed from; nil when the company has none.
    public let reportingRate: ExchangeRate?
    /// Why it cannot be posted now.
    public let reason: String?

    /// The proposals of a number, in each company that has one.
    ///
    /// - parameter company: the only company; nil for all.
    /// - parameter requestedDate: the date of the invoice that would be asked for; the proposal's own when nil.
    /// - parameter zone: whose day today is.
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, number: String, company: Company? = nil, requestedDate: CalendarDate? = nil,
        zone: DayZone
    ) throws -> [ProposalPreview] {
        try ProposalStore.companies(withProposal: number, on: connection).filter { company == nil || $0 == company }
            .compactMap { company in
                guard let proposal = try ProposalStore(company: company, connection: connection).toPost(number) else {
                    return nil
                }
                let terms = Result { () throws -> InvoiceTerms in
                    let customer = try proposal.checkPostable(company: company, number: number)
                    try proposal.lost?.checkDecided()
                    let setup = try SetupStore(connection: connection).setup(of: company)
                    try proposal.checkApproved(number: number, parameters: setup.parameters)
                    return try InvoiceTerms(
                        proposal, customer: customer, requestedDate: requestedDate,
                        today: zone.day(of: proposal.lockedAt),
                        setup: setup)
                }
                return try ProposalPreview(proposal, company: company, number: number, terms)
            }
    }

    private init(
        _ proposal: ProposalToPost, company: Company, number: String, _ terms: Result<InvoiceTerms, any Error>
    ) throws {
        self.company = company
        self.number = number
        status = proposal.status
        currency = proposal.currency
        amount = proposal.lineAmount
        switch terms {
        case .success(let terms):
            invoiceDate = terms.invoiceDate
            movedFrom = terms.movedFrom
            dueDate = terms.dueDate
            exchangeRate = terms.conversion.rate
            reportingRate = terms.conversion.rates.reporting
            reason = nil
        case .failure(let error):
            guard error is PostingRefusal || error is SetupGap else { throw error }
            (invoiceDate, movedFrom, dueDate, exchangeRate, reportingRate) = (nil, nil, nil, nil, nil)
            reason = proposal.status == .invoiced ? "it is posted" : "\(error)"
        }
    }
}

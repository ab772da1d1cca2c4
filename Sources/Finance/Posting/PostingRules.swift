import Contracts
import Database

/// How a journal line of one key is posted: what to book, and where.
struct JournalLineRule {
    var posting: JournalLinePosting
    var debitAccount = ""
    var creditAccount = ""
}

/// How a proposal line of one key is posted: what to book, and where.
struct ProposalLineRule {
    var kind: ProposalLineKind
    var revenue: InvoiceVoucher.Key
    var codes: [LineTaxCode]
    /// Where the tax of each code goes.
    var taxes: [InvoiceVoucher.Key]
    /// Where the accrual of the unbilled sale stands; nil when there is none.
    var accrual: (wip: InvoiceVoucher.Key, accruedRevenue: InvoiceVoucher.Key)?
}

/// What set-up says about posting, looked up once for each kind of line.
///
/// Used by one thread.
final class PostingRules {
    private let setup: FinanceSetup
    private var journalRules: [JournalLine.Key: Result<JournalLineRule, PostingRefusal>] = [:]
    private var proposalRules: [ProposalLine.Key: Result<ProposalLineRule, PostingRefusal>] = [:]

    /// So many kinds of lines are remembered at once.
    private static let mostRules = 50_000

    init(setup: FinanceSetup) { self.setup = setup }

    var accountingCurrency: String { setup.accountingCurrency }
    var accountingPrecision: Int { setup.accountingCurrencyPrecision }

    /// - throws: ``PostingRefusal`` when the line cannot be posted, or set-up lacks something.
    func rule(for line: JournalLine) throws(PostingRefusal) -> JournalLineRule {
        if let known = journalRules[line.key] { return try known.get() }
        if journalRules.count >= Self.mostRules { journalRules = [:] }
        let made = Result { () throws(PostingRefusal) in try makeRule(line.key) }
        journalRules[line.key] = made
        return try made.get()
    }

    /// - throws: ``PostingRefusal`` when the line cannot be posted, or set-up lacks something.
    func rule(for line: ProposalLine) throws(PostingRefusal) -> ProposalLineRule {
        if let known = proposalRules[line.key] { return try known.get() }
        if proposalRules.count >= Self.mostRules { proposalRules = [:] }
        let made = Result { () throws(PostingRefusal) in try makeRule(line.key) }
        proposalRules[line.key] = made
        return try made.get()
    }

    private func makeRule(_ key: JournalLine.Key) throws(PostingRefusal) -> JournalLineRule {
        guard let type = TransactionType(rawValue: key.transactionType),
            let transactionClass = TransactionClass(rawValue: key.transactionClass)
        else {
            throw PostingRefusal(
                "a journal has no line of type \(key.transactionType) and class \(key.transactionClass)")
        }
        var rule = JournalLineRule(
            posting: try JournalLinePosting(
                type, transactionClass, accruesRevenue: try accruesRevenue(type, key)))
        if let entry = rule.posting.entry {
            let place = Place(project: key.projectNumber, contract: key.contractNumber, category: key.categoryId)
            rule.debitAccount = try account(entry.debit, place)
            rule.creditAccount = try account(entry.credit, place)
        }
        return rule
    }

    /// A reversal does what its original did; everything else follows its
    /// profile and line property.
    private func accruesRevenue(_ type: TransactionType, _ key: JournalLine.Key) throws(PostingRefusal) -> Bool {
        guard type == .unbilledSales else { return false }
        if let originalAccrued = key.originalAccrued { return originalAccrued }
        let property = try found { () throws(SetupGap) in try setup.lineProperty(id: key.linePropertyId) }
        guard property.chargeable, property.accruesRevenue else { return false }
        return try profile(project: key.projectNumber, contract: key.contractNumber).accruesRevenue
    }

    private func makeRule(_ key: ProposalLine.Key) throws(PostingRefusal) -> ProposalLineRule {
        guard let transactionClass = TransactionClass(rawValue: key.transactionClass),
            let billingMethod = BillingMethod(rawValue: key.billingMethod)
        else {
            throw PostingRefusal(
                "a proposal has no line of class \(key.transactionClass) billed by \(key.billingMethod)")
        }
        let billingType = key.billingType.flatMap { BillingType(rawValue: $0) }
        let property = try found { () throws(SetupGap) in try setup.lineProperty(for: billingType) }
        let profile = try profile(project: key.projectNumber, contract: key.contractNumber)
        let kind = ProposalLineKind(
            transactionClass: transactionClass, billingMethod: billingMethod, chargeable: property.chargeable,
            isCredit: key.isCredit, isNegative: key.isNegative, onAccountToBalance: profile.onAccount == .balance)
        let place = Place(project: key.projectNumber, contract: key.contractNumber, category: key.categoryId)
        var rule = ProposalLineRule(
            kind: kind, revenue: try voucherKey(kind.revenue, place), codes: [], taxes: [], accrual: nil)
        if kind.chargeable {
            rule.codes = setup.salesTaxCodes(group: key.salesTaxGroup, itemGroup: key.itemSalesTaxGroup)
                .map { LineTaxCode(code: $0.code, percentage: $0.percentage, included: $0.included) }
            if !rule.codes.isEmpty {
                let tax = try voucherKey(.salesTax, place)
                rule.taxes = rule.codes.map { _ in tax }
            }
        }
        if let accruedAt = key.accruedAt {
            let place = Place(
                project: accruedAt.projectNumber, contract: accruedAt.contractNumber, category: accruedAt.categoryId)
            rule.accrual = (try voucherKey(.wipSalesValue, place), try voucherKey(.accruedRevenueSalesValue, place))
        }
        return rule
    }
}

extension PostingRules {
    private struct Place {
        var project: String?
        var contract: String?
        var category: String?
    }

    /// What the customer owes goes to.
    ///
    /// - throws: ``PostingRefusal`` when set-up has no account for it.
    func customerKey(_ header: ProposalHeader) throws(PostingRefusal) -> InvoiceVoucher.Key {
        try voucherKey(.customerBalance, Place(contract: header.contractNumber))
    }

    /// What rounding leaves over goes to (§9.7).
    ///
    /// - throws: ``PostingRefusal`` when set-up has no account for it.
    func pennyDifferenceKey(_ header: ProposalHeader) throws(PostingRefusal) -> InvoiceVoucher.Key {
        try voucherKey(.pennyDifference, Place(contract: header.contractNumber))
    }

    private func voucherKey(_ type: PostingType, _ place: Place) throws(PostingRefusal) -> InvoiceVoucher.Key {
        InvoiceVoucher.Key(
            postingType: type, mainAccount: try account(type, place), projectNumber: place.project)
    }

    private func account(_ type: PostingType, _ place: Place) throws(PostingRefusal) -> String {
        try found { () throws(SetupGap) in
            try setup.postingAccount(type, project: place.project, contract: place.contract, category: place.category)
        }
    }

    private func profile(project: String, contract: String?) throws(PostingRefusal) -> AccountingProfile {
        try found { () throws(SetupGap) in try setup.accountingProfile(project: project, contract: contract) }
    }

    /// What set-up has, or why that stands in the way of posting.
    private func found<T>(_ lookup: () throws(SetupGap) -> T) throws(PostingRefusal) -> T {
        do {
            return try lookup()
        } catch {
            throw PostingRefusal(error.reason)
        }
    }

    /// The invoice's date, in an open period, and the day on which it is due.
    ///
    /// - throws: ``PostingRefusal`` when no period is open, or the payment terms are not known.
    func invoiceDates(
        _ header: ProposalHeader, requested: CalendarDate?
    ) throws(PostingRefusal) -> (invoice: CalendarDate, due: CalendarDate) {
        let invoice = try found { () throws(SetupGap) in
            try setup.accountingDate(requested ?? header.accountingDate)
        }
        guard let terms = header.paymentTerms ?? header.customer?.paymentTerms else {
            return (invoice, DueDate.of(invoiceDate: invoice, termDays: nil, today: header.today))
        }
        guard let days = setup.paymentTermDays[terms] else {
            throw PostingRefusal(
                "company \(setup.company) has no payment terms \"\(terms)\"; add them to payment-terms")
        }
        return (invoice, DueDate.of(invoiceDate: invoice, termDays: days, today: header.today))
    }

    /// The rate of the invoice's own date, or the contract's fixed one (§9.5).
    ///
    /// - throws: ``PostingRefusal`` when there is none.
    func rate(of header: ProposalHeader, on date: CalendarDate) throws(PostingRefusal) -> ExchangeRate {
        try found { () throws(SetupGap) in
            try setup.exchangeRate(
                of: .billedSales, currency: header.currency, contract: header.contractNumber, on: date)
        }
    }
}

/// The posting rules of each company, kept until set-up changes. Used by one thread.
final class PostingSetups {
    private var rules: [String: (version: Int64, rules: PostingRules)] = [:]

    /// - parameter version: of all set-up, as the transaction sees it.
    /// - throws: ``PostingRefusal`` when the company is not configured; `DatabaseError`.
    func rules(company: String, version: Int64, on connection: Connection) throws -> PostingRules {
        if let known = rules[company], known.version == version { return known.rules }
        do {
            let setup = try FinanceSetup.load(connection, company: company)
            let made = PostingRules(setup: setup)
            rules[company] = (Int64(setup.version), made)
            return made
        } catch let gap as SetupGap {
            throw PostingRefusal(gap.reason)
        }
    }
}

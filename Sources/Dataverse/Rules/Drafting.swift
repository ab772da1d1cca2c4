import Contracts

/// What drafting an invoice makes of what is ready (`domain.md` §6.1 T1, §6.2 F4, §6.6).
///
/// A draft writes no actuals: it makes line details, and stamps the invoice on what they bill.
enum Drafting {
    /// The line detail that bills an unbilled sale as it is.
    static func lineDetail(
        billing unbilled: Actual, on invoiceId: GUID, line: GUID?, ids: DraftIds
    ) -> InvoiceLineDetail {
        InvoiceLineDetail(
            invoiceLineDetailId: ids.lineDetail(billing: unbilled.actualId, on: invoiceId), invoiceId: invoiceId,
            invoiceLineId: line, facts: unbilled.facts)
    }

    /// The line detail that bills a milestone: one, at its amount, chargeable, with its own day.
    ///
    /// - parameters:
    ///   - header: of the invoice.
    ///   - date: the day of a milestone that has none.
    static func lineDetail(
        billing milestone: Milestone, on header: DraftHeader, line: GUID?, date: CalendarDate, ids: DraftIds
    ) -> InvoiceLineDetail {
        let amount = milestone.amount ?? .zero
        return InvoiceLineDetail(
            invoiceLineDetailId: ids.lineDetail(billing: milestone.milestoneId, on: header.invoiceId),
            invoiceId: header.invoiceId, invoiceLineId: line, milestoneId: milestone.milestoneId,
            facts: TransactionFacts(
                transactionClass: .milestone, billingType: .chargeable, quantity: Quantity(1), price: amount,
                amount: amount, currencyId: header.currencyId, documentDate: milestone.invoiceDate ?? date,
                projectContractId: header.projectContractId, contractLineId: milestone.contractLineId,
                projectId: milestone.projectId, customerId: header.customerId, description: milestone.name))
    }

    /// The line detail that bills a retainer: one, at its amount, chargeable, with its own day.
    static func lineDetail(
        billing retainer: Retainer, on invoiceId: GUID, line: GUID?, ids: DraftIds
    ) -> InvoiceLineDetail {
        InvoiceLineDetail(
            invoiceLineDetailId: ids.lineDetail(billing: retainer.retainerId, on: invoiceId), invoiceId: invoiceId,
            invoiceLineId: line, facts: retainer.facts(Quantity(1), of: retainer.amount, on: retainer.invoiceDate))
    }

    /// The line detail that deducts or refunds some of a retainer: of the negative amount (`domain.md` §9.11).
    static func lineDetail(
        deducting application: RetainerApplication, of retainer: Retainer, on date: CalendarDate
    ) -> InvoiceLineDetail {
        InvoiceLineDetail(
            invoiceLineDetailId: application.invoiceLineDetailId, invoiceId: application.invoiceId,
            facts: retainer.facts(Quantity(-1), of: application.amount, on: date))
    }

    /// The draft to which what is ready is added: the only one that matches, or the newest of several; nil when a new
    /// one is to be made (`domain.md` §6.6).
    ///
    /// - parameter matching: drafts of the same contract, customer and currency.
    static func target(of matching: [DraftHeader]) -> DraftHeader? {
        matching.max {
            ($0.draftNumber ?? 0, $0.rowVersion, $0.invoiceNumber) < (
                $1.draftNumber ?? 0, $1.rowVersion, $1.invoiceNumber
            )
        }
    }
}

extension Retainer {
    /// What its rows say alike.
    ///
    /// - parameter quantity: 1, or −1 of what is deducted.
    fileprivate func facts(_ quantity: Quantity, of amount: Money, on date: CalendarDate) -> TransactionFacts {
        TransactionFacts(
            transactionClass: .retainer, billingType: .chargeable, quantity: quantity, price: amount,
            amount: quantity < .zero ? -amount : amount, currencyId: currencyId, documentDate: date,
            projectContractId: projectContractId, contractLineId: contractLineId, projectId: projectId,
            contractingUnitId: contractingUnitId, resourcingUnitId: contractingUnitId, customerId: customerId,
            description: name)
    }
}

/// The header of a draft that is ours, as adding to it needs to know it.
struct DraftHeader: Hashable, Sendable {
    var invoiceId: GUID
    var invoiceNumber: String
    var projectContractId: GUID
    var customerId: GUID
    var currencyId: GUID
    /// Rises from one that is made here to the next; nil for one that Dataverse made.
    var draftNumber: Int?
    /// Rises over all rows of Dataverse.
    var rowVersion = 1
}

/// What is ready and goes on one invoice: of one contract, customer and currency.
struct DraftGroup: Hashable, Sendable {
    var projectContractId: GUID
    var customerId: GUID
    var customerName: String?
    var currencyId: GUID
    /// Nil when the contract is not here.
    var contract: ProjectContract?
    /// How many unbilled sales and milestones.
    var sources: Int

    /// Why no invoice can be made of it; nil when one can. An invoice's currency is its contract's (`domain.md` §2.1).
    var refusal: String? {
        guard let contract else {
            return "their project contract \(projectContractId) is not here; load salesorders"
        }
        if let currency = contract.currencyId, currency != currencyId {
            return
                "they are in the currency \(currencyId), and their contract \(contract.contractNumber ?? "") in \(currency)"
        }
        return nil
    }
}

/// The ids of the rows that drafting makes. They follow from what they stand for, so that drafting again makes the same
/// rows.
struct DraftIds {
    private let hash: SHA256

    /// - throws: `SHA256Unavailable`.
    init() throws { hash = try SHA256() }

    func invoice(numbered number: String) -> GUID { hash.digest("invoice/\(number)").guid }

    func line(of contractLine: GUID, on invoice: GUID) -> GUID { hash.digest("\(invoice)/line/\(contractLine)").guid }

    /// - parameter source: the unbilled sale or the milestone.
    func lineDetail(billing source: GUID, on invoice: GUID) -> GUID { hash.digest("\(invoice)/detail/\(source)").guid }

    /// The connection of a line detail to its unbilled sale.
    func connection(of detail: GUID) -> GUID { hash.digest("\(detail)/unbilled-sale").guid }
}

extension TransactionConnection {
    /// A drafted line detail and the unbilled sale that it bills (`domain.md` §3, *invoice created*).
    init(billing unbilled: GUID, by detail: GUID, connectionId: GUID) {
        self.init(
            connectionId: connectionId, transaction1Id: detail, transaction1Role: ConnectionRole.billedSales.rawValue,
            transaction1Type: ConnectedTable.invoiceLineDetail.rawValue, transaction2Id: unbilled,
            transaction2Role: ConnectionRole.unbilledSales.rawValue, transaction2Type: ConnectedTable.actual.rawValue)
    }
}

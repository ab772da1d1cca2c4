public import Contracts
public import Database
import Service

/// What a confirmation did.
public struct ConfirmationReport: Hashable, Sendable {
    public let invoiceId: GUID
    public let invoiceNumber: String
    public let lineDetails: Int
    public let lineAmount: Money
    /// The accounting date of the billed sales.
    public let accountingDate: CalendarDate
    /// What partly credited fees, and lines of fixed price, take off and no row says any more: it is not to be billed
    /// again (`domain.md` §9.12).
    public let uncredited: Money
    /// Whether it had been confirmed here before; nothing was done then.
    public let wasConfirmedBefore: Bool
    /// How many messages were written to the outbox, by topic.
    public let published: [TopicName: Int]
}

/// Confirms a draft that is ours: one transaction for the invoice, its
/// actuals and connections, and the messages that tell of them.
public struct ConfirmInvoice {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Confirms an invoice. Confirming it again does nothing.
    ///
    /// - parameters:
    ///   - invoice: its number or id.
    ///   - date: the day of confirmation; the header's accounting date, if
    ///     it has one, is that of the billed sales nevertheless (`domain.md` §6.13).
    ///   - progress: is told what is done, and how many of it: line details billed, messages written.
    /// - throws: ``ConfirmationError`` when it cannot be confirmed;
    ///   `DatabaseError`.
    public func confirm(
        _ invoice: String, on date: CalendarDate, progress: @escaping (String, Int) -> Void = { _, _ in }
    ) throws -> ConfirmationReport {
        try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let draft = try find(invoice)
            if let before = draft.confirmedHereOn {
                return report(draft, on: draft.accountingDate ?? before, wasConfirmedBefore: true)
            }
            if let refusal = draft.refusal {
                throw ConfirmationError(invoice: draft.invoiceNumber, problems: [refusal])
            }
            let deleted = try DeletedRowStore(connection: connection).referred(byDraft: draft.invoiceId)
            guard deleted.isEmpty else {
                throw ConfirmationError(invoice: draft.invoiceNumber, problems: deleted.map(\.problemOfDraft))
            }
            let companiesChanged = try CompanyStore(connection: connection)
                .replaceConfigured(configuration.unitCompanies)
            let publication = try Publication(
                connection: connection, choices: configuration.choices, progress: progress)
            let billing = try LineDetailBilling(
                draft, on: draft.accountingDate ?? date, connection: connection, publication: publication)
            try billing.run { progress("line details billed", $0) }
            CrashPoint.pass(.invoiceBilled)
            try InvoiceStore(connection: connection).confirm(
                draft.invoiceId, on: date, hasCorrections: billing.hasCorrections)
            try changes.note(billing.change)
            try changes.addInvoiceProgress()
            let due = try DueRows(changes, companiesChanged: companiesChanged, on: connection)
            let lost = try LostConfirmationStore(connection).find(draft.invoiceId)
            try publication.publish(due, choices: configuration.choices)
            if let lost, lost.state != .givenUp { try check(draft, against: lost) }
            return report(
                draft, on: draft.accountingDate ?? date, billing.tally, published: publication.published)
        }
    }

    /// Refuses what is confirmed otherwise than Finance has it.
    private func check(_ draft: DraftInvoice, against lost: LostConfirmation) throws {
        let published = try PublishedInvoiceStore(connection: connection).published(draft.invoiceId)
        guard published?.content != lost.content else { return }
        throw ConfirmationError(invoice: draft.invoiceNumber, problems: [lost.difference])
    }

    private func report(
        _ draft: DraftInvoice, on date: CalendarDate, _ tally: ConfirmationTally = ConfirmationTally(),
        published: PublishedCounts = PublishedCounts(), wasConfirmedBefore: Bool = false
    ) -> ConfirmationReport {
        ConfirmationReport(
            invoiceId: draft.invoiceId, invoiceNumber: draft.invoiceNumber, lineDetails: tally.lineDetails,
            lineAmount: draft.lineAmount, accountingDate: date, uncredited: tally.uncredited,
            wasConfirmedBefore: wasConfirmedBefore,
            published: wasConfirmedBefore ? [:] : published.byTopic)
    }

    private func find(_ invoice: String) throws -> DraftInvoice {
        let drafts = try InvoiceStore(connection: connection).drafts(numbered: invoice)
        guard let draft = drafts.first else {
            throw ConfirmationError(
                invoice: invoice, problems: ["there is no such invoice; ledgerbus dataverse invoices lists them"])
        }
        guard drafts.count == 1 else {
            throw ConfirmationError(
                invoice: invoice, problems: ["\(drafts.count) invoices have this number; name its id"])
        }
        return draft
    }
}

import Bus
import Contracts
import Database
import JSON

extension Publication {
    /// Publishes every due invoice that is confirmed and complete, if that
    /// says something that was not published yet (design §4).
    func publishInvoices(_ due: DueRows, _ choices: ChoiceTables) throws {
        let hash = try SHA256()
        let evidence = try InvoiceEvidenceStore(connection: connection)
        let open = try UnfinishedPageStore(connection: connection).openTables().intersection(Self.tablesOfInvoices)
        let pages = open.isEmpty ? nil : WaitingReason(.pages, nil, open.sorted().joined(separator: ", "))
        var waiting = WaitingRows(.invoices, connection: connection)
        var chunk: [DueInvoice] = []
        try due.forEachInvoice(chunk: 1_000) {
            chunk.append($0)
        } afterChunk: {
            try publish(chunk, evidence, pages, &waiting, choices, hash)
            try outbox.write(to: connection)
            try waiting.write()
            chunk.removeAll(keepingCapacity: true)
        }
    }

    /// The tables that tell whether an invoice is complete: while a page of one says that there is more, none is.
    private static let tablesOfInvoices: Set<String> = [
        Invoice.entitySet, InvoiceLine.entitySet, InvoiceLineDetail.entitySet, Actual.entitySet,
        TransactionConnection.entitySet,
    ]

    private func publish(
        _ invoices: [DueInvoice], _ evidence: InvoiceEvidenceStore, _ pages: WaitingReason?,
        _ waiting: inout WaitingRows, _ choices: ChoiceTables, _ hash: SHA256
    ) throws {
        try lookups.read(for: invoices.map(\.invoice))
        var examined: [(due: DueInvoice, message: InvoiceConfirmed)] = []
        for due in invoices {
            var facts = lookups.facts(of: due.invoice, progress: due.progress)
            facts.wasPublished = due.published != nil
            facts.isDeleted = due.isDeleted
            facts.settlement = due.settlement
            switch InvoicePublication(facts) {
            case .draft, .settled: break
            case .waiting(let reason): try waiting.append(due.invoice.invoiceId, reason)
            case .examined(let message):
                // Nothing of it need be missing yet: what is not here nobody can see.
                if let pages, !due.isConfirmedHere {
                    try waiting.append(due.invoice.invoiceId, pages)
                } else {
                    examined.append((due, message))
                }
            }
        }
        let totals = try totals(of: examined.map(\.due.invoice), hash)
        let captured = examined.lazy.filter { !$0.due.isConfirmedHere && totals[$0.message.invoiceId]?.reason == nil }
        let gaps = try evidence.gaps(of: captured.map(\.message.invoiceId))
        var published: [PublishedInvoice] = []
        var sent = 0
        for (due, message) in examined {
            guard let total = totals[message.invoiceId] else { continue }
            if let reason = total.reason ?? gaps[message.invoiceId]?.reason {
                try waiting.append(message.invoiceId, reason)
                continue
            }
            guard var message = message.with(total, accountingDate: due.invoice.accountingDate) else { continue }
            let content = try message.content(choices, hash)
            guard content != due.lastPublished?.content else {
                // Finance has it; this database may have lost that.
                if let lost = due.lost { published.append(lost) }
                continue
            }
            message.totalsVersion = (due.lastPublished?.totalsVersion ?? 0) + 1
            try outbox.append(message, traceId: message.invoiceId)
            sent += 1
            published.append(
                PublishedInvoice(
                    invoiceId: message.invoiceId, totalsVersion: message.totalsVersion, content: content))
        }
        count(publishedInvoices: sent)
        try PublishedInvoiceStore(connection: connection).note(published)
        try LostConfirmationStore(connection).remove(published.map(\.invoiceId))
    }

    private func totals(of invoices: [Invoice], _ hash: SHA256) throws -> [GUID: InvoiceTotals] {
        guard !invoices.isEmpty else { return [:] }
        var totals: [GUID: InvoiceTotals] = [:]
        for invoice in invoices {
            totals[invoice.invoiceId] = InvoiceTotals(
                header: lookups.belonging(of: invoice), invoiceNumber: invoice.invoiceNumber)
        }
        var current: (invoice: GUID, totals: InvoiceTotals)?
        try ActualStore(connection: connection).forEachBilledSale(of: invoices.map(\.invoiceId)) { sale in
            if current?.invoice != sale.invoiceId {
                if let current { totals[current.invoice] = current.totals }
                current = totals[sale.invoiceId].map { (sale.invoiceId, $0) }
            }
            current?.totals.add(sale, hash)
        }
        if let current { totals[current.invoice] = current.totals }
        return totals
    }
}

extension InvoiceConfirmed {
    /// The message with its control totals; nil when there is nothing that Finance may see.
    ///
    /// - parameter accountingDate: the header's; the latest of the billed sales' where it has none.
    fileprivate func with(_ total: InvoiceTotals, accountingDate: CalendarDate?) -> InvoiceConfirmed? {
        guard let latest = total.latestAccountingDate else { return nil }
        var message = self
        message.totalCount = total.totals.count
        message.totalAmount = total.totals.amount
        message.totalDigest = total.totals.digest
        message.accountingDate = accountingDate ?? latest
        return message
    }

    /// A digest of what the message says, apart from its version.
    func content(_ choices: ChoiceTables, _ hash: SHA256) throws -> GUID {
        var message = self
        message.totalsVersion = 0
        var json = JSONWriter()
        try message.write(to: &json, choices: choices)
        return json.withBytes { hash.digest($0).guid }
    }
}

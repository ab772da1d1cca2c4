import Contracts
import Database
import Dataverse
import Finance

/// Merges what both sides have in the order of ids, and counts.
struct SideComparison {
    let scope: ReconciliationScope
    let transit: Transit
    private(set) var result = Reconciliation()

    private struct TotalKey: Hashable {
        var company: Company?
        var currency: CurrencyCode?
    }

    private var totals: [TotalKey: Reconciliation.Total] = [:]
    private var lines: [GUID: Reconciliation.InvoiceLine] = [:]
    private var agreed: [ActualComparison.Agreement: Int] = [:]
    private var underWay: [ActualComparison.Stage: Int] = [:]
    private var invoicesAgreed = (posted: 0, others: 0)
    private var invoicesUnderWay: [InvoiceComparison.Stage: Int] = [:]
    private var invoiceId: GUID?
    private var ids: [GUID]?
    private var compared = 0

    init(_ scope: ReconciliationScope, _ transit: Transit) {
        self.scope = scope
        self.transit = transit
    }

    /// - throws: `DatabaseError`; ``ReconciliationError``.
    mutating func run(_ dataverse: Connection, _ finance: Connection, _ progress: (Int) -> Void) throws {
        // Whatever the statistics say: both sides are read whole, in order.
        for connection in [dataverse, finance] { try connection.plan(.readWholeCursor) }
        if let invoice = scope.invoice { try narrow(to: invoice, dataverse, finance) }
        let known = try DataverseInvoices.list(dataverse, id: invoiceId)
        let numbers = Dictionary(known.map { ($0.invoiceId, $0.number) }) { first, _ in first }
        try compareActuals(dataverse, finance, progress)
        try compareInvoices(known, FinanceInvoices.list(finance, id: invoiceId))
        try compareStrays(dataverse, finance)
        for (id, number) in numbers where lines[id] != nil { lines[id]?.invoice = number }
        finish(numbers)
    }

    private mutating func narrow(to invoice: String, _ dataverse: Connection, _ finance: Connection) throws {
        let found = try DataverseInvoices.ids(invoice, dataverse)
        guard let id = found.first ?? GUID(invoice) else {
            throw ReconciliationError(
                description: "there is no invoice \(invoice); ledgerbus dataverse invoices lists them")
        }
        guard found.count < 2 else {
            throw ReconciliationError(description: "\(found.count) invoices have the number \(invoice); name its id")
        }
        invoiceId = id
        ids = Array(
            Set(try DataverseActuals.ids(ofInvoice: id, dataverse)).union(
                try FinanceActuals.ids(ofInvoice: id, finance)))
    }

    private mutating func compareActuals(
        _ dataverse: Connection, _ finance: Connection, _ progress: (Int) -> Void
    ) throws {
        let left = try DataverseActuals(dataverse, ids: ids)
        let right = try FinanceActuals(finance, ids: ids)
        var (ours, theirs) = (try left.nextChunk()[...], try right.nextChunk()[...])
        while !ours.isEmpty || !theirs.isEmpty {
            let (own, other) = (ours.first, theirs.first)
            let takesOwn = other.map { other in own.map { $0.actualId <= other.actualId } ?? false } ?? true
            let takesOther = own.map { own in other.map { $0.actualId <= own.actualId } ?? false } ?? true
            compare(takesOwn ? own : nil, takesOther ? other : nil)
            if takesOwn {
                ours = ours.dropFirst()
                if ours.isEmpty { ours = try left.nextChunk()[...] }
            }
            if takesOther {
                theirs = theirs.dropFirst()
                if theirs.isEmpty { theirs = try right.nextChunk()[...] }
            }
            compared += 1
            if compared.isMultiple(of: 10_000) { progress(compared) }
        }
        progress(compared)
    }

    private mutating func compare(_ dataverse: DataverseActual?, _ finance: FinanceActual?) {
        let company = dataverse?.company ?? finance?.company
        guard scope.includes(company, dataverse?.documentDate ?? finance?.documentDate) else { return }
        count(dataverse, finance)
        switch ActualComparison(dataverse, finance, transit) {
        case .agrees(let agreement): agreed[agreement, default: 0] += 1
        case .underWay(let stage): underWay[stage, default: 0] += 1
        case .disagrees(let differences):
            for difference in differences {
                report(.actual, dataverse?.actualId ?? finance?.actualId, company: company, difference)
            }
            if let invoice = dataverse?.invoiceId ?? finance?.invoiceId, lines[invoice] != nil {
                lines[invoice]?.outcome = Self.disagrees
            }
        }
    }

    static let disagrees = "disagrees"

    private mutating func report(
        _ kind: Reconciliation.Disagreement.Kind, _ id: GUID?, number: String? = nil, company: Company?,
        _ difference: Difference
    ) {
        result.disagreeing += 1
        guard result.disagreements.count < scope.limit else { return }
        result.disagreements.append(
            Reconciliation.Disagreement(kind: kind, id: id, number: number, company: company, difference: difference))
    }

    /// Counts an actual that is, or is to be, on both sides.
    private mutating func count(_ dataverse: DataverseActual?, _ finance: FinanceActual?) {
        let isSent: Bool =
            switch dataverse?.publication {
            case .published, .waiting: true
            case .skipped, .withheld, .settled: dataverse?.detail != nil
            case nil: false
            }
        let own = isSent ? dataverse : nil
        let other = finance.flatMap { $0.isWithdrawn && !$0.progress.isPosted ? nil : $0 }
        guard own != nil || other != nil else { return }
        let key = TotalKey(company: own?.company ?? other?.company, currency: own?.currency ?? other?.currency)
        let total = Reconciliation.Total(company: key.company, currency: key.currency)
        if let own { totals[key, default: total].dataverse.add(own.amount, own.detail) }
        if let other { totals[key, default: total].finance.add(other.amount, other.progress.detail) }
        guard (own?.transactionType ?? other?.transactionType) == .billedSales,
            let invoice = own?.invoiceId ?? other?.invoiceId
        else { return }
        let line = Reconciliation.InvoiceLine(invoiceId: invoice, company: key.company, currency: key.currency)
        if let own { lines[invoice, default: line].dataverse.add(own.amount, own.detail) }
        if let other { lines[invoice, default: line].finance.add(other.amount, other.progress.detail) }
    }

    private mutating func compareInvoices(_ dataverse: [DataverseInvoice], _ finance: [FinanceInvoice]) {
        var theirs = Dictionary(grouping: finance, by: \.invoiceId)
        for invoice in dataverse {
            let proposals = theirs.removeValue(forKey: invoice.invoiceId) ?? []
            compare(invoice, proposals.first)
            for second in proposals.dropFirst() { compare(nil, second) }
        }
        for invoice in theirs.values.flatMap(\.self).sorted(by: { $0.invoiceId < $1.invoiceId }) {
            compare(nil, invoice)
        }
    }

    private mutating func compare(_ dataverse: DataverseInvoice?, _ finance: FinanceInvoice?) {
        let id = dataverse?.invoiceId ?? finance?.invoiceId
        let company = finance?.company ?? id.flatMap { lines[$0]?.company }
        // An invoice of which Finance knows nothing is of the dates of its actuals.
        if let finance {
            guard scope.includes(company, finance.posted?.invoiceDate ?? finance.accountingDate) else { return }
        } else if scope.company != nil || scope.from != nil || scope.to != nil {
            guard id.map({ lines[$0] != nil }) == true else { return }
        }
        var outcome = "agrees"
        switch InvoiceComparison(dataverse, finance, transit) {
        case .agrees(let isPosted):
            if isPosted { invoicesAgreed.posted += 1 } else { invoicesAgreed.others += 1 }
        case .underWay(let stage):
            invoicesUnderWay[stage, default: 0] += 1
            outcome = stage.rawValue
        case .disagrees(let differences):
            for difference in differences {
                report(.invoice, id, number: dataverse?.number ?? finance?.number, company: company, difference)
            }
            outcome = Self.disagrees
        }
        if let id, lines[id] != nil, lines[id]?.outcome != Self.disagrees { lines[id]?.outcome = outcome }
    }

    /// What no actual leads to, and vouchers by themselves.
    private mutating func compareStrays(_ dataverse: Connection, _ finance: Connection) throws {
        guard invoiceId == nil else { return }
        let known = Set(result.disagreements.compactMap(\.id))
        for detail in try DataverseActuals.detailsWithoutActual(dataverse, limit: scope.limit)
        where scope.includes(detail.company, detail.accountingDate) && !known.contains(detail.actualId) {
            report(
                .actual, detail.actualId, company: detail.company,
                Difference(
                    .dataverse, "unknown", detail.voucher, nil,
                    "Dataverse's side has voucher \(detail.voucher) of an actual that it does not have",
                    cure: "load the actual again (ledgerbus dataverse load)"))
        }
        for line in try FinanceActuals.linesWithoutActual(finance, limit: scope.limit)
        where scope.includes(line.company, nil) && !known.contains(line.actualId) {
            report(
                .actual, line.actualId, company: line.company,
                Difference(
                    .finance, "rows", nil, line.document,
                    "Finance has a line of it in \(line.document), and not the actual",
                    cure: "ledgerbus dataverse resync \(line.actualId)"))
        }
        for voucher in try UnbalancedVoucher.list(finance, company: scope.company, limit: scope.limit) {
            report(
                .voucher, nil, number: voucher.voucher, company: voucher.company,
                Difference(
                    .finance, "balance", nil, "\(voucher.amount), \(voucher.accountingAmount)",
                    "voucher \(voucher.voucher) does not balance: \(voucher.amount) is left over in the transaction currency, "
                        + "and \(voucher.accountingAmount) in the accounting currency",
                    cure: "restore Finance's ledger entries from a backup"))
        }
    }

    private mutating func finish(_ numbers: [GUID: String]) {
        result.totals = totals.values.sorted {
            ($0.company?.rawValue ?? "", $0.currency?.rawValue ?? "") < (
                $1.company?.rawValue ?? "", $1.currency?.rawValue ?? ""
            )
        }
        result.invoices = lines.values.sorted {
            ($0.company?.rawValue ?? "", $0.invoice ?? "", $0.invoiceId) < (
                $1.company?.rawValue ?? "", $1.invoice ?? "", $1.invoiceId
            )
        }
        recount()
    }

    private mutating func recount() {
        result.agreed = ActualComparison.Agreement.allCases.compactMap { agreement in
            let invoices = agreement == .posted ? invoicesAgreed.posted : 0
            let actuals = agreed[agreement] ?? 0
            return actuals + invoices == 0 ? nil : .init(what: agreement.rawValue, actuals: actuals, invoices: invoices)
        }
        var stages: [(String, Int, Int)] = ActualComparison.Stage.allCases.map { stage in
            (
                stage.rawValue, underWay[stage] ?? 0,
                InvoiceComparison.Stage(rawValue: stage.rawValue).flatMap { invoicesUnderWay[$0] } ?? 0
            )
        }
        stages.append((InvoiceComparison.Stage.notPosted.rawValue, 0, invoicesUnderWay[.notPosted] ?? 0))
        result.underWay = stages.filter { $0.1 + $0.2 > 0 }.map { .init(what: $0.0, actuals: $0.1, invoices: $0.2) }
    }
}

// The second look.
extension SideComparison {
    /// Looks at what disagrees once more: what moved meanwhile is under way.
    ///
    /// - parameter transit: what is on its way by then.
    /// - throws: `DatabaseError`.
    mutating func confirm(_ transit: Transit, _ dataverse: Connection, _ finance: Connection) throws {
        // Of more than are listed, a second look would not see all.
        guard result.disagreeing <= result.disagreements.count else { return }
        var again = SideComparison(scope, transit)
        again.invoiceId = invoiceId
        let suspects = result.disagreements
        again.ids = suspects.filter { $0.kind == .actual }.compactMap(\.id)
        try dataverse.transaction(.repeatableRead) {
            try finance.transaction(.repeatableRead) {
                try again.compareActuals(dataverse, finance) { _ in }
                var seen: Set<GUID> = []
                for id in suspects.filter({ $0.kind == .invoice }).compactMap(\.id) where seen.insert(id).inserted {
                    again.lines[id] = lines[id]
                    try again.compareInvoices(
                        DataverseInvoices.list(dataverse, id: id), FinanceInvoices.list(finance, id: id))
                }
                try again.compareStrays(dataverse, finance)
            }
        }
        let gone = result.disagreeing - again.result.disagreeing
        let numbers = Dictionary(lines.compactMap { id, line in line.invoice.map { (id, $0) } }) { first, _ in first }
        result.disagreements = again.result.disagreements.map { disagreement in
            var disagreement = disagreement
            if disagreement.kind == .invoice, disagreement.number == nil {
                disagreement.number = disagreement.id.flatMap { numbers[$0] }
            }
            return disagreement
        }
        result.disagreeing = again.result.disagreeing
        if gone > 0 { result.underWay.append(.init(what: "moved while it was looked at", actuals: gone, invoices: 0)) }
    }
}

extension Reconciliation.Sums {
    fileprivate mutating func add(_ amount: Money, _ detail: AccountingDetail?) {
        actuals += 1
        self.amount += amount
        guard let detail else { return }
        posted += 1
        accountingAmount += detail.accountingAmount
        salesTaxAmount += detail.salesTaxAmount
    }
}

extension FinanceActual.Progress {
    /// What was given back; nil when it is not posted.
    fileprivate var detail: AccountingDetail? { if case .posted(let detail) = self { detail } else { nil } }
}

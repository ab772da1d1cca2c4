public import Contracts
import Dataverse
import Finance

/// What a comparison says in which the two sides differ, or what one of them lacks.
public struct Difference: Hashable, Sendable, Encodable {
    /// Whose rows are wrong, or lack something, as far as the rows tell.
    public enum Side: String, Hashable, Sendable, Encodable {
        case dataverse = "Dataverse"
        case finance = "Finance"
        case both = "both"
    }

    public let side: Side
    /// What differs: `amount`, `voucher`, `missing`, …
    public let what: String
    /// What Dataverse's side says, and what Finance's does.
    public let dataverse: String?
    public let finance: String?
    /// In a sentence.
    public let reason: String
    /// What to do.
    public let cure: String

    init(_ side: Side, _ what: String, _ dataverse: String?, _ finance: String?, _ reason: String, cure: String) {
        self.side = side
        self.what = what
        self.dataverse = dataverse
        self.finance = finance
        self.reason = reason
        self.cure = cure
    }

    /// A value that is not the same on both sides.
    init?(
        _ what: String, _ dataverse: some CustomStringConvertible, _ finance: some CustomStringConvertible, cure: String
    ) {
        let (dataverse, finance) = ("\(dataverse)", "\(finance)")
        guard dataverse != finance else { return nil }
        self.init(
            .both, what, dataverse, finance, "\(what): Dataverse has \(dataverse), and Finance \(finance)", cure: cure)
    }
}

/// What is on its way between the two sides, as far as it is known.
public struct Transit: Hashable, Sendable {
    /// Topics of which consumers have not taken over all messages.
    public var lagging: Set<TopicName> = []

    public init(lagging: Set<TopicName> = []) { self.lagging = lagging }
}

/// What the two sides say of one actual (`domain.md` §7, invariants 3 to 5).
///
/// | Dataverse | Finance | |
/// |---|---|---|
/// | Skip Sync, or settled, or between two units of one company | not there, or withdrawn and not posted | agrees |
/// | the same | there | disagrees: surplus |
/// | Skip Sync | | disagrees when it has a voucher |
/// | waits | | under way |
/// | published | not there | under way in the outbox or on the bus, else disagrees: missing |
/// | not there | there | disagrees: unknown |
/// | published | another company, type, currency, amount | under way in the outbox or on the bus, else disagrees |
/// | no voucher | not posted | under way: staged, blocked, in a journal, in a proposal |
/// | a voucher | not posted | disagrees: not posted |
/// | no voucher | posted | under way in the outbox or on the bus, else disagrees: not written back |
/// | a voucher | posted | disagrees where voucher, date, rate, currency, amount, tax or source differ |
public enum ActualComparison: Hashable, Sendable {
    /// Both sides say the same.
    public enum Agreement: String, Hashable, Sendable, CaseIterable, Encodable {
        case posted
        case skipped = "Skip Sync"
        case settled = "settled before the cut-over"
        case withheld = "between units of one company"
    }

    /// How far something has come that is under way.
    public enum Stage: String, Hashable, Sendable, CaseIterable, Encodable {
        case waiting = "waiting in Dataverse"
        case toFinance = "on its way to Finance"
        case staged = "staged in Finance"
        case blocked = "blocked in Finance"
        case inJournal = "in a journal that is not posted"
        case inProposal = "in a proposal that is not posted"
        case toDataverse = "posted, on its way to Dataverse"
    }

    case agrees(Agreement)
    case underWay(Stage)
    case disagrees([Difference])
}

extension ActualComparison {
    /// - parameters:
    ///   - dataverse, finance: nil where the side does not have it; one of them has.
    ///   - transit: what is on its way.
    init(_ dataverse: DataverseActual?, _ finance: FinanceActual?, _ transit: Transit) {
        guard let dataverse else {
            self = .disagrees([
                Difference(
                    .dataverse, "unknown", nil, finance.map { "\($0.amount) \($0.currency)" },
                    "Finance has it, and Dataverse's side does not",
                    cure:
                        "load the actual (ledgerbus dataverse load); if Dataverse deleted it, take back what Finance made of it"
                )
            ])
            return
        }
        switch dataverse.publication {
        case .skipped: self = Self.kept(dataverse, finance, .skipped, transit)
        case .settled: self = Self.kept(dataverse, finance, .settled, transit)
        case .withheld: self = Self.kept(dataverse, finance, .withheld, transit)
        case .waiting: self = .underWay(.waiting)
        case .published: self = Self.published(dataverse, finance, transit)
        }
    }

    /// What Finance must not have, or need not.
    private static func kept(
        _ dataverse: DataverseActual, _ finance: FinanceActual?, _ agreement: Agreement, _ transit: Transit
    ) -> ActualComparison {
        if let detail = dataverse.detail {
            return .disagrees([
                Difference(
                    .both, "voucher", detail.voucher, nil,
                    "it has voucher \(detail.voucher), and Finance must not post it: \(agreement.rawValue)",
                    cure: "take back what Finance posted by a correction in Dataverse, or undo the change there")
            ])
        }
        guard let finance, !finance.isWithdrawn || finance.progress.isPosted else { return .agrees(agreement) }
        guard !dataverse.isInOutbox, !transit.lagging.contains(.actualCreated) else { return .underWay(.toFinance) }
        return .disagrees([
            Difference(
                .finance, "surplus", agreement.rawValue, "\(finance.amount) \(finance.currency)",
                "Finance has it, and must not: \(agreement.rawValue)",
                cure:
                    "ledgerbus outbox resend --side dataverse publishes its withdrawal again; take back what is posted by a "
                    + "correction")
        ])
    }

    private static func published(
        _ dataverse: DataverseActual, _ finance: FinanceActual?, _ transit: Transit
    ) -> ActualComparison {
        let isOnItsWay = dataverse.isInOutbox || transit.lagging.contains(.actualCreated)
        guard let finance else {
            guard !isOnItsWay else { return .underWay(.toFinance) }
            return .disagrees([
                Difference(
                    .finance, "missing", "\(dataverse.amount) \(dataverse.currency?.rawValue ?? "")", nil,
                    "it was published, and Finance does not have it",
                    cure: "ledgerbus dataverse resync \(dataverse.actualId)")
            ])
        }
        var differences = Self.differences(dataverse, finance)
        if !differences.isEmpty, isOnItsWay { return .underWay(.toFinance) }
        differences += finance.contradictions.map {
            Difference(
                .finance, "rows", nil, $0, "Finance's own rows contradict each other: \($0)",
                cure: "restore Finance's rows from a backup, or have its operator find out who changed them")
        }
        let stage = self.stage(dataverse, finance, transit, &differences)
        guard differences.isEmpty else { return .disagrees(differences) }
        return stage.map { .underWay($0) } ?? .agrees(.posted)
    }

    /// How far an actual has come that is not posted and written back; nil when it is.
    private static func stage(
        _ dataverse: DataverseActual, _ finance: FinanceActual, _ transit: Transit, _ differences: inout [Difference]
    ) -> Stage? {
        switch (finance.progress, dataverse.detail) {
        case (.posted(let posted), let detail?):
            differences += Self.differences(detail, posted)
            return nil
        case (.posted(let posted), nil):
            guard !finance.isInOutbox, !transit.lagging.contains(.accountingDetail) else { return .toDataverse }
            differences.append(
                Difference(
                    .dataverse, "not written back", nil, posted.voucher,
                    "Finance posted it with voucher \(posted.voucher), and Dataverse's side has no voucher",
                    cure: "ledgerbus outbox resend --side finance, which publishes again what Finance posted"))
            return nil
        case (_, let detail?):
            differences.append(
                Difference(
                    .finance, "not posted", detail.voucher, nil,
                    "Dataverse's side has voucher \(detail.voucher) of \(detail.source.rawValue) \(detail.sourceNumber), and "
                        + "Finance has not posted it",
                    cure: "was Finance restored from a backup? See \"Backup and restore\" in the handbook, and post it")
            )
            return nil
        case (.staged, nil): return .staged
        case (.blocked, nil): return .blocked
        case (.inJournal, nil): return .inJournal
        case (.inProposal, nil): return .inProposal
        }
    }

    /// What Dataverse sent.
    private static func differences(_ dataverse: DataverseActual, _ finance: FinanceActual) -> [Difference] {
        let cure =
            finance.progress.isPosted
            ? "correct it by an invoice correction in Dataverse; ledgerbus errors out-of-sync lists what changed after it was "
                + "posted"
            : "ledgerbus dataverse resync \(dataverse.actualId)"
        var differences = [
            Difference("company", dataverse.company?.rawValue ?? "none", finance.company, cure: cure),
            Difference("type", dataverse.transactionType.rawValue, finance.transactionType.rawValue, cure: cure),
            Difference("currency", dataverse.currency?.rawValue ?? "none", finance.currency, cure: cure),
            Difference("amount", dataverse.amount, finance.amount, cure: cure),
        ].compactMap(\.self)
        if dataverse.transactionType == .billedSales {
            differences += [
                Difference(
                    "invoice", dataverse.invoiceId?.description ?? "none", finance.invoiceId?.description ?? "none",
                    cure: cure)
            ].compactMap(\.self)
        }
        if finance.isWithdrawn {
            differences.append(
                Difference(
                    .finance, "withdrawn", nil, "withdrawn", "Finance was told that it is withdrawn, and it is not",
                    cure: cure)
            )
        }
        return differences
    }

    /// What Finance gave back.
    private static func differences(_ detail: AccountingDetail, _ posted: AccountingDetail) -> [Difference] {
        let cure =
            "find out which side is right (ledgerbus errors list, and was a database restored?); ledgerbus outbox resend --side "
            + "finance publishes again what Finance posted"
        // A posting that was corrected has a higher version, and its newest counts.
        return [
            Difference("voucher", detail.voucher, posted.voucher, cure: cure),
            Difference("accounting date", detail.accountingDate, posted.accountingDate, cure: cure),
            Difference("exchange rate", detail.exchangeRate, posted.exchangeRate, cure: cure),
            Difference("accounting currency", detail.accountingCurrency, posted.accountingCurrency, cure: cure),
            Difference("accounting amount", detail.accountingAmount, posted.accountingAmount, cure: cure),
            Difference("sales tax", detail.salesTaxAmount, posted.salesTaxAmount, cure: cure),
            Difference(
                "source", "\(detail.source.rawValue) \(detail.sourceNumber)",
                "\(posted.source.rawValue) \(posted.sourceNumber)", cure: cure),
        ].compactMap(\.self)
    }
}

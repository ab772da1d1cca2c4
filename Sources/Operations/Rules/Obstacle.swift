import Bus
import Dataverse
import Finance

/// Something that keeps an invoice from being posted, where, and what to do.
public struct Obstacle: Hashable, Sendable, Encodable {
    /// Where it stands still.
    public enum Place: String, Hashable, Sendable, Encodable {
        case dataverse = "Dataverse"
        case bus
        case finance = "Finance"
    }

    public let place: Place
    /// What is in the way.
    public let reason: String
    /// Of how many lines; nil when of the whole invoice.
    public var lines: Int?
    /// Since when, in UTC; nil when nobody knows.
    public var since: String?
    /// What to do.
    public let cure: String

    init(_ place: Place, _ reason: String, lines: Int? = nil, since: String? = nil, cure: String) {
        self.place = place
        self.reason = reason
        self.lines = lines
        self.since = since
        self.cure = cure
    }
}

/// Why an invoice is not posted, over both sides: what stands in the way, the first thing first.
///
/// | facts | obstacle |
/// |---|---|
/// | a draft | to be confirmed |
/// | waits in Dataverse, or actuals of it do | what it waits for |
/// | a map that it needs is paused | the map, since when, by whom and why |
/// | messages in the outbox | to be delivered |
/// | messages that did not take effect | the error |
/// | published, and no proposal | to be taken over, or sent again |
/// | lines blocked in Finance | each reason |
/// | unbilled sales in a journal that is not posted | the journal, with what refused it |
/// | an open proposal that nothing of this explains | what it waits for, or import from staging |
/// | a ready proposal that posting refused | the refusal |
/// | a ready proposal that is being posted | the request |
/// | a ready proposal otherwise | to be posted |
/// | invoiced, and not all written back | on its way |
enum Obstacles {
    /// - parameters:
    ///   - errors: the numbers of messages about it that did not take effect.
    ///   - paused: the maps that are.
    static func of(
        _ dataverse: InvoiceProgressReport, _ finance: ProposalProgressReport?, errors: [String],
        paused: [TableMapSwitch] = []
    ) -> [Obstacle] {
        if dataverse.invoice.settlement != nil { return [] }
        if let posted = dataverse.invoice.posted, posted.isComplete { return [] }
        let needed = paused.filter { needs($0.map, dataverse, finance) }
        return ofDataverse(dataverse) + needed.map(pause) + ofBus(dataverse, finance, errors, needed.map(\.map))
            + (finance.map { ofFinance($0) } ?? [])
            + (finance?.proposal.status == .invoiced && !needed.contains { $0.map == .accountingDetail }
                ? [notWrittenBack(dataverse)] : [])
    }

    /// Whether an invoice waits for messages of a map.
    private static func needs(
        _ map: TableMap, _ dataverse: InvoiceProgressReport, _ finance: ProposalProgressReport?
    ) -> Bool {
        switch map {
        case .invoices: dataverse.invoice.publishedVersion != nil && finance == nil
        case .actuals, .connections:
            dataverse.invoice.publishedVersion != nil && finance?.proposal.status ?? .open == .open
        case .accountingDetail: finance?.proposal.status == .invoiced
        }
    }

    private static func pause(_ paused: TableMapSwitch) -> Obstacle {
        Obstacle(
            .bus,
            "the map \(paused.map.rawValue) is paused by \(paused.changedBy)\(paused.reason.map { ": \($0)" } ?? "")",
            since: paused.changedAt.text(), cure: "ledgerbus maps resume \((paused.pausedWith ?? paused.map).rawValue)")
    }

    private static func ofDataverse(_ dataverse: InvoiceProgressReport) -> [Obstacle] {
        let invoice = dataverse.invoice
        var obstacles: [Obstacle] = []
        if invoice.publishedVersion == nil, invoice.waitingReason == nil {
            obstacles.append(
                Obstacle(
                    .dataverse, "it is not confirmed: its status is \(invoice.status)",
                    cure: invoice.isOurs
                        ? "ledgerbus dataverse confirm \(invoice.number)"
                        : "confirm it in Dataverse, and load its pages (ledgerbus dataverse load)"))
        }
        if let reason = invoice.waitingReason {
            obstacles.append(
                Obstacle(
                    .dataverse, reason,
                    cure:
                        "load what is missing (ledgerbus dataverse load); ledgerbus dataverse waiting lists all that waits"
                ))
        }
        return obstacles
            + dataverse.holds.map {
                Obstacle(
                    .dataverse, $0.reason, lines: $0.actuals,
                    cure: "load what is missing, or correct the rows in Dataverse and load them again")
            }
    }

    private static func ofBus(
        _ dataverse: InvoiceProgressReport, _ finance: ProposalProgressReport?, _ errors: [String], _ paused: [TableMap]
    ) -> [Obstacle] {
        var obstacles: [Obstacle] = []
        if dataverse.inOutbox > 0 {
            obstacles.append(
                Obstacle(
                    .bus,
                    "\(dataverse.inOutbox) of its messages are in the outbox"
                        + (dataverse.outboxFailure.map { ": \($0)" } ?? ""),
                    cure: "dataverse-producer delivers them: see that it runs; ledgerbus outbox list"))
        }
        if let first = errors.first {
            obstacles.append(
                Obstacle(
                    .bus,
                    "\(errors.count) of its messages did not take effect: \(errors.prefix(5).joined(separator: ", "))",
                    cure: "ledgerbus errors show \(first), and errors retry \(first) when its cause is gone"))
        }
        if finance == nil, dataverse.invoice.publishedVersion != nil, dataverse.inOutbox == 0, errors.isEmpty,
            !paused.contains(.invoices)
        {
            obstacles.append(
                Obstacle(
                    .bus, "it was published, and Finance has no proposal of it", since: dataverse.publishedAt,
                    cure: "see that finance-consumer runs and has no lag (ledgerbus status); if it has none, "
                        + "ledgerbus dataverse resync --invoice \(dataverse.invoice.number)"))
        }
        return obstacles
    }

    private static func ofFinance(_ finance: ProposalProgressReport) -> [Obstacle] {
        let proposal = finance.proposal
        var obstacles = finance.blocked.map {
            Obstacle(
                .finance, "blocked: \($0.reason), the first of them \($0.actualId)", lines: $0.lines,
                since: $0.since.text(),
                cure: "it goes on by itself with the next ledgerbus finance import-from-staging once the cause is gone")
        }
        obstacles += finance.journals.map {
            Obstacle(
                .finance,
                "unbilled sales that it bills are in journal \($0.number), which is not posted"
                    + ($0.error.map { ": \($0)" } ?? ""), lines: $0.lines,
                cure: ($0.error == nil ? "" : "see to the cause, and ")
                    + "ledgerbus finance post \($0.number) --wait, then "
                    + "ledgerbus finance import-from-staging")
        }
        switch proposal.status {
        case .open:
            guard obstacles.isEmpty else { break }
            obstacles.append(
                Obstacle(
                    .finance,
                    "its proposal has no lines yet: "
                        + (proposal.reason ?? "import from staging has not looked at it since it came")
                        + " (\(proposal.arrived) of \(proposal.expected) billed sales have come)",
                    since: finance.receivedAt.text(), cure: "ledgerbus finance import-from-staging"))
        case .ready:
            let post = "ledgerbus finance post \(proposal.number) --wait"
            if let request = finance.openRequest {
                obstacles.append(
                    Obstacle(
                        .finance, "\(request.requestedBy) has asked for it to be posted, and that is under way",
                        since: request.requestedAt.text(),
                        cure: "wait; see that posting-consumer runs (ledgerbus status)"))
            } else if let refusal = proposal.reason {
                obstacles.append(
                    Obstacle(.finance, "posting refused it: \(refusal)", cure: "see to the cause, and \(post)"))
            } else {
                obstacles.append(
                    Obstacle(
                        .finance, "it has all its lines, and nobody has posted it", since: finance.receivedAt.text(),
                        cure: post))
            }
        case .invoiced: break
        }
        return obstacles
    }

    private static func notWrittenBack(_ dataverse: InvoiceProgressReport) -> Obstacle {
        let posted = dataverse.invoice.posted
        return Obstacle(
            .bus,
            posted.map {
                "it is posted, and \($0.updatedActuals) of \($0.actuals) actuals have their accounting detail"
            }
                ?? "it is posted, and Dataverse's side does not know yet",
            cure: "see that posting-consumer and dataverse-consumer run and have no lag (ledgerbus status); ledgerbus "
                + "reconcile --invoice \(dataverse.invoice.number)")
    }
}

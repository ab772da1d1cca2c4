import Bus
import Contracts
import Database

/// Bills the line details of a draft: applies the rules to each, and writes and publishes what they make, a chunk at a
/// time.
final class LineDetailBilling {
    private let connection: Connection
    private let draft: DraftInvoice
    private let accountingDate: CalendarDate
    private let publication: Publication
    private let header: Belonging
    private let ids: ConfirmationIds
    private(set) var tally = ConfirmationTally()
    /// What the invoice gains.
    private(set) var change: InvoiceChange
    private(set) var hasCorrections = false
    private var hasTypedLines = false
    private var billedMilestones: Set<GUID> = []

    /// Each line detail makes four messages, an edited or corrected one up to thirteen.
    private static let chunk = 2_000

    /// - throws: `DatabaseError`; `SHA256Unavailable`.
    init(
        _ draft: DraftInvoice, on accountingDate: CalendarDate, connection: Connection, publication: Publication
    ) throws {
        self.connection = connection
        self.draft = draft
        self.accountingDate = accountingDate
        self.publication = publication
        header = try publication.lookups.header(of: draft.invoiceId)
        ids = try ConfirmationIds()
        change = InvoiceChange(invoiceId: draft.invoiceId)
    }

    /// Bills all of them.
    ///
    /// - parameter progress: is told how many have been billed.
    /// - throws: ``ConfirmationError`` when one cannot be billed; `DatabaseError`.
    func run(progress: (Int) -> Void) throws {
        var chunk: [DraftLineRow] = []
        try InvoiceStore(connection: connection).forEachDraftLine(of: draft.invoiceId, chunk: Self.chunk) {
            chunk.append($0)
        } afterChunk: {
            try write(rows(of: chunk))
            chunk.removeAll(keepingCapacity: true)
            progress(tally.lineDetails)
        }
        let problems = tally.problems(lineAmount: draft.lineAmount)
        guard problems.isEmpty else { throw ConfirmationError(invoice: draft.invoiceNumber, problems: problems) }
        if hasTypedLines { try checkTypedLines() }
    }

    private func rows(of chunk: [DraftLineRow]) throws -> [ConfirmedRows] {
        var rows: [ConfirmedRows] = []
        rows.reserveCapacity(chunk.count)
        for line in try lines(of: chunk) {
            do throws(ConfirmationRefusal) {
                let confirmed = try Confirmation.rows(for: line, on: accountingDate, ids: ids)
                tally.count(confirmed)
                rows.append(confirmed)
            } catch {
                tally.refuse(line.detail, error)
            }
        }
        return rows
    }

    /// The facts that the rules need of a chunk.
    private func lines(of chunk: [DraftLineRow]) throws -> [DraftLine] {
        let lookups = publication.lookups
        try lookups.read(for: chunk.map(\.detail))
        let milestones = chunk.map(\.detail).filter { $0.transactionClass == .milestone }
        let candidates =
            milestones.isEmpty
            ? MilestoneCandidates([]) : try MilestoneStore(connection: connection).candidates(for: milestones)
        let corrections = chunk.map(\.detail).filter(\.isCorrection).map(\.invoiceLineDetailId)
        let corrected = try InvoiceStore(connection: connection).correctedSales(by: corrections)
        if !corrections.isEmpty { hasCorrections = true }
        let retainers = try RetainerStore(connection: connection).parts(
            ofLineDetails: chunk.map(\.detail).filter { $0.transactionClass == .retainer }.map(\.invoiceLineDetailId))
        return chunk.map { row in
            let detail = row.detail
            let sale = corrected[detail.invoiceLineDetailId]
            if row.unbilled == nil, !detail.isCorrection, detail.transactionClass != .milestone {
                hasTypedLines = true
            }
            return DraftLine(
                detail: detail, billingMethod: row.invoiceLineBillingMethod ?? row.contractLineBillingMethod,
                unbilled: row.unbilled, otherUnbilled: row.otherUnbilledId, corrected: sale,
                belonging: lookups.belonging(of: detail), header: header,
                milestone: .billed(by: detail, correcting: sale?.billed, of: candidates.of(detail)),
                retainer: retainers[detail.invoiceLineDetailId],
                currencyPrecision: lookups.precision(of: detail.facts.currencyId) ?? Money.scale)
        }
    }

    /// A line that was typed, and one whose connection is not loaded, look alike.
    private func checkTypedLines() throws {
        guard let sale = try InvoiceStore(connection: connection).unbilledSaleWithoutLineDetail(on: draft.invoiceId)
        else { return }
        throw refusal(
            "the unbilled sale \(sale) is on it, and none of its line details is connected to it; load "
                + "msdyn_transactionconnections")
    }

    /// Writes what was made, unless all of it is to be rolled back.
    private func write(_ rows: [ConfirmedRows]) throws {
        guard !tally.isRefused else { return }
        try insert(rows)
        try update(rows.flatMap(\.changed))
        try markMilestones(rows)
        try RetainerStore(connection: connection).confirm(rows.compactMap(\.retainer))
        try publish(rows)
        for row in rows {
            change.progress.billedSales += row.actuals.count { $0.transactionType == .billedSales }
            change.progress.chargeableAmount += row.chargeableAmount
        }
    }

    private func insert(_ rows: [ConfirmedRows]) throws {
        var (actuals, connections) = (CopyRows(), CopyRows())
        for row in rows {
            try actuals.append(contentsOf: row.actuals)
            try connections.append(contentsOf: row.connections)
        }
        try ActualStore(connection: connection).insert(actuals)
        try ConnectionStore(connection: connection).insert(connections)
    }

    private func update(_ actuals: [Actual]) throws {
        guard !actuals.isEmpty else { return }
        guard try ActualStore(connection: connection).update(actuals) == actuals.count else {
            throw try billedTwice()
        }
        // They may have waited; they are looked at anew.
        try WaitingRows(.actuals, connection: connection).remove(actuals.map(\.actualId))
    }

    private func markMilestones(_ rows: [ConfirmedRows]) throws {
        let billed = rows.compactMap(\.billedMilestone)
        for milestone in billed where !billedMilestones.insert(milestone).inserted {
            throw refusal("two of its line details bill the same milestone, \(milestone)")
        }
        let store = MilestoneStore(connection: connection)
        if let other = try store.billedElsewhere(billed, than: draft.invoiceId) {
            throw refusal(
                "its milestone \(other.milestoneId) is on invoice \(other.invoiceNumber), which is confirmed; "
                    + "load msdyn_contractlinescheduleofvalues")
        }
        try store.mark(billed, as: .customerInvoicePosted)
        try store.mark(rows.compactMap(\.openedMilestone), as: .ready)
        let named = rows.filter { $0.billedMilestone != nil || $0.openedMilestone != nil }
        try store.name(
            named.compactMap { $0.billedMilestone ?? $0.openedMilestone }, by: named.map(\.lineDetailId))
    }

    private func billedTwice() throws -> ConfirmationError {
        let sale = try ConnectionStore(connection: connection).billedTwice(on: draft.invoiceId)
        return refusal(
            "two of its line details bill or correct the same actual, \(sale?.description ?? "which changed")")
    }

    private func refusal(_ problem: String) -> ConfirmationError {
        ConfirmationError(invoice: draft.invoiceNumber, problems: [problem])
    }

    /// Publishes what Finance may see: the new rows, and the existing ones with their new status.
    private func publish(_ rows: [ConfirmedRows]) throws {
        // What was billed before stands on what it stood on; an unbilled sale that can be billed takes nothing back.
        var links = try ConnectionStore(connection: connection).links(
            of: rows.flatMap(\.changed).filter { $0.transactionType == .billedSales }.map(\.actualId))
        var actuals: [Actual] = []
        var connections: [DueConnection] = []
        actuals.reserveCapacity(2 * rows.count)
        connections.reserveCapacity(2 * rows.count)
        for row in rows {
            let known = row.actuals + row.changed
            for connection in row.connections {
                let first = known.first { $0.actualId == connection.transaction1Id }
                connections.append(DueConnection(connection: connection, first: first?.ownership))
                guard connection.isStoodOn, let role = ConnectionRole(rawValue: connection.transaction2Role) else {
                    continue
                }
                let second = known.first { $0.actualId == connection.transaction2Id }
                links[connection.transaction1Id, default: ActualLinks()].add(
                    ActualFacts.Link(
                        actualId: connection.transaction2Id, rowVersion: connection.rowVersion, basis: second?.basis),
                    as: role)
            }
            for actual in known where !actual.skipSync { actuals.append(actual) }
        }
        try publication.publish(actuals, links: links)
        try publication.publish(connections)
        try publication.write()
    }
}

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
    private var billedMilestones: Set<GUID> = []

    /// Each line detail makes up to four messages.
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
    }

    private func rows(of chunk: [DraftLineRow]) throws -> [ConfirmedRows] {
        let lookups = publication.lookups
        try lookups.read(for: chunk.map(\.detail))
        let milestones = chunk.map(\.detail).filter { $0.transactionClass == .milestone }
        let candidates =
            milestones.isEmpty
            ? MilestoneCandidates([]) : try MilestoneStore(connection: connection).candidates(for: milestones)
        var rows: [ConfirmedRows] = []
        rows.reserveCapacity(chunk.count)
        for row in chunk {
            tally.count(row.detail)
            let line = DraftLine(
                detail: row.detail, billingMethod: row.invoiceLineBillingMethod ?? row.contractLineBillingMethod,
                unbilled: row.unbilled, otherUnbilled: row.otherUnbilledId,
                belonging: lookups.belonging(of: row.detail), header: header,
                milestone: .billed(by: row.detail, of: candidates.of(row.detail)))
            do throws(ConfirmationRefusal) {
                rows.append(try Confirmation.rows(for: line, on: accountingDate, ids: ids))
            } catch {
                tally.refuse(row.detail, error)
            }
        }
        return rows
    }

    /// Writes what was made, unless all of it is to be rolled back.
    private func write(_ rows: [ConfirmedRows]) throws {
        guard !tally.isRefused else { return }
        try insert(rows)
        try markBilled(rows)
        try publish(rows)
        for row in rows {
            for actual in row.actuals where actual.transactionType == .billedSales {
                change.progress.billedSales += 1
                if actual.billingType == .chargeable { change.progress.chargeableAmount += actual.amount }
            }
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

    private func markBilled(_ rows: [ConfirmedRows]) throws {
        let unbilledSales = rows.compactMap(\.billedUnbilledSale?.actualId)
        if !unbilledSales.isEmpty {
            let marked = try ActualStore(connection: connection).markBilled(unbilledSales, on: draft.invoiceId)
            guard marked == unbilledSales.count else { throw try billedTwice() }
            // They may have waited; they are looked at anew.
            try WaitingRows(.actuals, connection: connection).remove(unbilledSales)
        }
        let milestones = rows.compactMap(\.billedMilestone)
        for milestone in milestones where !billedMilestones.insert(milestone).inserted {
            throw refusal("two of its line details bill the same milestone, \(milestone)")
        }
        guard !milestones.isEmpty else { return }
        let store = MilestoneStore(connection: connection)
        if let other = try store.billedElsewhere(milestones, than: draft.invoiceId) {
            throw refusal(
                "its milestone \(other.milestoneId) is on invoice \(other.invoiceNumber), which is confirmed; "
                    + "load msdyn_contractlinescheduleofvalues")
        }
        try store.markBilled(milestones)
    }

    private func billedTwice() throws -> ConfirmationError {
        let sale = try ConnectionStore(connection: connection).unbilledSaleBilledTwice(on: draft.invoiceId)
        return refusal("two of its line details bill the same unbilled sale, \(sale?.description ?? "which changed")")
    }

    private func refusal(_ problem: String) -> ConfirmationError {
        ConfirmationError(invoice: draft.invoiceNumber, problems: [problem])
    }

    /// Publishes what Finance may see: the new rows, and the unbilled sales with their new status.
    ///
    /// An unbilled sale that can be billed takes nothing back, and so is connected to nothing that its message tells of.
    private func publish(_ rows: [ConfirmedRows]) throws {
        var links: [GUID: ActualLinks] = [:]
        var actuals: [Actual] = []
        var connections: [DueConnection] = []
        actuals.reserveCapacity(2 * rows.count)
        connections.reserveCapacity(2 * rows.count)
        for row in rows {
            for connection in row.connections {
                let first = row.actuals.firstIndex { $0.actualId == connection.transaction1Id }
                connections.append(
                    DueConnection(connection: connection, first: first.map { row.actuals[$0].ownership }))
                guard let role = ConnectionRole(rawValue: connection.transaction2Role) else { continue }
                links[connection.transaction1Id, default: ActualLinks()].add(
                    ActualFacts.Link(
                        actualId: connection.transaction2Id, rowVersion: connection.rowVersion,
                        basis: row.billedUnbilledSale?.basis),
                    as: role)
            }
            for index in row.actuals.indices where !row.actuals[index].skipSync { actuals.append(row.actuals[index]) }
            if let unbilled = row.billedUnbilledSale { actuals.append(unbilled) }
        }
        try publication.publish(actuals, links: links)
        try publication.publish(connections)
        try publication.write()
    }
}

import Bus
import Contracts
import Database

/// Writes the lines and line details of drafts, a chunk at a time.
struct DraftLines {
    let connection: Connection
    let sources: DraftSourceStore
    let ids: DraftIds

    private static let chunk = 5_000

    /// - parameters:
    ///   - headers: of the invoices that the sources go on.
    ///   - date: the day of milestones that have none.
    /// - throws: `DatabaseError`.
    func write(headers: [DraftHeader], on date: CalendarDate) throws {
        try writeLines()
        try writeUnbilledSales()
        try writeMilestones(Dictionary(uniqueKeysWithValues: headers.map { ($0.invoiceId, $0) }), on: date)
        try writeRetainers()
    }

    private func writeLines() throws {
        let store = DraftStore(connection: connection)
        var lines = CopyRows()
        try sources.forEachMissingLine(chunk: Self.chunk) { line in
            try lines.append(
                InvoiceLine(
                    invoiceLineId: ids.line(of: line.contractLineId, on: line.invoiceId), rowVersion: 1,
                    invoiceId: line.invoiceId, projectId: line.projectId, contractLineId: line.contractLineId,
                    billingMethod: line.billingMethod))
        } afterChunk: {
            try store.insert(lines: lines)
            lines.removeAll(keepingCapacity: true)
        }
    }

    private func writeUnbilledSales() throws {
        let store = DraftStore(connection: connection)
        var (details, connections) = (CopyRows(), CopyRows())
        try sources.forEachUnbilledSale(chunk: Self.chunk) { sale in
            let detail = Drafting.lineDetail(
                billing: sale.row, on: sale.invoiceId, line: sale.invoiceLineId, ids: ids)
            try details.append(detail)
            try connections.append(
                TransactionConnection(
                    billing: sale.row.actualId, by: detail.invoiceLineDetailId,
                    connectionId: ids.connection(of: detail.invoiceLineDetailId)))
        } afterChunk: {
            try store.insert(lineDetails: details)
            try ConnectionStore(connection: connection).insert(connections)
            details.removeAll(keepingCapacity: true)
            connections.removeAll(keepingCapacity: true)
        }
    }

    private func writeMilestones(_ headers: [GUID: DraftHeader], on date: CalendarDate) throws {
        let store = DraftStore(connection: connection)
        var details = CopyRows()
        try sources.forEachMilestone(chunk: Self.chunk) { milestone in
            guard let header = headers[milestone.invoiceId] else { return }
            try details.append(
                Drafting.lineDetail(
                    billing: milestone.row, on: header, line: milestone.invoiceLineId, date: date, ids: ids))
        } afterChunk: {
            try store.insert(lineDetails: details)
            details.removeAll(keepingCapacity: true)
        }
    }

    private func writeRetainers() throws {
        let store = DraftStore(connection: connection)
        var details = CopyRows()
        var drafted: [(retainerId: GUID, lineDetailId: GUID)] = []
        try sources.forEachRetainer(chunk: Self.chunk) { retainer in
            let detail = Drafting.lineDetail(
                billing: retainer.row, on: retainer.invoiceId, line: retainer.invoiceLineId, ids: ids)
            try details.append(detail)
            drafted.append((retainer.row.retainerId, detail.invoiceLineDetailId))
        } afterChunk: {
            try store.insert(lineDetails: details)
            details.removeAll(keepingCapacity: true)
        }
        try RetainerStore(connection: connection).markDrafted(drafted)
    }
}

import Bus
import Contracts
import Database
import Foundation
import Service

/// What must hold at any moment, whatever is going on: each side is looked at in one snapshot, again and again.
final class Snapshots: Sendable {
    private let world: World
    private let ending = GracefulShutdown()

    init(world: World) { self.world = world }

    /// Looks until ``stop(_:)``.
    func start() -> WorkerThread<Int> {
        WorkerThread(name: "snapshots") { [self] in
            var looks = 0
            while !ending.wait(upTo: .seconds(2)) {
                // A server that a fault has taken away is not looked at.
                if (try? look(.finance, Self.finance)) != nil { looks += 1 }
                if (try? look(.dataverse, Self.dataverse)) != nil { looks += 1 }
            }
            return looks
        }
    }

    func stop(_ thread: WorkerThread<Int>) throws -> Int {
        ending.request()
        return try thread.join()
    }

    private func look(_ side: Side, _ questions: [(what: String, sql: String)]) throws {
        let connection = try world.connect(side)
        try connection.executeScript("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for question in questions {
            if question.sql.contains("consumer_positions"), world.noted.positionsWentBack { continue }
            for found in try connection.values(String.self, question.sql).prefix(3) {
                world.history.contradict("seen while it ran: \(question.what): \(found)")
            }
        }
        try connection.executeScript("COMMIT")
    }

    private static let finance: [(what: String, sql: String)] = [
        (
            "a voucher is out of balance",
            """
            SELECT voucher FROM ledger_entries GROUP BY data_area_id, voucher
            HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0 OR sum(reporting_amount) <> 0
            """
        ),
        (
            "an invoice is half visible",
            """
            SELECT i.customer_invoice_number || ' has ' || count(l.line_number) || ' of ' || i.line_count
            FROM project_invoices i LEFT JOIN project_invoice_lines l USING (data_area_id, proposal_number)
            GROUP BY i.data_area_id, i.customer_invoice_number, i.line_count HAVING count(l.line_number) <> i.line_count
            """
        ),
        (
            "a proposal is half visible",
            """
            SELECT p.proposal_number || ' has ' || count(l.actual_id) || ' of ' || p.total_count
            FROM invoice_proposals p LEFT JOIN invoice_proposal_lines l USING (data_area_id, proposal_number)
            GROUP BY p.data_area_id, p.proposal_number, p.total_count HAVING count(l.actual_id) NOT IN (0, p.total_count)
            """
        ),
        (
            "an invoice is posted and not published, or published and not posted",
            """
            SELECT coalesce(i.invoice_id, o.invoice_id)::text FROM project_invoices i
            FULL JOIN (SELECT DISTINCT convert_from(key, 'UTF8')::uuid AS invoice_id FROM outbox WHERE topic = 'invoice-posted') o
                ON o.invoice_id = i.invoice_id
            WHERE o.invoice_id IS NULL OR i.invoice_id IS NULL
            """
        ),
        (
            "the position is behind its rows",
            """
            SELECT 'there are ' || staged || ' staged actuals of ' || taken || ' messages' FROM (
                SELECT (SELECT count(*) FROM actuals_staging) AS staged,
                    (SELECT coalesce(sum(next), 0) FROM consumer_positions
                        WHERE consumer = 'finance-consumer' AND topic LIKE '%actual-created') AS taken) counts
            WHERE staged > taken
            """
        ),
    ]

    private static let dataverse: [(what: String, sql: String)] = [
        (
            "a confirmed invoice is half visible",
            """
            SELECT i.invoice_number || ' is ' || i.line_amount || ', its billed sales ' || coalesce(sum(a.amount), 0)
            FROM invoices i LEFT JOIN actuals a ON a.invoice_id = i.invoice_id AND a.transaction_type = 'Billed Sales'
                AND a.billing_type = 'Chargeable'
            WHERE i.status = 'Confirmed'
            GROUP BY i.invoice_id HAVING coalesce(sum(a.amount), 0) <> i.line_amount
            """
        ),
        (
            "the position is behind its rows",
            """
            SELECT 'there are ' || came || ' details of ' || taken || ' messages' FROM (
                SELECT (SELECT count(*) FROM accounting_details) AS came,
                    (SELECT coalesce(sum(next), 0) FROM consumer_positions
                        WHERE consumer = 'dataverse-consumer' AND topic LIKE '%accounting-detail') AS taken) counts
            WHERE came > taken
            """
        ),
    ]
}

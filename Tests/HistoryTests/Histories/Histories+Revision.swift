import Contracts
import HistoryWorld

@testable import Database
@testable import Dataverse

extension Histories {
    /// Confirmed invoices are revised: all of their lines, or some (§6.5).
    func revise() throws {
        var rows: [[String: String]] = []
        for invoice in try invoices(.confirmed) where chance(0.15) {
            var row = ["invoice": "\"\(invoice)\""]
            let billed = try sides.dataverse.values(
                GUID.self,
                """
                SELECT actual_id FROM actuals JOIN invoices USING (invoice_id)
                WHERE invoice_number = $1 AND transaction_type = $2 AND adjustment_status IS NULL
                    AND transaction_class <> $3
                ORDER BY actual_id
                """, invoice, TransactionType.billedSales, TransactionClass.retainer)
            let some = billed.filter { _ in chance(0.4) }
            if some.isEmpty {
                row["all"] = "true"
            } else {
                row["transactions"] = "[\(some.map { "\"\($0)\"" }.joined(separator: ", "))]"
            }
            rows.append(row)
        }
        let report = try ReviseInvoices(connection: sides.dataverse, configuration: sides.configuration)
            .revise([MemoryPage(request: rows)])
        note(report.request, of: "invoices revised")
    }

    /// Milestones are scheduled by percentages, made ready, and not (§6.6).
    func changeMilestones() throws {
        var rows: [[String: String]] = []
        for contract in 0..<setup.contracts where chance(0.05) {
            rows.append([
                "id": "\"\(newId(.milestone))\"", "contractLine": "\"\(HistorySetup.id(.fixedPriceLine, contract))\"",
                "amount": "\"\(price(of: contract))\"", "percentages": "[\"20\", \"30\", \"15\", \"35\"]",
                "dates": "[\((0..<4).map { "\"\(today.adding(days: 7 * $0))\"" }.joined(separator: ", "))]",
            ])
        }
        let notReady = try sides.dataverse.values(
            GUID.self, "SELECT milestone_id FROM milestones WHERE invoice_status = $1 ORDER BY milestone_id",
            MilestoneInvoiceStatus.notReady)
        for milestone in notReady where chance(0.4) {
            rows.append(["milestone": "\"\(milestone)\"", "status": "\"Ready\""])
        }
        note(
            try ChangeMilestones(connection: sides.dataverse).change([MemoryPage(request: rows)]),
            of: "milestones changed")
    }

    /// Retainers are set up, and what is left of some is refunded (§6.7).
    func changeRetainers() throws {
        let retainers = Retainers(connection: sides.dataverse, configuration: sides.configuration)
        var rows: [[String: String]] = []
        for contract in 0..<setup.contracts where chance(0.05) {
            self.retainers.insert(contract)
            rows.append([
                "contract": "\"ORD-\(contract)\"", "name": "\"Advance \(newId(.retainer))\"",
                "amount": "\"\(price(of: contract))\"", "invoiceDate": "\"\(today)\"",
                "contractLine": "\"\(HistorySetup.id(.timeAndMaterialLine, contract))\"",
            ])
        }
        note(try retainers.add([MemoryPage(request: rows)]), of: "retainers set up")
    }
}

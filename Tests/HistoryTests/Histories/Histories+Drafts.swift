import Contracts
import HistoryWorld

@testable import Database
@testable import Dataverse

extension Histories {
    /// What can be invoiced is made ready, and drafted.
    func draft() throws {
        _ = try MarkReady(connection: sides.dataverse, configuration: sides.configuration).markAll(on: today)
        let report = try DraftInvoices(connection: sides.dataverse, configuration: sides.configuration)
            .draftAll(on: today)
        count("drafts", report.drafts.count)
        for problem in report.problems { refuse("drafting", problem) }
    }

    /// Lines of drafts are changed in quantity, price or billing type, removed and typed (T8–T11, §6.3).
    func edit() throws {
        var rows: [[String: String]] = []
        for line in try draftLines() where chance(line.isCorrection ? 0.6 : 0.25) {
            var row = ["lineDetail": "\"\(line.id)\""]
            switch int(0...9) {
            case 0...3: row["quantity"] = "\"\(quantity(of: line, times: int(0...2)))\""
            case 4: row["quantity"] = "\"0\""
            case 5: row["price"] = "\"\(price(of: line.contract))\""
            case 6 where !line.isCorrection: row["billingType"] = "\"\(billingType)\""
            case 7 where !line.isCorrection: row["remove"] = "true"
            default:
                row["quantity"] = "\"\(quantity(of: line, times: 1))\""
                row["price"] = "\"\(price(of: line.contract))\""
            }
            rows.append(row)
        }
        for draft in try invoices(.draft) where chance(0.1) {
            let contract = try contract(of: draft)
            rows.append([
                "invoice": "\"\(draft)\"", "id": "\"\(newId(.lineDetail))\"", "class": "\"Time\"",
                "contractLine":
                    "\"\(HistorySetup.id(chance(0.5) ? .fixedPriceLine : .timeAndMaterialLine, contract))\"",
                "category": "\"\(HistorySetup.id(.category, 0))\"",
                "quantity": "\"\(decimal(1...40, places: 1))\"", "price": "\"\(price(of: contract))\"",
                "documentDate": "\"\(today)\"", "billingType": "\"\(billingType)\"",
            ])
        }
        let editing = EditDrafts(connection: sides.dataverse, configuration: sides.configuration)
        note(try editing.edit([MemoryPage(request: rows)], on: today), of: "lines edited")
    }

    /// Drafts are confirmed.
    func confirm() throws {
        let confirmation = ConfirmInvoice(connection: sides.dataverse, configuration: sides.configuration)
        for draft in try invoices(.draft) where chance(0.7) {
            do {
                _ = try confirmation.confirm(draft, on: today)
                count("invoices confirmed")
            } catch let error as ConfirmationError {
                refuse("confirming", error.description)
            }
        }
    }

    /// The numbers of the invoices of a status.
    func invoices(_ status: ProjectInvoiceStatus) throws -> [String] {
        try sides.dataverse.values(
            String.self, "SELECT invoice_number FROM invoices WHERE status = $1 ORDER BY invoice_number", status)
    }

    private func contract(of invoice: String) throws -> Int {
        let number = try sides.dataverse.value(
            String.self,
            """
            SELECT contract_number FROM invoices JOIN project_contracts USING (project_contract_id)
            WHERE invoice_number = $1
            """, invoice)
        return Int(number.dropFirst("ORD-".count)) ?? 0
    }

    private struct Line {
        let id: GUID
        let quantity: Quantity
        let isCorrection: Bool
        let contract: Int
    }

    private func draftLines() throws -> [Line] {
        let rows = try sides.dataverse.query(
            """
            SELECT invoice_line_detail_id, quantity, is_correction, contract_number
            FROM invoice_line_details d JOIN invoices i USING (invoice_id)
                JOIN project_contracts c ON c.project_contract_id = i.project_contract_id
            WHERE i.status = $1 AND d.transaction_class <> ALL ($2) ORDER BY invoice_line_detail_id
            """, ProjectInvoiceStatus.draft, [TransactionClass.milestone, .retainer].map(\.rawValue))
        return try rows.map {
            Line(
                id: try $0[0, as: GUID.self], quantity: try $0[1, as: Quantity.self],
                isCorrection: try $0[2, as: Bool.self],
                contract: Int(try $0[3, as: String.self].dropFirst("ORD-".count)) ?? 0)
        }
    }

    /// Half of a line's quantity, so many times; of one that is nothing, some hours.
    private func quantity(of line: Line, times: Int) -> Quantity {
        let half =
            line.quantity == .zero
            ? Quantity(units: Int128(int(1...20)) * 2_500) : Quantity(units: line.quantity.units / 2)
        return Quantity(units: half.units * Int128(times == 2 ? 3 : times))
    }
}

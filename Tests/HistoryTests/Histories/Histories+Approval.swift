import Contracts
import HistoryWorld

@testable import Dataverse

extension Histories {
    /// Time, expenses, material and fees are approved: as submitted, less, more, or none of it (T2–T4, F1).
    func approve() throws {
        var rows: [[String: String]] = []
        for contract in 0..<setup.contracts where chance(0.4) {
            for _ in 0..<int(1...3) { rows.append(entry(of: contract)) }
        }
        note(try approval.approve([MemoryPage(request: rows)]), of: "entries approved")
    }

    /// Approvals are canceled or recalled, contracts confirmed anew at another price (T5, T6, F2, F3).
    func changeEntries() throws {
        let chosen = entries.filter { _ in chance(0.08) }
        let rows = chosen.map { entry in
            var row = ["id": "\"\(entry.id)\""]
            switch int(0...2) {
            case 0: row["event"] = "\"Approval Canceled\""
            case 1: row["event"] = "\"Recalled\""
            default:
                row["event"] = "\"Contract Confirmed\""
                row["salesPrice"] = "\"\(price(of: entry.contract))\""
            }
            return row
        }
        note(try approval.approve([MemoryPage(request: rows)]), of: "entries changed")
    }

    private var approval: ApproveEntries {
        ApproveEntries(connection: sides.dataverse, configuration: sides.configuration)
    }

    private func entry(of contract: Int) -> [String: String] {
        let id = HistorySetup.id(.entry, entries.count)
        entries.append((id, contract))
        let isFixedPrice = chance(0.15)
        let place = int(0...(isFixedPrice ? 2 : 3))
        let submitted = decimal(int(0...9) == 0 ? -48 ... -1 : 1...48, places: 2)
        let billable =
            switch int(0...9) {
            case 0: Money.zero
            case 1: Money(units: submitted.units / 2)
            case 2: submitted + submitted
            default: submitted
            }
        return [
            "id": "\"\(id)\"", "class": "\"\(HistorySetup.classes[place].rawValue)\"",
            "project": "\"\(HistorySetup.id(.project, contract))\"",
            "contractLine": "\"\(HistorySetup.id(isFixedPrice ? .fixedPriceLine : .timeAndMaterialLine, contract))\"",
            "category": "\"\(HistorySetup.id(.category, place))\"",
            "documentDate": "\"\(today.adding(days: -int(0...20)))\"", "quantitySubmitted": "\"\(submitted)\"",
            "quantityBillable": "\"\(billable)\"", "costPrice": "\"\(price(of: contract))\"",
            "salesPrice": "\"\(chance(0.05) ? .zero : price(of: contract))\"",
            "currency": "\"\(setup.currency(of: contract).code)\"",
            "costCurrency": "\"USD\"", "billingType": "\"\(billingType)\"",
        ]
    }

    func price(of contract: Int) -> Money {
        let places = setup.currency(of: contract).places
        return decimal(1...[300, 0, 30_000, 300_000][places == 0 ? 0 : places], places: places)
    }

    var billingType: String {
        switch int(0...9) {
        case 0: BillingType.nonChargeable.rawValue
        case 1: BillingType.complimentary.rawValue
        default: BillingType.chargeable.rawValue
        }
    }
}

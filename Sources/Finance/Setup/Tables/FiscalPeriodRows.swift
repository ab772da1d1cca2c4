import Bus
import Contracts
import Database
import YAML

struct FiscalPeriodRow: SetupRow {
    static let table = "fiscal_periods"
    static let section = "fiscal-periods"

    enum Status: String, DatabaseLabel {
        case open, closed
    }

    var company: Company
    var startsOn: CalendarDate
    var endsOn: CalendarDate
    var status: Status

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        FiscalPeriodRow(
            company: try column("data_area_id", row?.company),
            startsOn: try column("starts_on", row?.startsOn),
            endsOn: try column("ends_on", row?.endsOn),
            status: try column("status", row?.status))
    }

    var entry: SetupEntry {
        .item(
            [Self.section], key: startsOn.description,
            ["from": YAMLValue(startsOn), "to": YAMLValue(endsOn), "status": YAMLValue(status)])
    }
}

extension CompanyReader {
    mutating func readFiscalPeriods() throws(YAMLError) {
        var periods: [(starts: CalendarDate, ends: CalendarDate, node: YAMLNode)] = []
        for period in try node.optionalSequence(FiscalPeriodRow.section) ?? [] {
            try period.onlyKeys(["from", "to", "status"])
            let row = FiscalPeriodRow(
                company: company, startsOn: try period.required("from").asDate(),
                endsOn: try period.required("to").asDate(), status: try period.required("status").asLabel())
            guard row.startsOn <= row.endsOn else { throw period.error("ends before it starts") }
            periods.append((row.startsOn, row.endsOn, period))
            rows.fiscalPeriods.append(row)
        }
        periods.sort { $0.starts < $1.starts }
        for (earlier, later) in zip(periods, periods.dropFirst()) where later.starts <= earlier.ends {
            throw later.node.error("overlaps the period from \(earlier.starts) to \(earlier.ends)")
        }
    }
}

extension FinanceSetup {
    mutating func takeFiscalPeriods(_ rows: SetupRows) {
        fiscalPeriods = rows.fiscalPeriods.sorted { $0.startsOn < $1.startsOn }
            .map { FiscalPeriod(startsOn: $0.startsOn, endsOn: $0.endsOn, isOpen: $0.status == .open) }
    }
}

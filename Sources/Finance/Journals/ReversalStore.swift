import Bus
import Contracts
import Database

extension LinkedTransaction: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LinkedTransaction(
            actualId: try column("actual_id", row?.actualId),
            company: try column("data_area_id", row?.company),
            transactionType: try column("transaction_type", row?.transactionType),
            transactionClass: try column("transaction_class", row?.transactionClass),
            currency: try column("currency", row?.currency),
            currencyPrecision: try column("currency_precision", row?.currencyPrecision, as: Int16.self),
            contractNumber: try column("contract_number", row?.contractNumber),
            amount: try column("amount", row?.amount),
            reversedActualId: try column("reversed_actual_id", row?.reversedActualId))
    }
}

/// What takes what back among the rows of staging, with the journal lines that they have.
struct ReversalStore {
    let company: Company
    let connection: Connection

    private struct Original: Record {
        var transaction: LinkedTransaction
        var exchangeRate: ExchangeRate?
        var reportingRate: ExchangeRate?
        var undeductedDiscount: Money?
        var otherId: GUID?
        var otherJournal: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Original(
                transaction: try column.record("", row?.transaction),
                exchangeRate: try column("exchange_rate", row?.exchangeRate),
                reportingRate: try column("reporting_exchange_rate", row?.reportingRate),
                undeductedDiscount: try column("undeducted_discount", row?.undeductedDiscount),
                otherId: try column("other_id", row?.otherId),
                otherJournal: try column("other_journal", row?.otherJournal))
        }

        var rates: PostingRates? {
            exchangeRate.map { PostingRates(accounting: $0, reporting: reportingRate) }
        }

        var other: ReversalRule.Other? {
            guard let otherId, let otherJournal else { return nil }
            return ReversalRule.Other(actualId: otherId, place: .journal(otherJournal))
        }
    }

    /// Those of the rows that are staged, with the line that each has, and with the oldest line that takes it back.
    func originals(_ ids: [GUID]) throws -> [ReversedRows.Original] {
        guard !ids.isEmpty else { return [] }
        return try connection.records(
            Original.self,
            """
            SELECT \(LinkedTransaction.columnList(of: "s")), l.exchange_rate, l.reporting_exchange_rate, l.undeducted_discount,
                other.actual_id AS other_id, other.journal_number AS other_journal
            FROM actuals_staging s
            LEFT JOIN integration_journal_lines l ON l.data_area_id = s.data_area_id AND l.actual_id = s.actual_id
            LEFT JOIN LATERAL (
                SELECT r.actual_id, line.journal_number FROM actuals_staging r
                JOIN integration_journal_lines line
                    ON line.data_area_id = r.data_area_id AND line.actual_id = r.actual_id
                WHERE r.reversed_actual_id = s.actual_id
                ORDER BY r.row_version, r.actual_id LIMIT 1
            ) other ON true
            WHERE s.actual_id = ANY ($1) AND NOT s.withdrawn
            """, Set(ids).sorted()
        ).map {
            ReversedRows.Original(
                transaction: $0.transaction, rates: $0.rates, deductsDiscount: $0.undeductedDiscount == nil,
                other: $0.other)
        }
    }
}

import Bus
import Contracts
import Database

/// Unbilled sales, as making them ready needs to know them.
struct ReadinessStore {
    let connection: Connection

    /// Some actuals, by their ids.
    ///
    /// - throws: `DatabaseError`.
    func facts(_ ids: [GUID]) throws -> [GUID: Readiness] {
        let facts = try connection.records(
            Readiness.self, "\(Self.query) WHERE a.actual_id = ANY ($1)", ids)
        return Dictionary(uniqueKeysWithValues: facts.map { ($0.unbilled.actualId, $0) })
    }

    /// Passes the unbilled sales that are not ready yet, in chunks.
    ///
    /// - parameter contracts: only theirs; all when nil.
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachCreated(
        ofContracts contracts: [GUID]?, chunk: Int, _ sale: (Readiness) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try connection.forEachRecord(
            Readiness.self, chunk: chunk,
            """
            \(Self.query) WHERE a.billing_status = \(BillingStatus.unbilledSalesCreated.sql)
                AND a.transaction_type = \(TransactionType.unbilledSales.sql) AND a.adjustment_status IS NULL
                AND a.transaction_class <> \(TransactionClass.retainer.sql)
                AND ($1::uuid[] IS NULL OR coalesce(a.project_contract_id, p.project_contract_id) = ANY ($1))
            """, contracts, record: sale, afterChunk: afterChunk)
    }

    private static let query = """
        SELECT \(Actual.columnList(of: "a")), k.contract_number, k.currency_id AS contract_currency_id FROM actuals a
        LEFT JOIN projects p ON p.project_id = a.project_id
        LEFT JOIN project_contracts k ON k.project_contract_id = coalesce(a.project_contract_id, p.project_contract_id)
        """
}

extension Readiness: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Readiness(
            unbilled: try column.record("", row?.unbilled),
            contractNumber: try column("contract_number", row?.contractNumber),
            contractCurrencyId: try column("contract_currency_id", row?.contractCurrencyId))
    }
}

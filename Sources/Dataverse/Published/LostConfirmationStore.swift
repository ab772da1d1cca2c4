import Bus
import Contracts
public import Database

/// The table `lost_confirmations`.
public struct LostConfirmationStore {
    let connection: Connection

    public init(_ connection: Connection) { self.connection = connection }

    /// Where among those that were asked for.
    private struct Place: Record {
        /// From 1.
        var position: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Place(position: try column("position", row?.position))
        }
    }

    /// Compares what was published with what this database knows that it published, and remembers what it has lost, with a
    /// line in the execution log.
    ///
    /// What it published again with the same content, before it was read back, is not lost: only its version was.
    func compare(_ published: [LostConfirmation]) throws {
        let newest = Dictionary(published.map { ($0.invoiceId, $0) }) { $0.totalsVersion >= $1.totalsVersion ? $0 : $1 }
            .values.sorted { $0.invoiceId < $1.invoiceId }
        let ids = newest.map(\.invoiceId)
        let versions = newest.map(\.totalsVersion)
        let lost = try connection.records(
            Place.self,
            """
            SELECT given.position
            FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS given (invoice_id, totals_version, position)
            LEFT JOIN published_invoices p USING (invoice_id) LEFT JOIN lost_confirmations l USING (invoice_id)
            WHERE greatest(p.totals_version, l.totals_version, 0) < given.totals_version
            ORDER BY given.position
            """, ids, versions
        ).map { newest[$0.position - 1] }
        guard !lost.isEmpty else { return }
        let same = Set(
            try connection.values(
                GUID.self,
                """
                UPDATE published_invoices p SET totals_version = given.totals_version
                FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS given (invoice_id, totals_version, content)
                WHERE p.invoice_id = given.invoice_id AND p.content = given.content
                RETURNING p.invoice_id
                """, lost.map(\.invoiceId), lost.map(\.totalsVersion), lost.map(\.content)))
        for confirmation in lost where !same.contains(confirmation.invoiceId) { try keep(confirmation) }
    }

    private func keep(_ lost: LostConfirmation) throws {
        try connection.insert(
            lost, into: "lost_confirmations AS l",
            """
            ON CONFLICT (invoice_id) DO UPDATE SET
                \(LostConfirmation.assignments(from: "excluded", except: ["invoice_id"]))
            """)
        try ExecutionLog(connection: connection).write(
            .error, activity: "compare with invoice-confirmed",
            subject: "\(lost.company) invoice \(lost.invoiceNumber)",
            "it was confirmed as \(lost.summary), version \(lost.totalsVersion), and this database has lost that: it was "
                + "restored from a backup; see \"ledgerbus dataverse lost-invoices list\"")
    }

    /// In the order of company and number.
    ///
    /// - throws: `DatabaseError`.
    public func list() throws -> [LostConfirmation] {
        try connection.records(
            LostConfirmation.self,
            "SELECT \(LostConfirmation.columnList) FROM lost_confirmations ORDER BY data_area_id, invoice_number")
    }

    /// Of an invoice; nil when nothing of it was lost.
    func find(_ invoiceId: GUID) throws -> LostConfirmation? {
        try connection.record(
            LostConfirmation.self,
            "SELECT \(LostConfirmation.columnList) FROM lost_confirmations WHERE invoice_id = $1", invoiceId)
    }

    /// What was lost of a contract whose invoices are made here, and is not here as a confirmed invoice.
    struct OfContract: Record {
        var projectContractId: GUID
        /// Nil when the customer or the currency is not here.
        var customerId: GUID?
        var currencyId: GUID?
        var lost: LostConfirmation

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            OfContract(
                projectContractId: try column("project_contract_id", row?.projectContractId),
                customerId: try column("customer_id", row?.customerId),
                currencyId: try column("currency_id", row?.currencyId),
                lost: try column.record("", row?.lost))
        }
    }

    /// What stands in the way of drafting, or is drafted again, in the order of the numbers.
    func ofContracts(_ contracts: [GUID]) throws -> [OfContract] {
        try connection.records(
            OfContract.self,
            """
            SELECT k.project_contract_id, a.account_id AS customer_id, y.currency_id,
                \(LostConfirmation.columnList(of: "l"))
            FROM lost_confirmations l JOIN project_contracts k ON k.contract_number = l.contract_number
            LEFT JOIN accounts a ON a.account_number = l.customer_account
            LEFT JOIN currencies y ON y.iso_code = l.currency::text
            LEFT JOIN invoices i ON i.invoice_id = l.invoice_id
            WHERE k.project_contract_id = ANY ($1) AND l.state <> \(LostConfirmationState.givenUp.sql)
                AND (i.invoice_id IS NULL OR i.status = \(ProjectInvoiceStatus.draft.sql))
            ORDER BY l.invoice_number
            """, contracts)
    }

    /// Decides on lost confirmations.
    ///
    /// - parameter isAllowed: of each that it concerns.
    /// - returns: those that it concerned, as they were.
    /// - throws: `DatabaseError`; what `isAllowed` throws.
    func decide(
        _ numbers: [String], _ state: LostConfirmationState,
        isAllowed: (LostConfirmation) throws -> Void
    ) throws -> [LostConfirmation] {
        try connection.transaction {
            let concerned = try list().filter { numbers.contains($0.invoiceNumber) }
            for lost in concerned {
                try isAllowed(lost)
                try connection.execute(
                    "UPDATE lost_confirmations SET state = $2 WHERE invoice_id = $1", lost.invoiceId, state)
            }
            return concerned
        }
    }

    /// They are known again.
    func remove(_ invoices: [GUID]) throws {
        guard !invoices.isEmpty else { return }
        try connection.execute("DELETE FROM lost_confirmations WHERE invoice_id = ANY ($1)", invoices)
    }
}

import Bus
import Contracts
import Database

/// The billed sales of an invoice, as they are staged: what readiness and lines are decided by.
struct BilledSales {
    let invoice: InvoiceCheckStore.Invoice
    let connection: Connection

    /// Of the staged rows called `s`. Parameters: company, invoice.
    private static let condition = """
        s.data_area_id = $1 AND s.invoice_id = $2 AND s.transaction_type = \(TransactionType.billedSales.sql)
        AND NOT s.withdrawn
        """

    /// The sums of the lanes, which may exceed 32 bits.
    private static let laneSums = (1...ControlDigest.laneCount).map {
        "coalesce(sum(digest_lanes[\($0)]), 0)::bigint"
    }.joined(separator: ", ")

    /// Count, amount and digest of what has arrived, all of it in one currency: amounts of two are never added. Reads every
    /// row.
    func totals(in currency: CurrencyCode) throws -> ControlTotals {
        guard
            let sums = try connection.record(
                SummedTotals.self,
                """
                SELECT count(*) AS count, coalesce(sum(amount), 0)::numeric(38, 4) AS amount,
                    ARRAY [\(Self.laneSums)] AS lanes
                FROM actuals_staging s WHERE \(Self.condition) AND currency = $3
                """, invoice.company, invoice.invoiceId, currency)
        else { return ControlTotals() }
        return sums.totals
    }

    /// How many billed sales there are of each kind.
    func kinds() throws -> [(kind: BilledSaleKind, count: Int)] {
        try connection.records(
            Counted<BilledSaleKind>.self,
            """
            SELECT \(BilledSaleKind.columnList), count(*) AS count
            FROM (SELECT s.*, \(Self.isOrphan) AS is_orphan FROM actuals_staging s WHERE \(Self.condition)) s
            GROUP BY \(BilledSaleKind.columnList) ORDER BY \(BilledSaleKind.columnList)
            """, invoice.company, invoice.invoiceId
        ).map { ($0.facts, $0.count) }
    }

    /// How many billed sales of each kind name the invoice, and are of other companies. They are few, and found without
    /// reading those of the company.
    func kindsOfOtherCompanies() throws -> [(kind: BilledSaleKind, count: Int)] {
        let companies = try InvoiceArrivalStore(connection: connection).companies(of: invoice.invoiceId)
        return try companies.filter { $0 != invoice.company }.flatMap { company in
            try BilledSales(
                invoice: InvoiceCheckStore.Invoice(company: company, invoiceId: invoice.invoiceId),
                connection: connection
            ).kinds()
        }
    }

    /// Where retainers are deducted, what that leaves of the contract's, and the proposals that bill retainers of the
    /// contract besides and are not posted; nil where none is deducted.
    func deductedRetainers(
        of contract: String, currency: CurrencyCode
    ) throws -> (balance: RetainerBalance, unposted: [String])? {
        let amounts = try connection.values(
            Money.self,
            """
            SELECT s.amount FROM actuals_staging s
            WHERE \(Self.condition) AND s.transaction_class = \(TransactionClass.retainer.sql)
            """, invoice.company, invoice.invoiceId)
        guard amounts.contains(where: { $0 < .zero }) else { return nil }
        let unposted = try connection.values(
            String.self,
            """
            SELECT DISTINCT proposal.proposal_number
            FROM invoice_proposals proposal
            JOIN actuals_staging s ON s.data_area_id = proposal.data_area_id AND s.invoice_id = proposal.invoice_id
            WHERE proposal.data_area_id = $1 AND proposal.contract_number = $3 AND proposal.invoice_id <> $2
                AND proposal.status <> \(ProposalStatus.invoiced.sql)
                AND s.transaction_type = \(TransactionType.billedSales.sql)
                AND s.transaction_class = \(TransactionClass.retainer.sql) AND s.amount > 0
            ORDER BY 1
            """, invoice.company, invoice.invoiceId, contract)
        let posted = try OnAccountTransactionStore(connection: connection).retainers(
            of: contract, currency: currency, company: invoice.company)
        return (RetainerBalance(posted: posted, own: amounts.reduce(.zero, +)), unposted)
    }

    /// How many Dataverse took back. They are few, and found without reading the others.
    func withdrawnCount() throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT count(*) FROM actuals_staging WHERE data_area_id = $1 AND invoice_id = $2 AND withdrawn
                AND transaction_type = \(TransactionType.billedSales.sql)
            """, invoice.company, invoice.invoiceId)
    }

    /// How many came less than so many minutes ago.
    func countStaged(within minutes: Int) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT count(*) FROM actuals_staging s
            JOIN staging_batches_pending batch ON batch.data_area_id = s.data_area_id AND batch.batch_id = s.batch_id
            WHERE \(Self.condition) AND batch.staged_at > now() - $3 * interval '1 minute'
            """, invoice.company, invoice.invoiceId, minutes)
    }

    /// Those that take another back, and do not say which.
    func orphans() throws -> [GUID] {
        try connection.values(
            GUID.self,
            """
            SELECT s.actual_id FROM actuals_staging s
            WHERE \(Self.condition) AND \(Self.isOrphan)
            """, invoice.company, invoice.invoiceId)
    }

    /// As ``ReversalRule/isOrphan(_:)``.
    private static let isOrphan = """
        coalesce(s.adjustment_status = \(AdjustmentStatus.unadjustable.sql), false) AND s.reversed_actual_id IS NULL
        """

    /// The amount of a posted transaction `p` after its discount.
    private static let postedNet = "(p.amount - coalesce(p.undeducted_discount, 0))"

    /// A posted transaction `p` that a billed sale `s` can bill without further question.
    private static let isBillable = """
        p.transaction_type = \(TransactionType.unbilledSales.sql) AND p.currency = s.currency
        AND p.contract_number IS NOT DISTINCT FROM s.contract_number
        AND CASE WHEN s.transaction_class = \(TransactionClass.retainer.sql)
            THEN abs(round(p.amount, s.currency_precision)) >= abs(round(s.amount, s.currency_precision))
            ELSE round(\(postedNet), s.currency_precision)
                = round(s.amount - coalesce(s.fee_amount, 0), s.currency_precision) END
        """

    /// Those that name an unbilled sale that is not posted, counted by how far that has come, and those that name one which
    /// is not just what they bill (see ``unlikeTheirUnbilledSales(_:)``).
    func unsettled() throws -> (unposted: [UnpostedSales], unlike: Int) {
        let counts = try connection.records(
            Counted<UnpostedFacts>.self,
            """
            SELECT \(BilledSaleTraits.selection), l.journal_number, b.reason, u.actual_id IS NOT NULL AS is_staged,
                coalesce(u.withdrawn, false) AS is_withdrawn, p.actual_id IS NOT NULL AS is_posted, count(*) AS count
            FROM actuals_staging s
            LEFT JOIN project_transactions p ON p.data_area_id = s.data_area_id AND p.actual_id = s.unbilled_actual_id
            LEFT JOIN actuals_staging u ON u.actual_id = s.unbilled_actual_id AND u.data_area_id = s.data_area_id
            LEFT JOIN integration_journal_lines l
                ON l.data_area_id = s.data_area_id AND l.actual_id = s.unbilled_actual_id
            LEFT JOIN blocked_actuals b ON b.data_area_id = s.data_area_id AND b.actual_id = s.unbilled_actual_id
            WHERE \(Self.condition) AND s.unbilled_actual_id IS NOT NULL
                AND (p.actual_id IS NULL OR s.reversed_actual_id IS NULL AND NOT (\(Self.isBillable)))
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            """, invoice.company, invoice.invoiceId)
        let unposted = counts.filter { !$0.facts.isPosted }.map {
            UnpostedSales(traits: $0.facts.traits, count: $0.count, progress: $0.facts.progress)
        }
        return (unposted, counts.filter(\.facts.isPosted).reduce(0) { $0 + $1.count })
    }

    /// Of those that bill a posted sale which is not just what they bill, what they bill: others need no look.
    func unlikeTheirUnbilledSales(_ body: (LinkedFacts) throws -> Void) throws {
        try connection.forEachRecord(
            LinkedFacts.self,
            """
            SELECT \(LinkedTransaction.columnList(of: "s")), s.row_version,
                p.actual_id AS basis_actual_id, p.data_area_id AS basis_data_area_id,
                p.transaction_type AS basis_transaction_type, p.transaction_class AS basis_transaction_class,
                p.currency AS basis_currency, s.currency_precision AS basis_currency_precision,
                p.contract_number AS basis_contract_number, \(Self.postedNet) AS basis_amount, s.fee_amount,
                NULL::uuid AS basis_reversed_actual_id, \(Self.noOther)
            FROM actuals_staging s
            JOIN project_transactions p ON p.data_area_id = s.data_area_id AND p.actual_id = s.unbilled_actual_id
            WHERE \(Self.condition) AND s.reversed_actual_id IS NULL AND NOT (\(Self.isBillable))
            """, invoice.company, invoice.invoiceId, record: body)
    }

    /// Those with a fee whose own unbilled sale is not posted, by how far that has come, or is of another amount
    /// (`domain.md` §6.10.13).
    func unpostedFees() throws -> [UnpostedFees] {
        try connection.records(
            UnpostedFees.self,
            """
            SELECT count(*) AS count, l.journal_number, b.reason, u.actual_id IS NOT NULL AS is_staged,
                p.actual_id IS NOT NULL AS is_posted
            FROM actuals_staging s
            LEFT JOIN LATERAL (
                SELECT actual_id FROM actuals_staging fee
                WHERE fee.source_actual_id = s.unbilled_actual_id AND fee.data_area_id = s.data_area_id
                    AND fee.transaction_class = \(TransactionClass.fee.sql)
                    AND fee.transaction_type = \(TransactionType.unbilledSales.sql) AND NOT fee.withdrawn
                ORDER BY row_version DESC LIMIT 1
            ) u ON true
            LEFT JOIN project_transactions p ON p.data_area_id = s.data_area_id AND p.actual_id = u.actual_id
            LEFT JOIN integration_journal_lines l ON l.data_area_id = s.data_area_id AND l.actual_id = u.actual_id
            LEFT JOIN blocked_actuals b ON b.data_area_id = s.data_area_id AND b.actual_id = u.actual_id
            WHERE \(Self.condition) AND s.fee_amount <> 0 AND s.reversed_actual_id IS NULL
                AND s.unbilled_actual_id IS NOT NULL
                AND (p.actual_id IS NULL
                    OR round(p.amount, s.currency_precision) <> round(s.fee_amount, s.currency_precision))
            GROUP BY 2, 3, 4, 5 ORDER BY 2, 3, 4, 5
            """, invoice.company, invoice.invoiceId)
    }

    private static let noOther = """
        NULL::uuid AS other_actual_id, 0::bigint AS other_row_version, NULL::text AS other_proposal_number,
        NULL::text AS other_customer_invoice_number
        """

    /// Of those that correct another, what they correct, if that is not just what they take back, or is taken back by
    /// another row too: others need no look.
    func unlikeTheirOriginals(_ body: (LinkedFacts) throws -> Void) throws {
        try connection.forEachRecord(
            LinkedFacts.self,
            """
            SELECT \(LinkedTransaction.columnList(of: "s")), s.row_version, s.fee_amount,
                \(LinkedTransaction.columnList(of: "o", prefix: "basis_")),
                \(LinkedFacts.OtherReversal.columnList(of: "other", prefix: "other_"))
            FROM actuals_staging s JOIN actuals_staging o ON o.actual_id = s.reversed_actual_id
            LEFT JOIN LATERAL (
                SELECT r.actual_id, r.row_version, line.proposal_number, posted.customer_invoice_number
                FROM actuals_staging r
                LEFT JOIN invoice_proposal_lines line
                    ON line.data_area_id = r.data_area_id AND line.actual_id = r.actual_id
                LEFT JOIN project_invoices posted
                    ON posted.data_area_id = line.data_area_id AND posted.proposal_number = line.proposal_number
                WHERE r.reversed_actual_id = s.reversed_actual_id AND r.actual_id <> s.actual_id AND NOT r.withdrawn
                    AND (line.actual_id IS NOT NULL OR r.invoice_id = s.invoice_id)
                ORDER BY line.actual_id IS NULL, r.row_version, r.actual_id LIMIT 1
            ) other ON true
            WHERE \(Self.condition) AND s.reversed_actual_id IS NOT NULL AND (
                other.actual_id IS NOT NULL OR o.reversed_actual_id IS NOT NULL OR o.actual_id = s.actual_id
                OR o.data_area_id <> s.data_area_id OR o.transaction_type <> s.transaction_type
                OR o.currency <> s.currency OR o.contract_number IS DISTINCT FROM s.contract_number
                OR o.amount <> -s.amount)
            """, invoice.company, invoice.invoiceId, record: body)
    }

    /// Those that correct another, counted by the proposal of its invoice.
    func corrections() throws -> [CorrectedSales] {
        try connection.records(
            Counted<CorrectedFacts>.self,
            """
            SELECT \(BilledSaleTraits.selection), p.proposal_number, p.status,
                coalesce(o.opening_voucher IS NOT NULL, false) AS is_opening, count(*) AS count
            FROM actuals_staging s
            LEFT JOIN actuals_staging o ON o.actual_id = s.reversed_actual_id
            LEFT JOIN invoice_proposals p ON p.data_area_id = s.data_area_id AND p.invoice_id = o.invoice_id
            WHERE \(Self.condition) AND s.reversed_actual_id IS NOT NULL
            GROUP BY 1, 2, 3, 4, 5, 6, 7
            """, invoice.company, invoice.invoiceId
        ).map {
            CorrectedSales(
                traits: $0.facts.traits, count: $0.count, proposal: $0.facts.proposal, isOpening: $0.facts.isOpening)
        }
    }

    /// Passes them in the order of their lines, however many there are, with the sales tax groups that a person gave them,
    /// or the unbilled sales that they bill.
    ///
    /// - parameter areEdited: whether there may be such groups.
    func readAll(areEdited: Bool, _ body: (BilledSaleToPropose) throws -> Void) throws {
        let edits =
            areEdited
            ? """
            LEFT JOIN LATERAL (
                SELECT edit.* FROM sales_tax_edits edit
                WHERE edit.data_area_id = s.data_area_id AND edit.actual_id IN (s.actual_id, s.unbilled_actual_id)
                ORDER BY edit.actual_id <> s.actual_id LIMIT 1
            ) edit ON true
            """ : "LEFT JOIN sales_tax_edits edit ON false"
        try connection.forEachRecord(
            BilledSaleToPropose.self,
            """
            SELECT \(StagedActual.columnList(of: "s")),
                \(BilledSaleToPropose.Edit.columnList(of: "edit", prefix: "edit_"))
            FROM actuals_staging s \(edits)
            WHERE \(Self.condition) ORDER BY s.document_date, s.actual_id
            """, invoice.company, invoice.invoiceId, record: body)
    }
}

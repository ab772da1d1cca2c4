import Bus
import Contracts
import Database

/// Turns the billed sales of an invoice into proposal lines, a chunk at a time.
struct ProposalLines {
    let proposal: ProposalToImport
    let setup: FinanceSetup
    /// Of the lines so far.
    private(set) var totals = ControlTotals()
    private var rows = CopyRows()

    init(proposal: ProposalToImport, setup: FinanceSetup) {
        self.proposal = proposal
        self.setup = setup
    }

    static let columnList = """
        data_area_id, proposal_number, line_number, actual_id, unbilled_actual_id, reversed_actual_id,
        transaction_class, billing_method, billing_type, project_number, transaction_date, category_id, quantity, price,
        amount, sales_tax_group, item_sales_tax_group, description, resource
        """

    /// Appends the line of a row of ``StagedActual``'s columns and its digest lanes.
    ///
    /// - throws: ``SetupGap``; `DatabaseError`.
    mutating func append(_ row: BinaryRow) throws {
        let actual = try StagedActual(row)
        let category = try setup.proposalCategory(actual.category, of: actual.transactionClass)
        var digest = ControlDigest()
        let lanes = try row[row.count - 1, as: [Int32].self]
        for (lane, value) in lanes.enumerated() { digest.lanes[lane] = UInt32(bitPattern: value) }
        totals += (actual.amount, digest)

        rows.beginRow(columns: 19)
        rows.append(proposal.company)
        rows.append(proposal.number)
        rows.append(Int32(totals.count))
        rows.append(actual.actualId)
        rows.append(actual.unbilledActualId)
        rows.append(actual.reversedActualId)
        rows.append(actual.transactionClass)
        rows.append(actual.billingMethod ?? .timeAndMaterial)
        rows.append(actual.billingType)
        rows.append(actual.projectNumber)
        rows.append(actual.documentDate)
        rows.append(category?.id)
        rows.append(actual.quantity)
        rows.append(actual.price)
        rows.append(actual.amount)
        rows.append(
            setup.billingSalesTaxGroup(
                project: actual.projectNumber, contract: actual.contractNumber ?? proposal.contractNumber,
                customer: actual.customerAccount ?? proposal.customerAccount))
        rows.append(setup.itemSalesTaxGroup(of: actual.transactionClass, category: category))
        rows.append(actual.description)
        rows.append(actual.resource)
    }

    mutating func writeFullChunk(to sink: CopySink) throws {
        if rows.byteCount > 1 << 20 { try write(to: sink) }
    }

    mutating func write(to sink: CopySink) throws {
        try sink.write(rows)
        rows.removeAll(keepingCapacity: true)
    }
}

extension FinanceSetup {
    /// The project category of a proposal line. On-account lines, milestones and retainers, can do without.
    ///
    /// - throws: ``SetupGap`` with the code ``ReasonCode/noProjectCategory``.
    func proposalCategory(_ name: String?, of transactionClass: TransactionClass) throws(SetupGap) -> ProjectCategory? {
        let isOnAccount = transactionClass == .milestone || transactionClass == .retainer
        if name == nil, isOnAccount { return defaultCategory(of: transactionClass) }
        return try category(name, of: transactionClass)
    }
}

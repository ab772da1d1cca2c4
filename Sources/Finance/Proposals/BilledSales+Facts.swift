import Bus
import Contracts
import Database

/// A group of rows, and how many they are.
struct Counted<Facts: Record>: Record {
    var facts: Facts
    var count: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Counted(facts: try column.record("", row?.facts), count: try column("count", row?.count))
    }
}

/// The sums of billed sales.
struct SummedTotals: Record {
    var count: Int
    var amount: Money
    /// Of each lane, not yet modulo 2³².
    var lanes: [Int64]

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SummedTotals(
            count: try column("count", row?.count), amount: try column("amount", row?.amount),
            lanes: try column("lanes", row?.lanes))
    }

    var totals: ControlTotals {
        var digest = ControlDigest()
        for (lane, sum) in lanes.prefix(ControlDigest.laneCount).enumerated() {
            digest.lanes[lane] = UInt32(truncatingIfNeeded: sum)
        }
        return ControlTotals(count: count, amount: amount, digest: digest)
    }
}

/// A billed sale that is to be a line, with the sales tax groups that a person gave it.
struct BilledSaleToPropose: Record {
    var staged: StagedActual
    var edit: Edit?

    struct Edit: Record {
        /// The billed sale, or the unbilled one that it bills.
        var actualId: GUID
        var groups: SalesTaxGroups

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Edit(
                actualId: try column("actual_id", row?.actualId), groups: try column.record("", row?.groups))
        }
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BilledSaleToPropose(
            staged: try column.record("", row?.staged),
            edit: try column.optionalRecord("edit_", presentIf: "actual_id", row?.edit))
    }
}

extension BilledSaleTraits: Record {
    /// The traits of a staged row called `s`.
    static let selection = """
        s.billing_method, s.transaction_class, s.reversed_actual_id IS NOT NULL AS is_correction,
        s.unbilled_actual_id IS NOT NULL AS names_unbilled_sale
        """

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BilledSaleTraits(
            billingMethod: try column("billing_method", row?.billingMethod),
            transactionClass: try column("transaction_class", row?.transactionClass),
            isCorrection: try column("is_correction", row?.isCorrection),
            namesUnbilledSale: try column("names_unbilled_sale", row?.namesUnbilledSale))
    }
}

extension BilledSaleKind: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BilledSaleKind(
            transactionClass: try column("transaction_class", row?.transactionClass),
            billingMethod: try column("billing_method", row?.billingMethod),
            category: try column("category", row?.category),
            billingType: try column("billing_type", row?.billingType),
            header: try column.record("", row?.header),
            isOrphan: try column("is_orphan", row?.isOrphan))
    }
}

extension InvoiceHeader: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceHeader(
            company: try column("data_area_id", row?.company),
            currency: try column("currency", row?.currency),
            contractNumber: try column("contract_number", row?.contractNumber),
            customerAccount: try column("customer_account", row?.customerAccount))
    }
}

extension InvoiceHeader {
    /// What the billed sales of an invoice must not contradict.
    init(_ confirmed: InvoiceConfirmed) {
        self.init(
            company: confirmed.company, currency: confirmed.currency, contractNumber: confirmed.contractNumber,
            customerAccount: confirmed.customerAccount)
    }
}

/// How far the unbilled sale of a billed sale has come.
struct UnpostedFacts: Record {
    var traits: BilledSaleTraits
    var journalNumber: String?
    var blockedReason: String?
    var isStaged: Bool
    var isWithdrawn: Bool
    var isPosted: Bool

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        UnpostedFacts(
            traits: try column.record("", row?.traits),
            journalNumber: try column("journal_number", row?.journalNumber),
            blockedReason: try column("reason", row?.blockedReason),
            isStaged: try column("is_staged", row?.isStaged),
            isWithdrawn: try column("is_withdrawn", row?.isWithdrawn),
            isPosted: try column("is_posted", row?.isPosted))
    }

    var progress: UnpostedSales.Progress {
        if let journalNumber { return .inJournal(journalNumber) }
        if isWithdrawn { return .withdrawn }
        if let blockedReason { return .blocked(reason: blockedReason) }
        return isStaged ? .staged : .notArrived
    }
}

extension UnpostedFees: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        UnpostedFees(
            count: try column("count", row?.count), journalNumber: try column("journal_number", row?.journalNumber),
            blockedReason: try column("reason", row?.blockedReason), isStaged: try column("is_staged", row?.isStaged),
            isPosted: try column("is_posted", row?.isPosted))
    }
}

/// The proposal of what a correction takes back.
struct CorrectedFacts: Record {
    var traits: BilledSaleTraits
    var proposalNumber: String?
    var status: ProposalStatus?
    var isOpening: Bool

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CorrectedFacts(
            traits: try column.record("", row?.traits),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            status: try column("status", row?.status), isOpening: try column("is_opening", row?.isOpening))
    }

    var proposal: CorrectedSales.Reference? {
        guard let proposalNumber, let status else { return nil }
        return CorrectedSales.Reference(number: proposalNumber, status: status)
    }
}

/// A billed sale, and a transaction that it stands on which is not just what it should be.
struct LinkedFacts: Record {
    var sale: LinkedTransaction
    /// What of the sale's amount is a fee, which its unbilled sale has not.
    var feeAmount: Money?
    var rowVersion: Int
    var basis: LinkedTransaction
    /// What takes the basis back besides.
    var other: OtherReversal?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LinkedFacts(
            sale: try column.record("", row?.sale),
            feeAmount: try column("fee_amount", row?.feeAmount),
            rowVersion: try column("row_version", row?.rowVersion),
            basis: try column.record("basis_", row?.basis),
            other: try column.optionalRecord("other_", presentIf: "actual_id", row?.other))
    }

    /// Another row that takes the same one back.
    struct OtherReversal: Record {
        var actualId: GUID
        var rowVersion: Int
        var proposalNumber: String?
        var customerInvoiceNumber: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            OtherReversal(
                actualId: try column("actual_id", row?.actualId),
                rowVersion: try column("row_version", row?.rowVersion),
                proposalNumber: try column("proposal_number", row?.proposalNumber),
                customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber))
        }
    }
}

extension LinkedFacts {
    /// The sale without its fee: what it bills of its unbilled sale.
    var saleWithoutFee: LinkedTransaction {
        var sale = sale
        sale.amount -= feeAmount ?? .zero
        return sale
    }

    /// What takes the basis back already: a line of another proposal, or the older one of two of one invoice.
    var olderReversal: ReversalRule.Other? {
        guard let other else { return nil }
        if let number = other.proposalNumber {
            let place: ReversalRule.Other.Place =
                other.customerInvoiceNumber.map { .invoice($0, proposal: number) } ?? .proposal(number)
            return ReversalRule.Other(actualId: other.actualId, place: place)
        }
        let isOlder = (other.rowVersion, other.actualId) < (rowVersion, sale.actualId)
        return isOlder ? ReversalRule.Other(actualId: other.actualId, place: .staged) : nil
    }
}

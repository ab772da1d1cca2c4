import Bus
public import Contracts
public import Database

/// What becomes of an invoice that was posted, and that this database has lost (`domain.md` §9.27).
public enum LostInvoiceState: String, DatabaseLabel, Encodable {
    /// Nothing is posted for it until a person decides.
    case lost = "Lost"
    /// A person decided that it is to be posted again as it was.
    case repeating = "Repeat"
    /// It was posted here again under other numbers: the first posting stands, and Dataverse has that.
    case conflict = "Conflict"
}

/// An invoice that `invoice-posted` says was posted, and that this database has not, or not so: a row of `lost_invoices`.
public struct LostInvoice: Record, Hashable {
    /// As it was published first.
    public var posted: InvoicePosted
    public var state: LostInvoiceState

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LostInvoice(
            posted: try column.message(
                row?.posted, renamed: ["company": "data_area_id", "status": "posted_status"]),
            state: try column("state", row?.state))
    }
}

extension LostInvoice {
    /// What stands in the way of posting its proposal anew.
    ///
    /// - throws: ``PostingRefusal`` unless a person decided that it is to be posted as it was.
    func checkDecided() throws(PostingRefusal) {
        guard state != .repeating else { return }
        throw PostingRefusal(
            .lostPosting,
            "proposal \(posted.proposalNumber) was posted as \(summary), and this database has lost that: it was restored "
                + "from a backup. To post it as it was: ledgerbus finance lost-invoices repeat \(posted.proposalNumber)"
        )
    }

    /// Whether what is to be posted again is what was posted.
    ///
    /// - throws: ``PostingRefusal``.
    func check(lineAmount: Money, salesTax: Money, lines: Int) throws(PostingRefusal) {
        guard posted.lineAmount == lineAmount, posted.salesTaxAmount == salesTax, posted.detailCount == lines else {
            throw PostingRefusal(
                .lostPosting,
                "proposal \(posted.proposalNumber) would be posted again with \(lines) lines of \(lineAmount) and a sales tax "
                    + "of \(salesTax), and was posted with \(posted.detailCount) of \(posted.lineAmount) and "
                    + "\(posted.salesTaxAmount); bring set-up and lines back to what they were, and post it again")
        }
    }

    /// `customer invoice CIV-000007 of 2026-04-01, voucher PSV-000012`.
    var summary: String {
        "customer invoice \(posted.customerInvoiceNumber) of \(posted.invoiceDate), voucher \(posted.voucher)"
    }
}

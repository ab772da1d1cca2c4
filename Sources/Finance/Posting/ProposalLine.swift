import Bus
import Contracts
import Database

/// A line of an invoice proposal with what its unbilled sale accrued, as
/// posting reads it (`domain.md` §4.6, §6.13).
struct ProposalLine {
    /// What decides how a line is posted, whatever its amount.
    struct Key: Hashable {
        var transactionClass: String
        var billingMethod: String
        var billingType: String?
        var projectNumber: String
        /// The proposal's contract.
        var contractNumber: String
        var categoryId: String?
        var salesTaxGroup: String?
        var itemSalesTaxGroup: String?
        var isCredit: Bool
        var isNegative: Bool
        /// Where the unbilled sale was accrued; nil when it was not.
        var accruedAt: AccrualPlace?
    }

    /// What decided the accounts of an accrual.
    struct AccrualPlace: Hashable {
        var projectNumber: String
        var contractNumber: String?
        var categoryId: String
    }

    /// The posted unbilled sale that the line bills.
    struct UnbilledSale {
        var currency: String
        /// What stands in WIP and accrued revenue; nil when nothing does.
        var accrual: PostedAmount?
    }

    var key: Key
    var lineNumber: Int32
    var actualId: GUID
    var unbilledActualId: GUID?
    var transactionDate: CalendarDate
    var amount: Money
    var unbilledSale: UnbilledSale?

    /// Parameters: company, proposal number, the line after which, how many.
    ///
    /// The limit within the join keeps it a lookup by the whole primary key: a join that was planned while the table
    /// was small would read the whole company once a line.
    static let query = """
        SELECT line.line_number, line.actual_id, line.unbilled_actual_id, line.reversed_actual_id,
            line.transaction_class, line.billing_method, line.billing_type, line.project_number,
            line.transaction_date, line.category_id, line.amount, line.sales_tax_group, line.item_sales_tax_group,
            unbilled.accrued, unbilled.amount, unbilled.accounting_amount, unbilled.currency,
            unbilled.project_number, unbilled.contract_number, unbilled.category_id
        FROM invoice_proposal_lines line
        LEFT JOIN LATERAL (
            SELECT * FROM project_transactions sale
            WHERE sale.data_area_id = line.data_area_id AND sale.actual_id = line.unbilled_actual_id
            LIMIT 1
        ) unbilled ON true
        WHERE line.data_area_id = $1 AND line.proposal_number = $2 AND line.line_number > $3
        ORDER BY line.line_number
        LIMIT $4
        """

    init(_ row: Row, contract: String) throws {
        let isCredit = try !row.isNull(3)
        lineNumber = try row.int32(0)
        actualId = try row.guid(1)
        // A credit bills nothing: what replaces it has unbilled sales of its own (§9.10).
        unbilledActualId = isCredit ? nil : try row.optionalGUID(2)
        transactionDate = try row.date(8)
        amount = try row.money(10)
        key = Key(
            transactionClass: try row.string(4), billingMethod: try row.string(5),
            billingType: try row.optionalString(6), projectNumber: try row.string(7),
            contractNumber: contract, categoryId: try row.optionalString(9), salesTaxGroup: try row.optionalString(11),
            itemSalesTaxGroup: try row.optionalString(12), isCredit: isCredit, isNegative: amount < .zero)
        guard !isCredit, try !row.isNull(13) else { return }
        let accrued = try row.bool(13)
        unbilledSale = UnbilledSale(
            currency: try row.string(16),
            accrual: accrued ? PostedAmount(amount: try row.money(14), accounting: try row.money(15)) : nil)
        if accrued {
            key.accruedAt = AccrualPlace(
                projectNumber: try row.string(17), contractNumber: try row.optionalString(18),
                categoryId: try row.string(19))
        }
    }

    /// Whether the unbilled sale stands in the project subledger as it must.
    ///
    /// - throws: ``PostingRefusal``.
    func checkUnbilledSale(currency: String) throws(PostingRefusal) {
        guard let unbilledActualId else { return }
        guard let unbilledSale else {
            throw PostingRefusal(
                "its unbilled sale \(unbilledActualId) is not posted; post the journal that it is in")
        }
        guard unbilledSale.currency == currency else {
            throw PostingRefusal(
                "its unbilled sale \(unbilledActualId) was posted in \(unbilledSale.currency), "
                    + "and the proposal is in \(currency)")
        }
    }
}

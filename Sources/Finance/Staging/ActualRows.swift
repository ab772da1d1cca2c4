import Bus
import Contracts
import Database

/// Actuals encoded as rows of `actuals_staging`.
///
/// The first column is the batch, whose number is known only when the rows are written.
struct ActualRows {
    private(set) var rows = CopyRows()

    static let columns = [
        "batch_id", "data_area_id", "actual_id", "row_version", "transaction_type", "transaction_class", "billing_type",
        "billing_status", "adjustment_status", "billing_method", "project_number", "contract_number", "contract_line",
        "customer_account", "currency", "currency_precision", "quantity", "price", "amount", "document_date",
        "accounting_date", "category", "resource", "description", "external_description", "invoice_id",
        "unbilled_actual_id", "reversed_actual_id", "digest_lanes",
    ]

    static let columnList = columns.joined(separator: ", ")

    /// - parameter hash: for the digest of billed sales.
    mutating func append(_ actual: ActualCreated, hash: SHA256) {
        rows.beginRow(columns: Self.columns.count)
        rows.append(0 as Int64)
        rows.append(actual.company.rawValue)
        rows.append(actual.actualId)
        rows.append(actual.rowVersion)
        rows.append(actual.transactionType)
        rows.append(actual.transactionClass)
        rows.append(actual.billingType)
        rows.append(actual.billingStatus)
        rows.append(actual.adjustmentStatus)
        rows.append(actual.billingMethod)
        rows.append(actual.projectNumber)
        rows.append(actual.contractNumber)
        rows.append(actual.contractLine)
        rows.append(actual.customerAccount)
        rows.append(actual.currency.rawValue)
        rows.append(Int16(actual.currencyPrecision))
        rows.append(actual.quantity)
        rows.append(actual.price)
        rows.append(actual.amount)
        rows.append(actual.documentDate)
        rows.append(actual.accountingDate)
        rows.append(actual.category)
        rows.append(actual.resource)
        rows.append(actual.description)
        rows.append(actual.externalDescription)
        rows.append(actual.invoiceId)
        rows.append(actual.unbilledActualId)
        rows.append(actual.reversedActualId)
        if actual.transactionType == .billedSales {
            let digest = ControlDigest(
                actualId: actual.actualId, amount: actual.amount, currency: actual.currency, hash: hash)
            rows.append(value: digest.signedLanes)
        } else {
            rows.null()
        }
    }

    mutating func removeAll() { rows.removeAll(keepingCapacity: true) }
}

extension ControlDigest {
    /// The lanes as PostgreSQL keeps them.
    var signedLanes: [Int32] { (0..<Self.laneCount).map { Int32(bitPattern: lanes[$0]) } }
}

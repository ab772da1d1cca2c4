import Contracts
import Database

/// An actual that another one stands on: the unbilled sale that a billed sale bills, the original that a reversal takes
/// back.
struct BasisActual: Record, Hashable {
    var ownership: ActualOwnership
    var adjustmentStatus: AdjustmentStatus?
    var quantity: Quantity?
    var amount: Money
    var currencyId: GUID
    /// Whether it takes back another one itself.
    var isReversal = false

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BasisActual(
            ownership: try column.record("", row?.ownership),
            adjustmentStatus: try column("adjustment_status", row?.adjustmentStatus),
            quantity: try column("quantity", row?.quantity), amount: try column("amount", row?.amount),
            currencyId: try column("currency_id", row?.currencyId),
            isReversal: try column("is_reversal", row?.isReversal))
    }
}

extension Actual {
    /// The actual as others stand on it.
    var basis: BasisActual {
        BasisActual(
            ownership: ownership, adjustmentStatus: adjustmentStatus, quantity: self.quantity, amount: self.amount,
            currencyId: self.currencyId, isReversal: adjustmentStatus == .unadjustable)
    }
}

import Contracts

/// A row of `msdyn_actual`, as the rules make and change it (`domain.md` §1.1).
struct Actual: Hashable, Sendable {
    var actualId: GUID
    var rowVersion: Int = 1
    var transactionType: TransactionType
    var transactionClass: TransactionClass
    var billingType: BillingType?
    var billingStatus: BillingStatus?
    var adjustmentStatus: AdjustmentStatus?
    var skipSync = false
    var quantity: Quantity?
    var price: Money?
    var amount: Money
    var currencyId: GUID
    var documentDate: CalendarDate
    var accountingDate: CalendarDate?
    var invoiceId: GUID?
    var projectContractId: GUID?
    var contractLineId: GUID?
    var projectId: GUID?
    var contractingUnitId: GUID?
    var resourcingUnitId: GUID?
    var customerId: GUID?
    var categoryId: GUID?
    var bookableResourceId: GUID?
    var description: String?
    var externalDescription: String?

    /// The row that takes this one back: quantity and amount negative,
    /// *Unadjustable*, *Canceled*; the accounting date stays (`domain.md` §6.1, §9.14, §9.15).
    ///
    /// - parameter skipSync: whether Finance must not see it (`domain.md` §6.8, §9.1).
    func reversal(actualId: GUID, skipSync: Bool) -> Actual {
        var reversal = self
        reversal.actualId = actualId
        reversal.rowVersion = 1
        reversal.billingStatus = .canceled
        reversal.adjustmentStatus = .unadjustable
        reversal.skipSync = skipSync
        reversal.quantity = quantity.map { -$0 }
        reversal.amount = -amount
        return reversal
    }
}

/// A row of `msdyn_transactionconnection` between two actuals (`domain.md` §3, §9.16).
struct ActualConnection: Hashable, Sendable {
    enum Roles: String, Sendable {
        /// A billed sale and the unbilled sale that it bills.
        case billedSalesToUnbilledSales
        /// A reversal and the actual that it takes back.
        case reversingToOriginal

        var texts: (String, String) {
            switch self {
            case .billedSalesToUnbilledSales: ("Billed Sales", "Unbilled Sales")
            case .reversingToOriginal: ("Reversing", "Original")
            }
        }
    }

    var connectionId: GUID
    var roles: Roles
    var transaction1Id: GUID
    var transaction2Id: GUID
}

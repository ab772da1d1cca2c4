import Contracts

/// Whether an unbilled sale can be made ready to be invoiced (`domain.md` §6.6).
struct Readiness: Hashable, Sendable {
    var unbilled: Actual
    var contractNumber: String?
    /// Of its contract; nil when that is not here, or has none.
    var contractCurrencyId: GUID?

    /// Why an unbilled sale cannot be made ready.
    enum Refusal: Hashable, Sendable {
        case notUnbilled(TransactionType)
        /// The open balance of a retainer (§6.7): drafts deduct it by themselves.
        case retainer
        case adjusted(AdjustmentStatus)
        case status(BillingStatus?)
        /// Only what lies in the past is invoiced. Which day it started on is not kept here: its document date stands for it.
        case future(CalendarDate)
        case noCustomer
        case notToExceed
        case currency(contract: String)

        /// Whether it says no more than that the time has not come.
        var isOnlyEarly: Bool { if case .future = self { true } else { false } }

        var sentence: String {
            switch self {
            case .notUnbilled(let type): "it is of the type \(type.rawValue); only unbilled sales are invoiced"
            case .retainer: "it is the open balance of a retainer, which later drafts deduct by themselves"
            case .adjusted(let status): "it is \(status.rawValue), and never invoiced"
            case .status(let status): "its billing status is \(status?.rawValue ?? "missing")"
            case .future(let date): "its day, \(date), lies in the future"
            case .noCustomer:
                "it has no contract-line customer; give the entry its customer, or the contract line its customers "
                    + "(ledgerbus dataverse customers)"
            case .notToExceed: "its not-to-exceed status is \(NotToExceedStatus.failed.rawValue)"
            case .currency(let contract): "it is in another currency than its contract \(contract)"
            }
        }
    }

    /// - parameter today: of Dataverse's time zone, or a last day before.
    func refusal(on today: CalendarDate) -> Refusal? {
        guard unbilled.transactionType == .unbilledSales else { return .notUnbilled(unbilled.transactionType) }
        guard unbilled.transactionClass != .retainer else { return .retainer }
        if let status = unbilled.adjustmentStatus { return .adjusted(status) }
        guard unbilled.billingStatus == .unbilledSalesCreated else { return .status(unbilled.billingStatus) }
        guard unbilled.documentDate <= today else { return .future(unbilled.documentDate) }
        guard unbilled.customerId != nil else { return .noCustomer }
        if unbilled.notToExceedStatus == .failed { return .notToExceed }
        if let currency = contractCurrencyId, currency != unbilled.currencyId {
            return .currency(contract: contractNumber ?? "")
        }
        return nil
    }
}

extension Actual {
    /// A newer version of an unbilled sale, with another billing status.
    func with(_ status: BillingStatus) -> Actual {
        var changed = self
        changed.rowVersion += 1
        changed.billingStatus = status
        return changed
    }
}

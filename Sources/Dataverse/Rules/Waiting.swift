import Contracts
import Database

/// What a row that is not published yet waits for.
///
/// The raw value is what the waiting lists hold.
enum Waiting: String, DatabaseLabel {
    case project
    case projectNumber = "project number"
    case projectContract = "project contract"
    case contractNumber = "contract number"
    case contractLine = "contract line"
    case currency
    case account
    case accountNumber = "account number"
    case category
    case bookableResource = "bookable resource"
    case product
    case company
    case invoice
    case invoiceHeader = "invoice header"
    case settled
    case billingMethod = "billing method"
    case unbilledSale = "unbilled sale"
    case original
    case actual
    case actuals
    case pages
    case billedSale = "billed sale"
    case contradiction
    case notAllowed = "not allowed"
    case takenBack = "taken back"
    case reconfirmation
    case deletedInvoice = "deleted invoice"

    /// Says it in a sentence, in the domain's terms.
    ///
    /// - parameters:
    ///   - id: the id in the waiting list.
    ///   - detail: what the reason says besides.
    func sentence(id: GUID?, detail: String?) -> String {
        let id = id?.description ?? "(none)"
        let said = detail ?? "(nothing more is known)"
        return switch self {
        case .project: "waiting for project \(id)"
        case .projectNumber: "waiting for the Finance number of project \(id)"
        case .projectContract: "waiting for project contract \(id)"
        case .contractNumber: "waiting for the number of project contract \(id)"
        case .contractLine: "waiting for project contract line \(id)"
        case .currency: "waiting for currency \(id)"
        case .account: "waiting for account \(id)"
        case .accountNumber: "waiting for the account number of account \(id)"
        case .category: "waiting for transaction category \(id)"
        case .bookableResource: "waiting for bookable resource \(id)"
        case .product: "waiting for product \(id)"
        case .company:
            "waiting for a company: neither an owner nor the organizational unit \(id) says which; "
                + "load the unit and its company, or set dataverse.companies.UNIT NAME: CODE"
        case .invoice: "waiting for its invoice: the billed sale \(id) is on none"
        case .invoiceHeader: "waiting for invoice \(id): whether it was settled before the cut-over"
        case .settled:
            "held: actual \(id), which it takes back or bills, was settled before the cut-over and has no voucher; load that "
                + "row with its voucher, or correct it in the system that posted it"
        case .billingMethod: "waiting for the billing method of project contract line \(id)"
        case .unbilledSale: "waiting for the transaction connection from billed sale \(id) to its unbilled sale"
        case .original: "waiting for the transaction connection from reversal \(id) to its original"
        case .actual: "waiting for actual \(id)"
        case .actuals: detail.map { "waiting for actuals: \($0)" } ?? "waiting for actuals"
        case .pages:
            "waiting for further pages of \(said): load them, or take the tables for complete; "
                + "ledgerbus dataverse unfinished lists them"
        case .billedSale: "its billed sale \(id) is \(said)"
        case .contradiction: "held: \(said); correct the rows in Dataverse, and load them again"
        case .notAllowed: "held: \(said)"
        case .takenBack: "held: \(said); an actual is taken back once"
        case .reconfirmation:
            "error: invoice \(id) was published, and Dataverse has put it back to draft; confirm it there again, or reverse "
                + "what Finance made of it"
        case .deletedInvoice:
            "error: invoice \(id) was published, and Dataverse has deleted it; reverse what Finance made of it"
        }
    }
}

/// A reason to wait: for what, the id of the row whose arrival or change wakes, and what there is to say besides.
struct WaitingReason: Hashable, Sendable {
    let waitingFor: Waiting
    let id: GUID?
    let detail: String?

    init(_ waitingFor: Waiting, _ id: GUID?, _ detail: String? = nil) {
        self.waitingFor = waitingFor
        self.id = id
        self.detail = detail
    }

    /// The reason in the domain's terms.
    var sentence: String { waitingFor.sentence(id: id, detail: detail) }
}

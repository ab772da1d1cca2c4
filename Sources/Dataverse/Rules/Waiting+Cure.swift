public import Bus

extension FailureCode {
    /// What a person does about each failure of Dataverse's side.
    public static let dataverseCures: [FailureCode: String] = [
        .postedDifferently:
            "the first posting stands: finance lost-invoices list; credit the other, then errors discard"
    ]
}

extension Waiting {
    /// What a person does about what waits. It goes on by itself when that has come.
    var cure: String {
        switch self {
        case .project, .projectContract, .contractLine, .currency, .account, .category, .bookableResource, .product,
            .invoiceHeader, .actual, .actuals, .unbilledSale, .original:
            "load the pages that have it: dataverse load"
        case .projectNumber, .contractNumber, .accountNumber:
            "give it its Finance number in Dataverse, and load its table again: dataverse load"
        case .company: "load the unit and its company, or set dataverse.companies.UNIT NAME: CODE"
        case .invoice: "put the billed sale on its invoice in Dataverse, and load it again"
        case .billingMethod: "give the contract line a billing method in Dataverse, and load it again"
        case .pages: "load the further pages, or dataverse unfinished --close TABLE"
        case .settled: "load the row with its voucher, or correct it in the system that posted it"
        case .billedSale, .contradiction, .notAllowed, .takenBack:
            "correct the rows in Dataverse, and load them again"
        case .reconfirmation: "confirm the invoice in Dataverse again, or reverse what Finance made of it"
        case .deletedInvoice: "reverse what Finance made of the invoice"
        }
    }
}

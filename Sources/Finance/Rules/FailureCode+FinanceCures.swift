public import Bus

extension FailureCode {
    /// What a person does about each failure of Finance's side; what is blocked then goes on with the next import, and what
    /// posting refused is posted again (`domain.md` §6.9 to §6.14).
    public static let financeCures: [FailureCode: String] = [
        .companyNotConfigured: "add the company to the set-up: finance configure",
        .noExchangeRate: "add the exchange rate of that day: finance configure",
        .noLineProperty: "add the line property: finance configure",
        .noOpenPeriod: "open the period, or let it go to the next open one: finance configure",
        .noProjectCategory: "add the project category: finance configure",
        .noAccountingProfile: "add the accounting profile of the contract line's billing method: finance configure",
        .noReleasedProduct: "release the product to the company: finance configure",
        .noSalesTaxRate: "add the sales tax code's rate of that day: finance configure",
        .noPostingAccount: "add the posting account: finance configure",
        .noPaymentTerms: "add the terms of payment: finance configure",
        .noCustomer: "add the customer: finance configure",
        .noIntercompanyRelation: "add the intercompany relation: finance configure",
        .contractingUnitCurrency: "give the contracting unit its company's currency in Dataverse, and load it again",
        .noNumberSequence: "add the number sequence: finance configure",
        .numberSequenceBehind: "finance sequences advance",
        .numberSequenceUsedUp: "give the number sequence more digits or another prefix: finance configure",
        .noJournalLine: "nothing is journalled of such rows: correct its type in Dataverse, and load it again",
        .waitsForReversed: "load the row that it reverses; it goes on by itself",
        .waitsForConnection: "load its transaction connection; it goes on by itself",
        .contradictsOriginal: "correct the reversal in Dataverse, and load it again",
        .reversedTwice: "take one of the two reversals back in Dataverse, and load it again",
        .contradictsUnbilledSale: "correct the billed sale in Dataverse, and load it again",
        .contradictsInvoice: "correct the row or its invoice in Dataverse, and load it again",
        .amountTooLarge: "correct quantity, price or rate; the rate by finance configure, else in Dataverse",
        .invalidActual:
            "delete the journal (finance journals delete); what Dataverse still has comes with the next import",
        .inError: "see to the cause of its lines, then finance journals reset, and finance post",
        .notApproved: "finance proposals submit and approve, then finance post",
        .reset: "finance post, when nothing else keeps it",
        .notFound: "see finance journals list and finance proposals list: it is posted or deleted by now",
        .noLines: "finance import-from-staging, then finance post",
        .notAllowed: "see the line's reason; correct the row in Dataverse, and load it again",
        .notReady: "finance import-from-staging makes its lines when all has come; see ledgerbus why",
        .customerOnHold: "release the customer: finance configure",
        .totalsDiffer: "dataverse resync --invoice NUMBER; see ledgerbus why",
        .unbilledSaleNotPosted: "post the journal of the unbilled sales first: finance post --journals --wait",
        .feeNotPosted: "post the journal of the fee first: finance post --journals --wait",
        .unbilledSaleInOtherCurrency: "correct the invoice's currency in Dataverse, and confirm it again",
        .creditedSaleNotPosted: "post the invoice that it credits first: finance post --proposals --wait",
        .creditExceedsOriginal: "correct the credit in Dataverse: it is more than what was billed",
        .lostPosting: "decide on it: finance lost-invoices list, and repeat",
        .retainerNotInvoiced: "post the retainer's invoice first: finance post --proposals --wait",
        .alreadyInvoiced: "nothing: another proposal has invoiced it; take the row off this invoice in Dataverse",
        .unbalanced: "report it as a defect with its voucher: nothing was posted",
        .workersEnded: "start a posting-consumer; it is posted by itself",
        .notEncodable: "report it as a defect with its message: nothing was posted",
        .waitsForLines: "load what is missing (dataverse waiting), then finance import-from-staging; see ledgerbus why",
    ]

    /// A proposal has no lines yet: not all of the invoice has come, or something of it is blocked.
    static let waitsForLines = FailureCode("waits-for-lines")
}

/// Why nobody but Dataverse makes or deletes an invoice proposal (design §4; `domain.md` §5.1).
public enum ProposalRefusal: String, Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case create
    case delete
    case deleteLine

    public var description: String {
        switch self {
        case .create:
            "a proposal cannot be created in Finance: it is made by a confirmed invoice. Confirm the proforma invoice "
                + "in Dataverse (ledgerbus dataverse confirm INVOICE), and its proposal comes over the bus"
        case .delete:
            "a proposal cannot be deleted in Finance: it belongs to a confirmed invoice, whose billed sales would never "
                + "be invoiced. To take it back, post it and correct the invoice in Dataverse"
        case .deleteLine:
            "a single line of a proposal cannot be deleted: an invoice is all there, or not there. Delete all of them with "
                + "\"ledgerbus finance proposals delete-lines\", and import them anew; to leave one out, correct the invoice "
                + "in Dataverse"
        }
    }
}

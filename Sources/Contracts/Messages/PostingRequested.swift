/// A command to post one integration journal or one invoice proposal.
public struct PostingRequested: Message, Hashable {
    public static var topic: TopicName { .postingRequested }

    /// The command's own id: a command is carried out once.
    public var commandId: GUID
    /// The legal entity.
    public var company: Company
    /// What is to be posted.
    public var kind: PostingKind
    /// The journal's or the proposal's number.
    public var number: String
    /// The date that the customer's invoice is to have; nil is the proposal's own.
    public var invoiceDate: CalendarDate?
    /// Who asked.
    public var requestedBy: String

    public init(
        commandId: GUID,
        company: Company,
        kind: PostingKind,
        number: String,
        invoiceDate: CalendarDate? = nil,
        requestedBy: String
    ) {
        self.commandId = commandId
        self.company = company
        self.kind = kind
        self.number = number
        self.invoiceDate = invoiceDate
        self.requestedBy = requestedBy
    }

    @inlinable
    public static func fields<Coder: FieldCoder>(
        _ field: inout Coder, of message: Self?
    ) throws(ContractError) -> Self {
        PostingRequested(
            commandId: try field.id("commandId", message?.commandId),
            company: try field.company("company", message?.company),
            kind: try field.label("kind", message?.kind),
            number: try field.text("number", message?.number, most: 20),
            invoiceDate: try field.optionalDate("invoiceDate", message?.invoiceDate),
            requestedBy: try field.displayText("requestedBy", message?.requestedBy, most: 100))
    }

    public var key: String { "\(company)/\(number)" }
}

public import JSON

/// A command to post one integration journal or one invoice proposal.
public struct PostingRequested: Message, Hashable {
    public static var topic: TopicName { .postingRequested }

    /// The command's own id: a command is carried out once.
    public var commandId: GUID
    /// The legal entity.
    public var company: String
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
        company: String,
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

    public static let fields = [
        "commandId", "company", "kind", "number", "invoiceDate", "requestedBy",
    ]

    public init(from fields: borrowing MessageFields, choices: ChoiceTables) throws(ContractError) {
        commandId = try fields.guid(0)
        company = try fields.company(1)
        kind = try fields.label(2, as: PostingKind.self)
        number = try fields.text(3, most: 20)
        invoiceDate = try fields.optionalDate(4)
        requestedBy = try fields.text(5, most: 100)
    }

    public func write(to json: inout JSONWriter, choices: ChoiceTables) throws(ContractError) {
        json.beginObject()
        json.member("commandId", commandId)
        json.member("company", company)
        json.member("kind", kind)
        json.member("number", number)
        json.member("invoiceDate", invoiceDate)
        json.member("requestedBy", requestedBy)
        json.endObject()
    }

    public var key: String { "\(company)/\(number)" }
}

public import Contracts

/// An invoice that is to be revised: `{"invoice": "PI-000001", "transactions": ["5d8f…"], "into": "PI-000007"}`, or with
/// `"all": true` instead of transactions.
public struct RevisionRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case invoice, transactions, all, into
    }

    static var key: Field { .invoice }

    /// Its number or id.
    public let invoice: String
    /// Line details of it, or billed sales; nil is all of them.
    public let transactions: [GUID]?
    /// The number or id of the draft that takes the corrections; nil is a new one.
    public let into: String?

    public init(invoice: String, transactions: [GUID]?, into: String?) {
        self.invoice = invoice
        self.transactions = transactions
        self.into = into
    }

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        invoice = try row.required(.invoice, row.text(.invoice, most: 36))
        into = try row.text(.into, most: 36)
        transactions = try row.ids(.transactions)
        let all = try row.flag(.all) ?? false
        guard all == (transactions == nil) else {
            throw RequestProblem("say either transactions, a list of ids, or all: true")
        }
        guard transactions?.isEmpty != true else { throw RequestProblem("transactions is an empty list") }
    }
}

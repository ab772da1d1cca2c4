import Contracts

/// A retainer that is to be set up: `{"contract": "ORD-1", "name": "Advance 1", "amount": "1000.00",
/// "invoiceDate": "2026-09-01"}`.
struct RetainerRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case contract, name, amount, invoiceDate, contractLine, project, customer
    }

    static var key: Field { .name }

    /// Its number or id.
    var contract: String
    var name: String
    var amount: Money
    var invoiceDate: CalendarDate
    /// These three follow from the contract where it leaves no choice.
    var contractLine: GUID?
    /// Its number or id.
    var project: String?
    var customer: GUID?

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        contract = try row.required(.contract, row.text(.contract, most: 36))
        name = try row.required(.name, row.text(.name, most: 100))
        amount = try row.required(.amount, row.decimal(.amount))
        invoiceDate = try row.required(.invoiceDate, row.date(.invoiceDate))
        contractLine = try row.id(.contractLine)
        project = try row.text(.project, most: 36)
        customer = try row.id(.customer)
        guard amount > .zero else { throw RequestProblem("amount is \(amount), and has to be positive") }
    }
}

/// How much of a retainer a draft shall deduct: `{"invoice": "PI-000042", "retainer": "Advance 1",
/// "amount": "300.00"}`. Without a retainer, all are applied anew as they are by themselves.
struct RetainerApplicationRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case invoice, retainer, amount
    }

    static var key: Field { .invoice }

    /// Its number or id.
    var invoice: String
    /// Its name or id.
    var retainer: String?
    var amount: Money?

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        invoice = try row.required(.invoice, row.text(.invoice, most: 36))
        retainer = try row.text(.retainer, most: 100)
        amount = try row.decimal(.amount)
        guard (retainer == nil) == (amount == nil) else {
            throw RequestProblem(
                retainer == nil
                    ? "retainer is missing, of which the amount shall be"
                    : "amount is missing, which is to be deducted of the retainer; 0 for nothing")
        }
    }
}

/// A retainer of which something is to be refunded: `{"contract": "ORD-1", "retainer": "Advance 1", "amount": "300.00"}`;
/// all that is left of it without an amount.
struct RetainerRefundRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case contract, retainer, amount
    }

    static var key: Field { .retainer }

    /// Its number or id.
    var contract: String
    /// Its name or id.
    var retainer: String
    var amount: Money?

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        contract = try row.required(.contract, row.text(.contract, most: 36))
        retainer = try row.required(.retainer, row.text(.retainer, most: 100))
        amount = try row.decimal(.amount)
    }
}

import Contracts

/// A row of `dataverse confirm`: an invoice, by its number or id.
struct ConfirmRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case invoice
    }

    static var key: Field { .invoice }

    var invoice: String

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        invoice = try row.required(.invoice, row.text(.invoice, most: 36))
    }
}

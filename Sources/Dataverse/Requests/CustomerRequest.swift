import Contracts

/// A row of `dataverse customers`: a customer of a contract line.
struct CustomerRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case contractLine, customer, percentage
    }

    static var key: Field { .contractLine }

    var customer: ContractLineCustomer

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        customer = ContractLineCustomer(
            contractLineId: try row.required(.contractLine, row.id(.contractLine)),
            customerId: try row.required(.customer, row.id(.customer)),
            percentage: try row.decimal(.percentage) ?? Percentage(100))
    }
}

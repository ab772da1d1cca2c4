import Bus
import Contracts
import Database

/// The table `contract_line_customers`: whom contract lines are billed to, and to what shares.
struct ContractLineCustomerStore {
    let connection: Connection

    /// The customers of some contract lines, by the lines; those with the largest shares last.
    ///
    /// - throws: `DatabaseError`.
    func customers(ofLines lines: [GUID]) throws -> [GUID: [ContractLineCustomer]] {
        Dictionary(
            grouping: try connection.records(
                ContractLineCustomer.self,
                """
                SELECT \(ContractLineCustomer.columnList) FROM contract_line_customers WHERE contract_line_id = ANY ($1)
                ORDER BY contract_line_id, percentage, customer_id
                """, lines), by: \.contractLineId)
    }

    /// Makes some customers all that contract lines have.
    ///
    /// - throws: `DatabaseError`.
    func replace(_ customers: [ContractLineCustomer]) throws {
        try connection.execute(
            "DELETE FROM contract_line_customers WHERE contract_line_id = ANY ($1)",
            Array(Set(customers.map(\.contractLineId))))
        var rows = CopyRows()
        try rows.append(contentsOf: customers)
        try connection.copy(rows, of: ContractLineCustomer.self, into: "contract_line_customers")
    }
}

extension ContractLineCustomer: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ContractLineCustomer(
            contractLineId: try column("contract_line_id", row?.contractLineId),
            customerId: try column("customer_id", row?.customerId),
            percentage: try column("percentage", row?.percentage))
    }
}

extension CapturedTable {
    /// Customers.
    static let accounts = CapturedTable(
        entitySet: "accounts", name: "accounts",
        columns: [
            .required("accountid", "account_id", .id),
            .optional("accountnumber", "account_number", .identifier(most: 20)),
            .optional("name", "name", .text(most: 300)),
        ])
}

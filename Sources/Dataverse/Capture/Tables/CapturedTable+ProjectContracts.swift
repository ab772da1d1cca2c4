extension CapturedTable {
    /// Project contracts (`domain.md` §1.4).
    static func projectContracts(_ columns: DataverseConfiguration.Columns) -> CapturedTable {
        CapturedTable(
            entitySet: "salesorders", name: "project_contracts",
            columns: [
                .required("salesorderid", "project_contract_id", .id),
                .optional("ordernumber", "contract_number", .identifier(most: 20)),
                .optional("name", "name", .text(most: 300)),
                .lookup("customerid", "customer_id"),
                .lookup("transactioncurrencyid", "currency_id"),
                .lookup("msdyn_contractorganizationalunitid", "contracting_unit_id"),
                .optional(columns.company, "company_id", .id),
            ],
            onlyRows: workOrders)
    }
}

import Bus
import Contracts
import Database

extension Actual {
    /// The columns, in the order in which rows are written and read.
    static let columnNames = [
        "actual_id", "row_version", "transaction_type", "transaction_class", "billing_type", "billing_status",
        "adjustment_status", "skip_sync", "quantity", "price", "amount", "currency_id", "document_date",
        "accounting_date", "invoice_id", "project_contract_id", "contract_line_id", "project_id",
        "contracting_unit_id", "resourcing_unit_id", "customer_id", "category_id", "bookable_resource_id",
        "description", "external_description",
    ]
    static let columns = columnNames.joined(separator: ", ")

    func append(to rows: inout CopyRows) {
        rows.beginRow(columns: Self.columnNames.count)
        rows.append(actualId)
        rows.append(rowVersion)
        rows.append(transactionType)
        rows.append(transactionClass)
        rows.append(billingType)
        rows.append(billingStatus)
        rows.append(adjustmentStatus)
        rows.append(skipSync)
        rows.append(value: quantity)
        rows.append(value: price)
        rows.append(amount)
        rows.append(currencyId)
        rows.append(documentDate)
        rows.append(accountingDate)
        rows.append(invoiceId)
        rows.append(projectContractId)
        rows.append(contractLineId)
        rows.append(projectId)
        rows.append(contractingUnitId)
        rows.append(resourcingUnitId)
        rows.append(customerId)
        rows.append(categoryId)
        rows.append(bookableResourceId)
        rows.append(description)
        rows.append(externalDescription)
    }

    /// Reads a row whose columns start at `first`.
    init(_ row: BinaryRow, from first: Int = 0) throws {
        self.init(
            actualId: try row.guid(first), rowVersion: try row.int(first + 1),
            transactionType: try row.choice(first + 2), transactionClass: try row.choice(first + 3),
            billingType: try row.optionalChoice(first + 4), billingStatus: try row.optionalChoice(first + 5),
            adjustmentStatus: try row.optionalChoice(first + 6), skipSync: try row.bool(first + 7),
            quantity: try row[first + 8, as: Quantity?.self], price: try row.optionalMoney(first + 9),
            amount: try row.money(first + 10), currencyId: try row.guid(first + 11),
            documentDate: try row.date(first + 12), accountingDate: try row.optionalDate(first + 13),
            invoiceId: try row.optionalGUID(first + 14), projectContractId: try row.optionalGUID(first + 15),
            contractLineId: try row.optionalGUID(first + 16), projectId: try row.optionalGUID(first + 17),
            contractingUnitId: try row.optionalGUID(first + 18), resourcingUnitId: try row.optionalGUID(first + 19),
            customerId: try row.optionalGUID(first + 20), categoryId: try row.optionalGUID(first + 21),
            bookableResourceId: try row.optionalGUID(first + 22), description: try row.optionalString(first + 23),
            externalDescription: try row.optionalString(first + 24))
    }
}

extension ActualConnection {
    func append(to rows: inout CopyRows) {
        rows.beginRow(columns: 8)
        rows.append(connectionId)
        rows.append(1)
        rows.append(transaction1Id)
        rows.append(roles.texts.0)
        rows.append("msdyn_actual")
        rows.append(transaction2Id)
        rows.append(roles.texts.1)
        rows.append("msdyn_actual")
    }
}

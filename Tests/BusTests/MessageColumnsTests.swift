import Bus
import Contracts
import Database
import Testbed
import Testing

struct MessageColumnsTests {
    @Test("A message that is kept in a table has a column a field, and is read as it was written")
    func thereAndBack() throws {
        #expect(
            KeptActual.columnNames.prefix(5) == [
                "batch_id", "actual_id", "row_version", "data_area_id", "project_number",
            ])
        #expect(KeptActual.columnNames.count == ActualCreated.fieldDescriptions.count + 1)
        let database = try TestDatabase()
        let connection = try database.connect()
        try connection.executeScript(
            """
            CREATE TABLE kept (
                \(KeptActual.columnNames.map { "\($0) \(Self.types[$0] ?? "text")" }.joined(separator: ", ")))
            """)
        let actuals = [Self.full, Self.least].map { KeptActual(batchId: 7, actual: $0) }
        var rows = CopyRows()
        try rows.append(contentsOf: actuals)
        #expect(try connection.copy(rows, of: KeptActual.self, into: "kept") == 2)
        #expect(try connection.records(KeptActual.self, "SELECT * FROM kept ORDER BY row_version") == actuals)
    }

    @Test("A column that holds no value of its field is named in the error")
    func malformed() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        let error = #expect(throws: DatabaseError.self) {
            try connection.records(
                KeptActual.self,
                "SELECT \(KeptActual.columnNames.map { $0 == "batch_id" ? "1::bigint AS batch_id" : "NULL AS \($0)" }.joined(separator: ", "))"
            )
        }
        #expect(error?.message == "column \"actual_id\" is null")
    }

    private static let types = [
        "batch_id": "bigint", "actual_id": "uuid", "row_version": "bigint", "currency_precision": "smallint",
        "quantity": "numeric(19, 4)", "price": "numeric(19, 4)", "amount": "numeric", "document_date": "date",
        "accounting_date": "date", "invoice_id": "uuid", "unbilled_actual_id": "uuid", "reversed_actual_id": "uuid",
        "withdrawn": "boolean",
    ]

    private static let least = ActualCreated(
        actualId: GUID(high: 1, low: 2), rowVersion: 2, company: "usmf", projectNumber: "P1", transactionType: .cost,
        transactionClass: .time, currency: "USD", currencyPrecision: 2, quantity: Quantity(1), price: Money(units: 5),
        amount: Money(-3), documentDate: CalendarDate(day: 20_000), accountingDate: CalendarDate(day: 20_001))

    private static var full: ActualCreated {
        var actual = least
        actual.rowVersion = 1
        actual.contractNumber = "C1"
        actual.contractLine = "Zeile „eins“"
        actual.customerAccount = "A1"
        actual.transactionType = .billedSales
        actual.billingType = .chargeable
        actual.billingStatus = .customerInvoicePosted
        actual.adjustmentStatus = .unadjustable
        actual.billingMethod = .timeAndMaterial
        actual.category = "Design"
        actual.resource = "Bob"
        actual.description = "d"
        actual.externalDescription = "e"
        actual.invoiceId = GUID(high: 3, low: 4)
        actual.unbilledActualId = GUID(high: 5, low: 6)
        actual.reversedActualId = GUID(high: 7, low: 8)
        return actual
    }
}

private struct KeptActual: Record, Equatable {
    var batchId: Int
    var actual: ActualCreated

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        KeptActual(
            batchId: try column("batch_id", row?.batchId),
            actual: try column.message(row?.actual, renamed: ["company": "data_area_id"]))
    }
}

import Bus
public import Contracts
public import Database

/// A posted invoice as a list shows it (`domain.md` §4.7).
public struct CustomerInvoice: Hashable, Sendable, Encodable {
    public let company: String
    public let number: String
    public let proposalNumber: String
    public let invoiceId: GUID
    public let voucher: String
    public let invoiceDate: CalendarDate
    public let dueDate: CalendarDate
    public let contractNumber: String
    public let customerAccount: String
    public let currency: String
    public let currencyPrecision: Int
    public let lineAmount: Money
    public let salesTaxAmount: Money
    public let invoiceAmount: Money
    public let accountingCurrency: String
    public let accountingInvoiceAmount: Money
    public let exchangeRate: ExchangeRate
    public let lineCount: Int
    public let customerName: String
    /// The address, its lines parted by line feeds.
    public let address: String?
}

/// A line of a printed invoice.
public struct CustomerInvoiceLine: Hashable, Sendable, Encodable {
    public let lineNumber: Int
    public let transactionClass: String
    public let projectNumber: String
    public let transactionDate: CalendarDate
    public let categoryId: String?
    public let description: String?
    public let resource: String?
    public let billingType: String?
    public let quantity: Quantity
    public let price: Money
    public let amount: Money
    public let salesTaxAmount: Money
    /// Whether the line takes back one of an earlier invoice.
    public let isCredit: Bool
}

/// The lines of an invoice of one project, class and category, added up.
public struct CustomerInvoiceLineGroup: Hashable, Sendable, Encodable {
    public let projectNumber: String
    public let transactionClass: String
    public let categoryId: String?
    public let lineCount: Int
    public let quantity: Quantity
    public let amount: Money
    public let salesTaxAmount: Money
}

/// The sales tax of one code on an invoice.
public struct CustomerInvoiceTax: Hashable, Sendable, Encodable {
    public let code: String
    public let name: String
    public let percentage: Percentage
    public let baseAmount: Money
    public let taxAmount: Money
}

/// A row of the general ledger: debit positive, credit negative.
public struct PostedLedgerEntry: Hashable, Sendable, Encodable {
    public let company: String
    public let voucher: String
    public let entryNumber: Int
    public let accountingDate: CalendarDate
    /// The raw value of a ``PostingType``.
    public let postingType: String
    public let mainAccount: String
    public let projectNumber: String?
    public let currency: String
    public let amount: Money
    public let accountingAmount: Money
}

/// Reads what posting made, for who looks at it.
public struct CustomerInvoices {
    private let connection: Connection

    public init(_ connection: Connection) { self.connection = connection }

    /// Posted invoices, newest first.
    ///
    /// - throws: `DatabaseError`.
    public func list(company: String? = nil, limit: Int = 100) throws -> [CustomerInvoice] {
        try invoices("($1::text IS NULL OR invoice.data_area_id = $1) AND $2::text IS NULL", company, nil, limit: limit)
    }

    /// The invoices of a customer invoice number or proposal number; of
    /// several companies there may be several.
    ///
    /// - throws: `DatabaseError`.
    public func find(_ number: String, company: String? = nil) throws -> [CustomerInvoice] {
        try invoices(
            """
            ($1::text IS NULL OR invoice.data_area_id = $1)
            AND (invoice.customer_invoice_number = $2 OR invoice.proposal_number = $2)
            """, company, number, limit: 10)
    }

    private func invoices(
        _ condition: String, _ company: String?, _ number: String?, limit: Int
    ) throws -> [CustomerInvoice] {
        try connection.query(
            """
            SELECT invoice.data_area_id, invoice.customer_invoice_number, invoice.proposal_number, invoice.invoice_id,
                invoice.voucher, invoice.invoice_date, invoice.due_date, invoice.contract_number,
                invoice.customer_account, invoice.currency, proposal.currency_precision, invoice.line_amount,
                invoice.sales_tax_amount, invoice.invoice_amount, company.accounting_currency,
                invoice.accounting_invoice_amount, invoice.exchange_rate, invoice.line_count,
                coalesce(proposal.bill_to_name, proposal.customer_name, customer.name, invoice.customer_account),
                proposal.bill_to_address
            FROM project_invoices invoice
            JOIN invoice_proposals proposal USING (data_area_id, proposal_number)
            JOIN companies company USING (data_area_id)
            LEFT JOIN customers customer
                ON customer.data_area_id = invoice.data_area_id
                AND customer.customer_account = invoice.customer_account
            WHERE \(condition)
            ORDER BY invoice.posted_at DESC, invoice.data_area_id, invoice.customer_invoice_number DESC
            LIMIT $3
            """, company, number, Int64(limit)
        ).map { row in
            CustomerInvoice(
                company: try row.string(0), number: try row.string(1), proposalNumber: try row.string(2),
                invoiceId: try row.guid(3), voucher: try row.string(4), invoiceDate: try row.date(5),
                dueDate: try row.date(6), contractNumber: try row.string(7), customerAccount: try row.string(8),
                currency: try row.string(9), currencyPrecision: Int(try row.int16(10)), lineAmount: try row.money(11),
                salesTaxAmount: try row.money(12), invoiceAmount: try row.money(13),
                accountingCurrency: try row.string(14), accountingInvoiceAmount: try row.money(15),
                exchangeRate: try row.exchangeRate(16), lineCount: Int(try row.int64(17)),
                customerName: try row.string(18), address: try row.optionalString(19))
        }
    }

    /// The invoice's lines in their order, one at a time, so that one of any size can be printed.
    ///
    /// - throws: `DatabaseError`; what `body` throws.
    public func forEachLine(of invoice: CustomerInvoice, _ body: (CustomerInvoiceLine) throws -> Void) throws {
        try connection.forEach(
            """
            SELECT line.line_number, line.transaction_class, line.project_number, line.transaction_date,
                line.category_id, line.description, line.resource, line.billing_type, line.quantity, line.price,
                line.amount, posted.sales_tax_amount, line.reversed_actual_id IS NOT NULL
            FROM invoice_proposal_lines line
            JOIN project_invoice_lines posted USING (data_area_id, proposal_number, line_number)
            WHERE line.data_area_id = $1 AND line.proposal_number = $2
            ORDER BY line.line_number
            """, invoice.company, invoice.proposalNumber
        ) { row in
            try body(
                CustomerInvoiceLine(
                    lineNumber: Int(try row.int32(0)), transactionClass: try row.string(1),
                    projectNumber: try row.string(2), transactionDate: try row.date(3),
                    categoryId: try row.optionalString(4), description: try row.optionalString(5),
                    resource: try row.optionalString(6), billingType: try row.optionalString(7),
                    quantity: try row.quantity(8), price: try row.money(9), amount: try row.money(10),
                    salesTaxAmount: try row.money(11), isCredit: try row.bool(12)))
        }
    }

    /// The invoice's lines added up by project, class and category.
    ///
    /// - throws: `DatabaseError`.
    public func groups(of invoice: CustomerInvoice) throws -> [CustomerInvoiceLineGroup] {
        try connection.query(
            """
            SELECT line.project_number, line.transaction_class, line.category_id, count(*), sum(line.quantity),
                sum(line.amount), sum(posted.sales_tax_amount)
            FROM invoice_proposal_lines line
            JOIN project_invoice_lines posted USING (data_area_id, proposal_number, line_number)
            WHERE line.data_area_id = $1 AND line.proposal_number = $2
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """, invoice.company, invoice.proposalNumber
        ).map { row in
            CustomerInvoiceLineGroup(
                projectNumber: try row.string(0), transactionClass: try row.string(1),
                categoryId: try row.optionalString(2), lineCount: Int(try row.int64(3)), quantity: try row.quantity(4),
                amount: try row.money(5), salesTaxAmount: try row.money(6))
        }
    }

    /// The invoice's sales tax, by code.
    ///
    /// - throws: `DatabaseError`.
    public func taxes(of invoice: CustomerInvoice) throws -> [CustomerInvoiceTax] {
        try connection.query(
            """
            SELECT tax.sales_tax_code, code.name, code.percentage, tax.base_amount, tax.tax_amount
            FROM sales_tax_transactions tax JOIN sales_tax_codes code USING (data_area_id, sales_tax_code)
            WHERE tax.data_area_id = $1 AND tax.voucher = $2
            ORDER BY tax.sales_tax_code
            """, invoice.company, invoice.voucher
        ).map { row in
            CustomerInvoiceTax(
                code: try row.string(0), name: try row.string(1),
                percentage: Percentage(units: try row.numeric(2, scale: Percentage.scale)),
                baseAmount: try row.money(3), taxAmount: try row.money(4))
        }
    }

    /// The ledger entries of a voucher, in their order.
    ///
    /// - throws: `DatabaseError`.
    public func ledgerEntries(voucher: String, company: String) throws -> [PostedLedgerEntry] {
        try connection.query(
            """
            SELECT data_area_id, voucher, entry_number, accounting_date, posting_type, main_account, project_number,
                currency, amount, accounting_amount
            FROM ledger_entries WHERE data_area_id = $1 AND voucher = $2 ORDER BY entry_number
            """, company, voucher
        ).map { row in
            PostedLedgerEntry(
                company: try row.string(0), voucher: try row.string(1), entryNumber: Int(try row.int32(2)),
                accountingDate: try row.date(3), postingType: try row.string(4), mainAccount: try row.string(5),
                projectNumber: try row.optionalString(6), currency: try row.string(7), amount: try row.money(8),
                accountingAmount: try row.money(9))
        }
    }
}

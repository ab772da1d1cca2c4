import Bus
import Contracts
import Database
import Testbed

@testable import Finance

/// A line of a journal, as import from staging makes it.
struct JournalLineSample {
    var type: TransactionType = .unbilledSales
    var transactionClass: TransactionClass = .time
    var project = "WIP"
    var contract: String? = "C-1"
    var property = "Charge"
    var currency = "USD"
    var quantity = "1"
    var amount: String
    var rate = "100"
    var accounting: String?
    var reversing: GUID?
    var actual: GUID?

    static func cost(_ amount: String, _ transactionClass: TransactionClass = .time, project: String = "WIP") -> Self {
        JournalLineSample(
            type: .cost, transactionClass: transactionClass, project: project, property: "None", amount: amount)
    }

    static func unbilled(
        _ amount: String, _ transactionClass: TransactionClass = .time, project: String = "WIP",
        property: String = "Charge", actual: GUID? = nil, reversing: GUID? = nil
    ) -> Self {
        JournalLineSample(
            transactionClass: transactionClass, project: project, property: property, amount: amount,
            reversing: reversing, actual: actual)
    }
}

/// A line of a proposal, as import from staging makes it.
struct ProposalLineSample {
    var transactionClass: TransactionClass = .time
    var method: BillingMethod = .timeAndMaterial
    var billingType: BillingType? = .chargeable
    var project = "WIP"
    var quantity = "1"
    var amount: String
    var unbilled: GUID?
    var reversing: GUID?
    var taxGroup: String?
    var itemTaxGroup: String? = "ALL"
    var actual: GUID?
}

extension PostingFixture {
    /// Makes a journal in draft, with vouchers `NUMBER-1`, `NUMBER-2`, …, and returns its actuals.
    @discardableResult
    func journal(_ number: String, date: String = "2026-03-31", _ lines: [JournalLineSample]) throws -> [GUID] {
        try connection.execute(
            "INSERT INTO integration_journals (data_area_id, journal_number, description, line_count) VALUES ('usmf', $1, $1, $2)",
            number, Int32(lines.count))
        return try lines.enumerated().map { index, line in
            let actual = line.actual ?? self.actual()
            try connection.execute(
                """
                INSERT INTO integration_journal_lines (
                    data_area_id, journal_number, line_number, actual_id, voucher, transaction_type, transaction_class,
                    project_number, contract_number, transaction_date, accounting_date, category_id, line_property_id,
                    currency, quantity, price, amount, exchange_rate, accounting_amount, reversed_actual_id
                ) VALUES (
                    'usmf', $1, $2, $3, $4, $5, $6, $7, $8, $9::text::date, $9::text::date, 'Work', $10, $11,
                    $12::text::numeric, 0, $13::text::numeric, $14::text::numeric, $15::text::numeric, $16)
                """, number, Int32(index + 1), actual, "\(number)-\(index + 1)", line.type.rawValue,
                line.transactionClass.rawValue, line.project, line.contract, date, line.property, line.currency,
                line.quantity, line.amount, line.rate, line.accounting ?? line.amount, line.reversing)
            return actual
        }
    }

    /// Makes a proposal that is ready to be posted, and returns its billed actuals.
    @discardableResult
    func proposal(
        _ number: String, contract: String = "C-1", customer: String = "US-001", currency: String = "USD",
        date: String = "2026-04-01", terms: String? = nil, _ lines: [ProposalLineSample]
    ) throws -> [GUID] {
        let chargeable = try lines.filter { $0.billingType == .chargeable || $0.billingType == nil }
            .reduce(Money.zero) { try $0 + Money($1.amount) }
        let total = try lines.reduce(Money.zero) { try $0 + Money($1.amount) }
        let invoice = actual()
        let event = actual()
        try connection.execute(
            "INSERT INTO invoice_confirmations (event_id, data_area_id, invoice_id, totals_version) VALUES ($1, 'usmf', $2, 1)",
            event, invoice)
        try connection.execute(
            """
            INSERT INTO invoice_proposals (
                data_area_id, proposal_number, invoice_id, confirmed_by, contract_number, customer_account, currency,
                currency_precision, accounting_date, payment_terms, has_corrections, line_amount, totals_version,
                total_count, total_amount, total_digest, status
            ) VALUES ('usmf', $1, $2, $3, $4, $5, $6, 2, $7::text::date, $8, false, $9, 1, $10, $11, '', 'Ready')
            """, number, invoice, event, contract, customer, currency, date, terms, chargeable, Int64(lines.count),
            total)
        return try lines.enumerated().map { index, line in
            let actual = line.actual ?? self.actual()
            try connection.execute(
                """
                INSERT INTO invoice_proposal_lines (
                    data_area_id, proposal_number, line_number, actual_id, unbilled_actual_id, reversed_actual_id,
                    transaction_class, billing_method, billing_type, project_number, transaction_date, category_id,
                    quantity, price, amount, sales_tax_group, item_sales_tax_group
                ) VALUES (
                    'usmf', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::date, 'Work', $11::text::numeric, 0,
                    $12::text::numeric, $13, $14)
                """, number, Int32(index + 1), actual, line.unbilled, line.reversing, line.transactionClass.rawValue,
                line.method.rawValue, line.billingType?.rawValue, line.project, date, line.quantity, line.amount,
                line.taxGroup, line.itemTaxGroup)
            return actual
        }
    }
}

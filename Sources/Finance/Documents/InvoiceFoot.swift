import Contracts

/// What stands below the lines of an invoice: its totals in its own currency, and in the accounting currency where that
/// is another.
struct InvoiceFoot {
    struct Row {
        var label: String
        /// What a tax is computed on; empty when the row is no tax.
        var base = ""
        var amount: String
        /// Whether it is a sum of those above it.
        var isTotal = false
    }

    struct Section {
        var title: String
        var rows: [Row]
    }

    var sections: [Section]

    init(_ totals: InvoiceTotals, of invoice: CustomerInvoice) {
        sections = [
            Section(title: "Amounts in \(invoice.currency)", rows: Self.rows(totals, invoice.currencyPrecision))
        ]
        if let accounting = totals.accounting {
            let rate = InvoiceFormat.number(accounting.exchangeRate)
            sections.append(
                Section(
                    title: "The same in \(accounting.currency), at \(rate) \(accounting.currency) for 100 "
                        + "\(invoice.currency)",
                    rows: Self.rows(accounting, totals.taxes, invoice.accountingCurrencyPrecision)))
        }
    }

    private static func rows(_ totals: InvoiceTotals, _ precision: Int) -> [Row] {
        func text(_ amount: Money) -> String { InvoiceFormat.amount(amount, precision: precision) }
        var rows: [Row] = []
        if totals.rounding != .zero {
            rows.append(Row(label: "Lines", amount: text(totals.lines)))
            rows.append(Row(label: "Rounding", amount: text(totals.rounding)))
        }
        rows.append(Row(label: "Net amount", amount: text(totals.net), isTotal: true))
        for tax in totals.taxes {
            rows.append(Row(label: "\(tax.code): \(tax.label)", base: text(tax.base), amount: text(tax.tax)))
        }
        if totals.untaxed != .zero || totals.taxes.isEmpty {
            rows.append(Row(label: "No sales tax", base: text(totals.untaxed), amount: text(.zero)))
        }
        rows.append(Row(label: "Total", amount: text(totals.total), isTotal: true))
        return rows
    }

    private static func rows(
        _ accounting: InvoiceTotals.Accounting, _ taxes: [InvoiceTotals.Tax], _ precision: Int
    ) -> [Row] {
        func text(_ amount: Money) -> String { InvoiceFormat.amount(amount, precision: precision) }
        var rows = [Row(label: "Net amount", amount: text(accounting.net), isTotal: true)]
        for tax in taxes {
            rows.append(
                Row(
                    label: "\(tax.code): \(tax.label)", base: text(tax.accountingBase ?? .zero),
                    amount: text(tax.accountingTax ?? .zero)))
        }
        if accounting.rounding != .zero { rows.append(Row(label: "Rounding", amount: text(accounting.rounding))) }
        rows.append(Row(label: "Total", amount: text(accounting.total), isTotal: true))
        return rows
    }
}

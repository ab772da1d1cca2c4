import Bus
import Contracts
import Database
import YAML

struct PaymentTermsRow: SetupRow {
    static let table = "payment_terms"
    static let section = "payment-terms"

    var company: Company
    var terms: String
    var days: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PaymentTermsRow(
            company: try column("data_area_id", row?.company),
            terms: try column("payment_terms", row?.terms),
            days: try column("days", row?.days, as: Int32.self))
    }

    var entry: SetupEntry { .value([Self.section, terms], "days", YAMLValue(days)) }
}

/// A customer, which posting reads with the proposal.
struct CustomerRow: SetupRow {
    static let table = "customers"
    static let section = "customers"

    var company: Company
    var account: String
    var name: String
    var paymentTerms: String?
    /// Nothing is posted for the customer (641612).
    var onHold: Bool
    /// Where Dataverse sends none with the invoice. Its lines parted by line feeds.
    var address: String?
    var country: String?
    /// The number under which the customer is registered for sales tax.
    var taxNumber: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CustomerRow(
            company: try column("data_area_id", row?.company),
            account: try column("customer_account", row?.account),
            name: try column("name", row?.name),
            paymentTerms: try column("payment_terms", row?.paymentTerms),
            onHold: try column("on_hold", row?.onHold),
            address: try column("address", row?.address),
            country: try column("country", row?.country),
            taxNumber: try column("tax_number", row?.taxNumber))
    }

    var entry: SetupEntry {
        .keys(
            [Self.section, account],
            [
                "name": .text(name), "payment-terms": .text(orNil: paymentTerms),
                "on-hold": onHold ? YAMLValue(true) : nil, "address": .text(orNil: address),
                "country": .text(orNil: country), "tax-number": .text(orNil: taxNumber),
            ])
    }
}

extension CompanyReader {
    mutating func readCustomers() throws(YAMLError) {
        for (terms, days) in try members(PaymentTermsRow.section) {
            paymentTerms.insert(terms)
            rows.paymentTerms.append(
                PaymentTermsRow(company: company, terms: terms, days: try days.asInt(in: 0...3_660)))
        }
        for (account, value) in try members(CustomerRow.section) {
            guard account.count <= 20 else { throw value.error("is longer than the 20 characters that Finance holds") }
            try value.onlyKeys(["name", "payment-terms", "on-hold", "address", "country", "tax-number"])
            rows.customers.append(
                CustomerRow(
                    company: company, account: account, name: try value.string("name"),
                    paymentTerms: try value.optional("payment-terms")?.asName(
                        in: paymentTerms, of: PaymentTermsRow.section),
                    onHold: try value.optionalBool("on-hold") ?? false,
                    address: try value.optionalString("address"), country: try value.optionalString("country"),
                    taxNumber: try value.optionalString("tax-number")))
        }
    }
}

extension FinanceSetup {
    mutating func takePaymentTerms(_ rows: SetupRows) {
        for row in rows.paymentTerms { paymentTermDays[row.terms] = row.days }
    }
}

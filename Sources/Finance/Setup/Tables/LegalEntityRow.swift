import Bus
import Contracts
import Database
import YAML

/// What a company's invoices say of who invoices.
struct LegalEntityRow: SetupRow {
    static let table = "legal_entities"
    static let section = "legal-entity"

    var company: Company
    /// The name by law, which the company's own may not be.
    var name: String
    /// Its lines parted by line feeds.
    var address: String?
    var country: String?
    /// The number under which it is registered for sales tax.
    var taxNumber: String?
    /// Where and how to pay: the bank and the account. Its lines parted by line feeds.
    var paymentDetails: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LegalEntityRow(
            company: try column("data_area_id", row?.company),
            name: try column("name", row?.name),
            address: try column("address", row?.address),
            country: try column("country", row?.country),
            taxNumber: try column("tax_number", row?.taxNumber),
            paymentDetails: try column("payment_details", row?.paymentDetails))
    }

    var entry: SetupEntry {
        .keys(
            [Self.section],
            [
                "name": .text(name), "address": .text(orNil: address), "country": .text(orNil: country),
                "tax-number": .text(orNil: taxNumber), "payment-details": .text(orNil: paymentDetails),
            ])
    }
}

extension CompanyReader {
    mutating func readLegalEntity(companyName: String) throws(YAMLError) {
        guard let entity = try node.optionalMapping(LegalEntityRow.section) else { return }
        try entity.onlyKeys(["name", "address", "country", "tax-number", "payment-details"])
        rows.legalEntity.append(
            LegalEntityRow(
                company: company, name: try entity.optionalString("name") ?? companyName,
                address: try entity.optionalString("address"), country: try entity.optionalString("country"),
                taxNumber: try entity.optionalString("tax-number"),
                paymentDetails: try entity.optionalString("payment-details")))
    }
}

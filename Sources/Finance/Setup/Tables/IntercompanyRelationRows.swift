import Bus
import Contracts
import Database
import YAML

/// A company that borrows resources of this one (`domain.md` §6.9).
struct IntercompanyRelationRow: SetupRow {
    static let table = "intercompany_relations"
    static let section = "intercompany-relations"

    /// The company that lends.
    var company: Company
    var borrowingCompany: Company
    var customer: String
    var vendor: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        IntercompanyRelationRow(
            company: try column("data_area_id", row?.company),
            borrowingCompany: try column("borrowing_company", row?.borrowingCompany),
            customer: try column("customer_account", row?.customer),
            vendor: try column("vendor_account", row?.vendor))
    }

    var entry: SetupEntry {
        .keys(
            [Self.section, borrowingCompany.rawValue],
            ["customer": .text(customer), "vendor": .text(orNil: vendor)])
    }
}

extension CompanyReader {
    mutating func readIntercompanyRelations() throws(YAMLError) {
        let customers = Set(rows.customers.map(\.account))
        for (id, relation) in try members(IntercompanyRelationRow.section) {
            guard let borrowing = Company(id), borrowing.rawValue == id else {
                throw relation.error("must be a company: one to four letters or digits, in lower case")
            }
            guard borrowing != company else {
                throw relation.error("is the company itself, which does not borrow of itself")
            }
            try relation.onlyKeys(["customer", "vendor"])
            rows.intercompanyRelations.append(
                IntercompanyRelationRow(
                    company: company, borrowingCompany: borrowing,
                    customer: try relation.required("customer").asName(in: customers, of: CustomerRow.section),
                    vendor: try relation.optionalString("vendor")))
        }
    }
}

extension FinanceSetup {
    mutating func takeIntercompanyRelations(_ rows: SetupRows) {
        for row in rows.intercompanyRelations {
            intercompanyRelations[row.borrowingCompany] = IntercompanyRelation(
                customer: row.customer, vendor: row.vendor)
        }
    }
}

import Contracts
import Database

/// What actuals and invoice line details say alike (`domain.md` §1.1, §2.3).
struct TransactionFacts: Record, Hashable {
    var transactionClass: TransactionClass
    var billingType: BillingType?
    var quantity: Quantity?
    var price: Money?
    var amount: Money
    var currencyId: GUID
    var documentDate: CalendarDate
    var projectContractId: GUID?
    var contractLineId: GUID?
    var projectId: GUID?
    var contractingUnitId: GUID?
    var resourcingUnitId: GUID?
    var customerId: GUID?
    var categoryId: GUID?
    var bookableResourceId: GUID?
    /// Of material that is of a product.
    var productId: GUID?
    var description: String?
    var externalDescription: String?
    /// What the amount is reduced by, and what of it is a fee.
    var discountAmount: Money?
    var feeAmount: Money?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TransactionFacts(
            transactionClass: try column(
                "transaction_class", row?.transactionClass,
                .choice("msdyn_transactionclassification") { $0.transactionClass }),
            billingType: try column(
                "billing_type", row?.billingType, .choice("msdyn_billingtype") { $0.billingType }.needed),
            quantity: try column("quantity", row?.quantity, .quantity("msdyn_quantity")),
            price: try column("price", row?.price, .decimal("msdyn_price")),
            amount: try column("amount", row?.amount, .decimal(.configured { $0.amount })),
            currencyId: try column("currency_id", row?.currencyId, .lookup("transactioncurrencyid")),
            documentDate: try column("document_date", row?.documentDate, .date("msdyn_documentdate")),
            projectContractId: try column(
                "project_contract_id", row?.projectContractId, .lookup("msdyn_salescontract")),
            contractLineId: try column("contract_line_id", row?.contractLineId, .lookup("msdyn_salescontractlineid")),
            projectId: try column("project_id", row?.projectId, .lookup("msdyn_project")),
            contractingUnitId: try column(
                "contracting_unit_id", row?.contractingUnitId, .lookup("msdyn_contractorganizationalunitid")),
            resourcingUnitId: try column(
                "resourcing_unit_id", row?.resourcingUnitId, .lookup("msdyn_resourceorganizationalunitid")),
            customerId: try column("customer_id", row?.customerId, .lookup("msdyn_accountcustomer")),
            categoryId: try column("category_id", row?.categoryId, .lookup("msdyn_transactioncategory")),
            bookableResourceId: try column(
                "bookable_resource_id", row?.bookableResourceId, .lookup("msdyn_bookableresource")),
            productId: try column("product_id", row?.productId, .lookup("msdyn_product")),
            description: try column("description", row?.description, .text("msdyn_description", most: 200)),
            externalDescription: try column(
                "external_description", row?.externalDescription, .text("msdyn_externaldescription", most: 200)),
            discountAmount: try column(
                "discount_amount", row?.discountAmount, .decimal(.configured { $0.discountAmount })),
            feeAmount: try column("fee_amount", row?.feeAmount, .decimal(.configured { $0.feeAmount })))
    }
}

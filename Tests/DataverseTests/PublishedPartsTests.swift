import Contracts
import Testbed
import Testing

@testable import Dataverse

@Suite("What actuals say of discounts, fees and lending companies (domain.md §6.9, §6.13)")
struct PublishedPartsTests {
    private func messages(
        _ rows: [WebRow], _ change: (DataverseStore) -> Void = { _ in }, others: [String: [WebRow]] = [:]
    ) throws -> [ActualCreated] {
        let store = try DataverseStore()
        change(store)
        try store.load(WebAPI.lookups)
        if !others.isEmpty { try store.load(others) }
        try store.load(["msdyn_actuals": rows])
        return try store.messages(ActualCreated.self).sorted { $0.actualId < $1.actualId }
    }

    @Test("A discount, and a fee with the sale that it is for, are published as they were captured")
    func captured() throws {
        let published = try messages([
            WebAPI.actual(1, .unbilled, ["msdyn_amount": "1440.0", "msdyn_discountamount": "160.0"]),
            WebAPI.actual(
                2, .unbilled,
                [
                    "msdyn_transactionclassification": "192350004", "msdyn_amount": "50.0",
                    "_msdyn_sourceactual_value": WebAPI.text("\(WebAPI.id(1))"),
                ]),
        ])
        #expect(published.map(\.discountAmount) == [Money(160), nil])
        #expect(published.map(\.sourceActualId) == [nil, WebAPI.id(1)])
        #expect(published.map(\.amount) == [Money(1_440), Money(50)])
    }

    @Test("Their columns, and that of the amount after them, are named by configuration")
    func configured() throws {
        let published = try messages(
            [
                WebAPI.actual(
                    1, .unbilled, ["contoso_net": "1440.0", "contoso_discount": "160.0", "msdyn_discountamount": "1.0"])
            ]
        ) {
            $0.configuration.columns.amount = "contoso_net"
            $0.configuration.columns.discountAmount = "contoso_discount"
        }
        #expect(published.map(\.discountAmount) == [Money(160)])
        #expect(published.map(\.amount) == [Money(1_440)])
    }

    @Test("A reversal takes discount and fee back")
    func reversal() {
        var actual = ActualFacts.billedSale.actual
        actual.discountAmount = Money(160)
        actual.feeAmount = Money(50)
        let reversal = actual.reversal(actualId: WebAPI.id(9), skipSync: false)
        #expect(reversal.discountAmount == Money(-160) && reversal.feeAmount == Money(-50))
    }

    @Test(
        "A lending company's row names the company that borrows and the currency of its unit; the skipped cost never comes"
    )
    func lent() throws {
        let germany: [String: [WebRow]] = [
            "cdm_companies": [
                [
                    "cdm_companyid": WebAPI.text("\(WebAPI.id(22))"), "cdm_companycode": WebAPI.text("DEMF"),
                    "versionnumber": "1",
                ]
            ],
            "msdyn_organizationalunits": [
                [
                    "msdyn_organizationalunitid": WebAPI.text("\(WebAPI.id(21))"), "msdyn_name": WebAPI.text("Germany"),
                    "_msdyn_company_value": WebAPI.text("\(WebAPI.id(22))"), "versionnumber": "1",
                ],
                [
                    "msdyn_organizationalunitid": WebAPI.text("\(WebAPI.unit)"),
                    "msdyn_name": WebAPI.text("Contoso USA"),
                    "_msdyn_company_value": WebAPI.text("\(WebAPI.company)"),
                    "_msdyn_currency_value": WebAPI.text("\(WebAPI.currency)"), "versionnumber": "2",
                ],
            ],
        ]
        let lends: WebRow = ["_msdyn_resourceorganizationalunitid_value": WebAPI.text("\(WebAPI.id(21))")]
        let published = try messages(
            [
                WebAPI.actual(1, .cost, lends.merging(["msdyn_skipsync": "true"]) { $1 }),
                WebAPI.actual(2, .unbilled, lends),
                WebAPI.actual(3, .interOrganizational, lends),
                WebAPI.actual(4, .cost, lends.merging(["msdyn_transactiontypecode": "192350007"]) { $1 }),
                WebAPI.actual(5, .interOrganizational),
            ], others: germany)
        #expect(published.map(\.actualId) == [2, 3, 4].map(WebAPI.id))
        #expect(published.map(\.company) == ["usmf", "demf", "demf"])
        #expect(published.map(\.projectCompany) == [nil, "usmf", "usmf"])
        #expect(published.map(\.contractingUnitCurrency) == [nil, "USD", "USD"])
    }
}

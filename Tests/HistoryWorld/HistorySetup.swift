public import Contracts

/// One company, its currencies, and a contract for each history.
///
/// Each contract has a project, a time-and-material line and a fixed-price line, a customer and a currency. Some projects
/// accrue revenue; those named `PLAIN` do not.
public struct HistorySetup: Sendable {
    /// A currency, its decimal places, and what 100 units of it are worth.
    public struct Currency: Sendable {
        public let code: String
        public let places: Int
        let rates: [String]
        /// The same, in the reporting currency.
        let reportingRates: [String]
    }

    public static let currencies = [
        Currency(code: "USD", places: 2, rates: ["100", "100"], reportingRates: ["78.4", "77.15"]),
        Currency(code: "EUR", places: 2, rates: ["108.15", "111.37"], reportingRates: ["84.9", "86.02"]),
        Currency(code: "JPY", places: 0, rates: ["0.6541", "0.7013"], reportingRates: ["0.5102", "0.5341"]),
        Currency(code: "KWD", places: 3, rates: ["325.5", "319.75"], reportingRates: ["255.1", "246.9"]),
    ]

    /// The kinds of rows, which their ids begin with.
    public enum Kind: UInt64, Sendable {
        case company = 1
        case unit, currency, account, category, resource, contract, project, timeAndMaterialLine, fixedPriceLine
        case entry, lineDetail, milestone, retainer
    }

    public static func id(_ kind: Kind, _ number: Int) -> GUID {
        GUID(high: kind.rawValue << 32 | 0x4000, low: 0x8000_0000_0000_0000 | UInt64(number))
    }

    public let contracts: Int

    public init(contracts: Int) { self.contracts = contracts }

    public func currency(of contract: Int) -> Currency { Self.currencies[contract % Self.currencies.count] }

    public func project(of contract: Int) -> String { "\(contract % 5 == 4 ? "PLAIN" : "WIP")-\(contract)" }

    public static let classes: [TransactionClass] = [.time, .expense, .material, .fee]

    /// What the Dataverse Web API answers.
    public var pages: [(table: String, rows: [[String: String]])] {
        func text(_ value: some CustomStringConvertible) -> String { "\"\(value)\"" }
        func rows(_ count: Int, _ row: (Int) -> [String: String]) -> [[String: String]] { (0..<count).map(row) }
        let unit = text(Self.id(.unit, 0))
        return [
            ("cdm_companies", [["cdm_companyid": text(Self.id(.company, 0)), "cdm_companycode": text("usmf")]]),
            (
                "msdyn_organizationalunits",
                [
                    [
                        "msdyn_organizationalunitid": unit, "msdyn_name": text("Contoso USA"),
                        "_msdyn_company_value": text(Self.id(.company, 0)),
                    ]
                ]
            ),
            (
                "transactioncurrencies",
                rows(Self.currencies.count) {
                    [
                        "transactioncurrencyid": text(Self.id(.currency, $0)),
                        "isocurrencycode": text(Self.currencies[$0].code),
                        "currencyprecision": "\(Self.currencies[$0].places)",
                    ]
                }
            ),
            (
                "accounts",
                rows(3) { ["accountid": text(Self.id(.account, $0)), "accountnumber": text("US-00\($0)")] }
            ),
            (
                "msdyn_transactioncategories",
                rows(Self.classes.count) {
                    [
                        "msdyn_transactioncategoryid": text(Self.id(.category, $0)),
                        "msdyn_name": text("Work \(Self.classes[$0].rawValue)"),
                    ]
                }
            ),
            (
                "salesorders",
                rows(contracts) {
                    [
                        "salesorderid": text(Self.id(.contract, $0)), "ordernumber": text("ORD-\($0)"),
                        "msdyn_ordertype": "192350001", "_customerid_value": text(Self.id(.account, $0 % 3)),
                        "_transactioncurrencyid_value": text(Self.id(.currency, $0 % Self.currencies.count)),
                        "_msdyn_contractorganizationalunitid_value": unit,
                    ]
                }
            ),
            (
                "msdyn_projects",
                rows(contracts) {
                    [
                        "msdyn_projectid": text(Self.id(.project, $0)), "msdynce_projectnumber": text(project(of: $0)),
                        "_msdyn_salesorderid_value": text(Self.id(.contract, $0)),
                        "_msdyn_contractorganizationalunitid_value": unit,
                    ]
                }
            ),
            (
                "salesorderdetails",
                rows(2 * contracts) {
                    [
                        "salesorderdetailid": text(
                            Self.id($0 < contracts ? .timeAndMaterialLine : .fixedPriceLine, $0 % contracts)),
                        "salesorderdetailname": text($0 < contracts ? "Consulting" : "Delivery"),
                        "msdyn_billingmethod": $0 < contracts ? "192350000" : "192350001",
                        "_salesorderid_value": text(Self.id(.contract, $0 % contracts)),
                        "_msdyn_project_value": text(Self.id(.project, $0 % contracts)),
                    ]
                }
            ),
        ]
    }

    /// Who is billed for the lines of the contracts; every seventh is split between two customers.
    public var customers: [[String: String]] {
        (0..<contracts).flatMap { contract in
            let shares = contract % 7 == 6 ? [(0, "37.5"), (1, "62.5")] : [(0, "100")]
            return [Kind.timeAndMaterialLine, .fixedPriceLine].flatMap { line in
                shares.map { place, percentage in
                    [
                        "contractLine": "\"\(Self.id(line, contract))\"",
                        "customer": "\"\(Self.id(.account, (contract + place) % 3))\"",
                        "percentage": "\"\(percentage)\"",
                    ]
                }
            }
        }
    }

    /// Finance's set-up file.
    ///
    /// - parameter percentage: of the city's sales tax, which changes as a history goes on.
    public func finance(percentage: String = "2.125") -> String {
        let rates = Self.currencies.dropFirst().map {
            "      \($0.code): {2026-01-01: \($0.rates[0]), 2026-10-01: \($0.rates[1])}\n"
        }.joined()
        let reportingRates = Self.currencies.map {
            "      \($0.code): {2026-01-01: \($0.reportingRates[0]), 2026-10-01: \($0.reportingRates[1])}\n"
        }.joined()
        let categories = Self.classes.map {
            "      Work \($0.rawValue): {class: \($0.rawValue), item-sales-tax-group: \($0 == .fee ? "ONE" : "BOTH"), "
                + "default: true}\n"
        }.joined()
        let plain = (0..<contracts).filter { $0 % 5 == 4 }.map {
            "        \(project(of: $0)): {time-and-material: no-wip, fixed-price: no-wip}\n"
        }.joined()
        return """
            companies:
              usmf:
                name: Contoso
                accounting-currency: USD
                reporting-currency: GBP
                parameters: {journal-period-unit: months, milestone-item-sales-tax-group: ONE}
                exchange-rates:
            \(rates)    reporting-exchange-rates:
            \(reportingRates)    fiscal-periods:
                  - {from: 2026-01-01, to: 2026-12-31, status: open}
                sales-tax-codes:
                  CITY: {percentage: \(percentage)}
                  STATE: {percentage: 7.5}
                sales-tax-groups: {ALL: [CITY, STATE]}
                item-sales-tax-groups: {BOTH: [CITY, STATE], ONE: [STATE]}
                sales-tax-group-defaults:
                  customers: {US-000: ALL, US-001: ALL}
                line-properties:
                  Chargeable: {id: Charge, chargeable: true, accrue-revenue: true}
                  Non Chargeable: {id: NonCharge, chargeable: false, accrue-revenue: false}
                  Complimentary: {id: Free, chargeable: false, accrue-revenue: false}
                  Not Available: {id: Cost, chargeable: false, accrue-revenue: false}
                project-categories:
            \(categories)      Milestone: {class: Milestone, default: true}
                  Retainer: {class: Retainer, default: true}
                accounting-profiles:
                  company: {time-and-material: with-wip, fixed-price: completed-contract}
                  projects:
            \(plain)    posting-accounts:
                  cost: {company: "1"}
                  payroll-allocation: {company: "2"}
                  expense-offset: {company: "3"}
                  item-offset: {company: "4"}
                  wip-sales-value: {company: "5"}
                  accrued-revenue-sales-value: {company: "6"}
                  invoiced-revenue: {company: "7"}
                  invoiced-revenue-on-account: {company: "8"}
                  wip-invoiced-on-account: {company: "9"}
                  customer-balance: {company: "10"}
                  sales-tax: {company: "11"}
                  penny-difference: {company: "12"}
                customers:
                  US-000: {name: Adventure Works}
                  US-001: {name: Fabrikam}
                  US-002: {name: Northwind}
                number-sequences:
                  integration-journal: {prefix: J-}
                  voucher: {prefix: V-, digits: 8}
                  customer-invoice: {prefix: CIV-}
            """
    }
}

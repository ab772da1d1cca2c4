@testable import Finance

extension FinanceWorld {
    /// Two companies, for tests of staging and import.
    static let importSetup = """
        companies:
          usmf:
            name: Contoso USA
            accounting-currency: USD
            parameters:
              journal-period-unit: months
              journal-line-limit: 200
              milestone-item-sales-tax-group: FULL
            exchange-rates:
              EUR: {2026-01-01: 108, 2026-10-01: 110}
            fiscal-periods:
              - {from: 2026-01-01, to: 2026-08-31, status: closed}
              - {from: 2026-09-01, to: 2026-12-31, status: open}
            sales-tax-codes:
              STATE: {percentage: 6.5}
            sales-tax-groups:
              DOM: [STATE]
            item-sales-tax-groups:
              FULL: [STATE]
            sales-tax-group-defaults:
              customers: {US-001: DOM}
            line-properties:
              Chargeable: {id: Charge, chargeable: true, accrue-revenue: true}
              Non Chargeable: {id: NonCharge, chargeable: false, accrue-revenue: false}
              Not Available: {id: Cost, chargeable: false, accrue-revenue: false}
            project-categories:
              Consulting: {class: Time, item-sales-tax-group: FULL, default: true}
              Fee: {class: Fee, item-sales-tax-group: FULL, default: true}
            accounting-profiles:
              company: {accrue-revenue: true, on-account: balance}
            posting-accounts:
              cost: {company: "1"}
              payroll-allocation: {company: "2"}
              wip-sales-value: {company: "3"}
              accrued-revenue-sales-value: {company: "4"}
              invoiced-revenue: {company: "5"}
              wip-invoiced-on-account: {company: "6"}
              customer-balance: {company: "7"}
              sales-tax: {company: "8"}
            customers:
              US-001: {name: Contoso Retail}
            number-sequences:
              integration-journal: {prefix: USPM-}
              voucher: {prefix: V-, digits: 8}
              customer-invoice: {prefix: CIV-}
          demf:
            name: Contoso Germany
            accounting-currency: EUR
            exchange-rates:
              USD: {2026-01-01: 92}
            fiscal-periods:
              - {from: 2026-01-01, to: 2026-12-31, status: open}
            line-properties:
              Chargeable: {id: Charge, chargeable: true, accrue-revenue: true}
              Non Chargeable: {id: NonCharge, chargeable: false, accrue-revenue: false}
              Not Available: {id: Cost, chargeable: false, accrue-revenue: false}
            project-categories:
              Consulting: {class: Time, default: true}
            number-sequences:
              integration-journal: {prefix: DEPM-}
              voucher: {prefix: DV-, digits: 8}
        """

    /// Company `usmf`, which keeps its books in USD, for tests of posting.
    ///
    /// Projects: `WIP` accrues revenue, `PLAIN` does not, `FPPL` invoices fixed price to profit and loss, `FPBAL` to the
    /// balance. A euro is 1.1055 USD, and 1.2 from July. A line is taxed by its category: `Work ONE`, `Work BOTH`, ….
    /// Each day has a journal of its own.
    static let postingSetup = """
        companies:
          usmf:
            name: Contoso
            accounting-currency: USD
            parameters:
              journal-period-unit: days
              journal-line-limit: 1000000
            exchange-rates:
              EUR: {2026-01-01: 110.55, 2026-07-01: 120}
            fixed-rate-agreements:
              - {contract: C-FIX, currency: EUR, rate: 200}
            fiscal-periods:
              - {from: 2025-01-01, to: 2025-12-31, status: closed}
              - {from: 2026-01-01, to: 2026-12-31, status: open}
            sales-tax-codes:
              CITY: {name: City tax, percentage: 2.125}
              INC: {name: Contained, percentage: 19, included: true}
              INC2: {name: Contained as well, percentage: 5, included: true}
              STATE: {name: State tax, percentage: 7.5}
            sales-tax-groups:
              EVERY: [CITY, INC, INC2, STATE]
            item-sales-tax-groups:
              BOTH: [CITY, STATE]
              ONE: [STATE]
              CITYONLY: [CITY]
              INC: [INC]
              INCBOTH: [INC, INC2]
            sales-tax-group-defaults:
              customers: {US-001: EVERY, US-NOTERMS: EVERY, US-HOLD: EVERY}
            line-properties:
              Chargeable: {id: Charge, name: Chargeable, chargeable: true, accrue-revenue: true}
              Not specified: {id: Charge, name: Chargeable, chargeable: true, accrue-revenue: true}
              Non Chargeable: {id: NonCharge, chargeable: false, accrue-revenue: false}
              Complimentary: {id: Free, chargeable: false, accrue-revenue: false}
              Not Available: {id: None, chargeable: false, accrue-revenue: false}
            project-categories:
              Work: {class: Time, default: true}
              Work BOTH: {class: Time, item-sales-tax-group: BOTH}
              Work ONE: {class: Time, item-sales-tax-group: ONE}
              Work CITYONLY: {class: Time, item-sales-tax-group: CITYONLY}
              Work INC: {class: Time, item-sales-tax-group: INC}
              Work INCBOTH: {class: Time, item-sales-tax-group: INCBOTH}
            accounting-profiles:
              company: {accrue-revenue: true, on-account: balance}
              projects:
                PLAIN: {accrue-revenue: false, on-account: balance}
                FPPL: {accrue-revenue: false, on-account: profit-and-loss}
            posting-accounts:
              cost: {company: A-cost}
              payroll-allocation: {company: A-payroll-allocation}
              expense-offset: {company: A-expense-offset}
              item-offset: {company: A-item-offset}
              wip-sales-value: {company: A-wip-sales-value}
              accrued-revenue-sales-value: {company: A-accrued-revenue-sales-value}
              invoiced-revenue: {company: A-invoiced-revenue}
              invoiced-revenue-on-account: {company: A-invoiced-revenue-on-account}
              wip-invoiced-on-account: {company: A-wip-invoiced-on-account}
              customer-balance: {company: A-customer-balance}
              sales-tax: {company: A-sales-tax}
              penny-difference: {company: A-penny-difference}
              accrued-revenue-correction: {company: A-correction}
            payment-terms:
              Net 30: 30
              Net 60: 60
            customers:
              US-001: {name: Contoso Retail, payment-terms: Net 30}
              US-NOTERMS: {name: Cash}
              US-HOLD: {name: On hold, on-hold: true}
              IC-DEMF: {name: Contoso Germany}
            intercompany-relations:
              demf: {customer: IC-DEMF}
            number-sequences:
              integration-journal: {prefix: USPM-}
              voucher: {prefix: PSV-}
              customer-invoice: {prefix: CIV-}
              accrued-revenue-journal: {prefix: ARJ-}
              accrued-revenue-voucher: {prefix: ARV-}
        """
}

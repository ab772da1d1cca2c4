import Bus
public import Contracts
public import Database
import YAML

/// Finance's project management parameters.
public struct ProjectParameters: Hashable, Sendable {
    /// *Period unit on Project Operations Integration journal* (`domain.md` §6.10.2).
    public enum PeriodUnit: String, DatabaseLabel {
        case days, months, years, all
    }

    /// Which date of a journal line finds its exchange rate (`domain.md` §9.5).
    public enum ExchangeRateDate: String, DatabaseLabel {
        case accounting, document
    }

    /// Which rates a credit has (`domain.md` §9.5): those of its own invoice's date, or those of the invoice that it takes
    /// back.
    public enum CreditExchangeRate: String, DatabaseLabel {
        case invoice, original
    }

    /// Where the billing sales tax group comes from (`domain.md` §6.13).
    public enum SalesTaxGroupMethod: String, DatabaseLabel {
        case project, contract, customer
        /// Project, then contract, then customer.
        case search
    }

    /// Where the part of a sales tax goes that its code calls not deductible.
    ///
    /// The sources do not say what that is on a customer's invoice; a tax that a seller charges is owed whole, whatever a
    /// buyer could deduct of it, so that the default changes nothing but what the tax transaction tells.
    public enum NonDeductibleSalesTax: String, DatabaseLabel {
        /// To the sales tax account, as the rest.
        case payable
        /// To the account of the line, as Finance does on purchases: the seller keeps it.
        case lineAccount = "line-account"
    }

    /// Where material's item sales tax group comes from (`domain.md` §6.13); the sources name no default.
    public enum MaterialItemSalesTaxGroupFrom: String, DatabaseLabel {
        /// The project category.
        case category
        /// The released product.
        case item
    }

    public var journalPeriodUnit = PeriodUnit.months
    /// *Limit the integration journal lines per header*.
    public var journalLineLimit = 200
    /// *Automatically set accounting date to open ledger period*.
    public var setsAccountingDateToOpenPeriod = true
    /// An invoice date that is moved to an open period is moved so many days at most.
    public var mostDaysToOpenPeriod = 31
    public var exchangeRateDate = ExchangeRateDate.accounting
    public var creditExchangeRate = CreditExchangeRate.invoice
    public var salesTaxGroupMethod = SalesTaxGroupMethod.search
    /// *Fixed price milestone item sales tax group*.
    public var milestoneItemSalesTaxGroup: String?
    public var materialItemSalesTaxGroupFrom = MaterialItemSalesTaxGroupFrom.category
    public var nonDeductibleSalesTax = NonDeductibleSalesTax.payable
    /// *Transfer all lines with posting errors to a new journal* (`domain.md` §6.11); without it a bad line keeps its
    /// whole journal from being posted.
    public var transfersLinesWithPostingErrors = true
    /// *Actuals validation* (`domain.md` §6.14): rows wait a while before they become lines, and a line whose actual
    /// Dataverse no longer has stays as *Invalid actuals*.
    public var validatesActuals = false
    /// So many minutes a row waits before it is validated, and can become a line.
    public var validationWaitMinutes = 5
    /// So many hours after which a posting that nobody carries out is stuck (`domain.md` §6.11, §6.14).
    public var stuckAfterHours = 24
    /// Whether a proposal is posted only when it is approved (`domain.md` §6.13, *Workflow*).
    public var approvesProposals = false
    /// *As of date* of beginning balances: what is dated on it or before goes to a beginning-balance journal
    /// (`domain.md` §6.10.17). Nil for none.
    public var beginningBalanceDate: CalendarDate?
    /// The item sales tax group of retainers, their deductions and refunds (`domain.md` §9.11); none, no tax.
    public var retainerItemSalesTaxGroup: String?

    /// *Line discount* category: where line discounts are posted by themselves, and sales without regard to them
    /// (`domain.md` §6.13). Nil when sales are posted net.
    public var lineDiscountCategory: String?

    public init() {}
}

struct ProjectParametersRow: SetupRow {
    static let table = "project_parameters"
    static let section = "parameters"

    var company: Company
    var parameters = ProjectParameters()

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        let known = row?.parameters
        let company: Company = try column("data_area_id", row?.company)
        var parameters = ProjectParameters()
        parameters.journalPeriodUnit = try column("journal_period_unit", known?.journalPeriodUnit)
        parameters.journalLineLimit = try column("journal_line_limit", known?.journalLineLimit, as: Int32.self)
        parameters.setsAccountingDateToOpenPeriod = try column(
            "set_accounting_date_to_open_period", known?.setsAccountingDateToOpenPeriod)
        parameters.mostDaysToOpenPeriod = try column(
            "most_days_to_open_period", known?.mostDaysToOpenPeriod, as: Int32.self)
        parameters.exchangeRateDate = try column("exchange_rate_date", known?.exchangeRateDate)
        parameters.creditExchangeRate = try column("credit_exchange_rate", known?.creditExchangeRate)
        parameters.salesTaxGroupMethod = try column("sales_tax_group_method", known?.salesTaxGroupMethod)
        parameters.milestoneItemSalesTaxGroup = try column(
            "milestone_item_sales_tax_group", known?.milestoneItemSalesTaxGroup)
        parameters.transfersLinesWithPostingErrors = try column(
            "transfer_lines_with_posting_errors", known?.transfersLinesWithPostingErrors)
        parameters.validatesActuals = try column("validate_actuals", known?.validatesActuals)
        parameters.validationWaitMinutes = try column(
            "validation_wait_minutes", known?.validationWaitMinutes, as: Int32.self)
        parameters.stuckAfterHours = try column("stuck_after_hours", known?.stuckAfterHours, as: Int32.self)
        parameters.approvesProposals = try column("approve_proposals", known?.approvesProposals)
        parameters.retainerItemSalesTaxGroup = try column(
            "retainer_item_sales_tax_group", known?.retainerItemSalesTaxGroup)
        parameters.materialItemSalesTaxGroupFrom = try column(
            "material_item_sales_tax_group_from", known?.materialItemSalesTaxGroupFrom)
        parameters.nonDeductibleSalesTax = try column("non_deductible_sales_tax", known?.nonDeductibleSalesTax)
        parameters.beginningBalanceDate = try column("beginning_balance_date", known?.beginningBalanceDate)
        parameters.lineDiscountCategory = try column("line_discount_category", known?.lineDiscountCategory)
        return ProjectParametersRow(company: company, parameters: parameters)
    }

    var entry: SetupEntry {
        .keys(
            [Self.section],
            [
                "journal-period-unit": YAMLValue(parameters.journalPeriodUnit),
                "journal-line-limit": YAMLValue(parameters.journalLineLimit),
                "set-accounting-date-to-open-period": YAMLValue(parameters.setsAccountingDateToOpenPeriod),
                "most-days-to-open-period": YAMLValue(parameters.mostDaysToOpenPeriod),
                "exchange-rate-date": YAMLValue(parameters.exchangeRateDate),
                "credit-exchange-rate": YAMLValue(parameters.creditExchangeRate),
                "sales-tax-group-method": YAMLValue(parameters.salesTaxGroupMethod),
                "milestone-item-sales-tax-group": .text(orNil: parameters.milestoneItemSalesTaxGroup),
                "transfer-lines-with-posting-errors": YAMLValue(parameters.transfersLinesWithPostingErrors),
                "validate-actuals": YAMLValue(parameters.validatesActuals),
                "validation-wait-minutes": YAMLValue(parameters.validationWaitMinutes),
                "stuck-after-hours": YAMLValue(parameters.stuckAfterHours),
                "approve-proposals": YAMLValue(parameters.approvesProposals),
                "retainer-item-sales-tax-group": .text(orNil: parameters.retainerItemSalesTaxGroup),
                "material-item-sales-tax-group-from": YAMLValue(parameters.materialItemSalesTaxGroupFrom),
                "non-deductible-sales-tax": YAMLValue(parameters.nonDeductibleSalesTax),
                "beginning-balance-date": parameters.beginningBalanceDate.map { YAMLValue($0) },
                "line-discount-category": .text(orNil: parameters.lineDiscountCategory),
            ])
    }
}

extension CompanyReader {
    mutating func readParameters() throws(YAMLError) {
        var parameters = ProjectParameters()
        if let section = try node.optionalMapping(ProjectParametersRow.section) {
            try section.onlyKeys([
                "journal-period-unit", "journal-line-limit", "set-accounting-date-to-open-period",
                "most-days-to-open-period",
                "exchange-rate-date", "credit-exchange-rate", "sales-tax-group-method",
                "milestone-item-sales-tax-group", "retainer-item-sales-tax-group", "non-deductible-sales-tax",
                "transfer-lines-with-posting-errors", "validate-actuals", "validation-wait-minutes",
                "stuck-after-hours", "approve-proposals", "material-item-sales-tax-group-from",
                "beginning-balance-date", "line-discount-category",
            ])
            if let value = try section.optional("journal-period-unit") {
                parameters.journalPeriodUnit = try value.asLabel()
            }
            if let value = try section.optional("journal-line-limit") {
                parameters.journalLineLimit = try value.asInt(in: 1...1_000_000)
            }
            if let value = try section.optionalBool("set-accounting-date-to-open-period") {
                parameters.setsAccountingDateToOpenPeriod = value
            }
            if let value = try section.optional("most-days-to-open-period") {
                parameters.mostDaysToOpenPeriod = try value.asInt(in: 0...3_660)
            }
            if let value = try section.optional("exchange-rate-date") {
                parameters.exchangeRateDate = try value.asLabel()
            }
            if let value = try section.optional("credit-exchange-rate") {
                parameters.creditExchangeRate = try value.asLabel()
            }
            if let value = try section.optional("sales-tax-group-method") {
                parameters.salesTaxGroupMethod = try value.asLabel()
            }
            if let value = try section.optional("beginning-balance-date") {
                parameters.beginningBalanceDate = try value.asDate()
            }
            if let value = try section.optional("milestone-item-sales-tax-group") {
                parameters.milestoneItemSalesTaxGroup = try value.asName(
                    in: itemSalesTaxGroups, of: ItemSalesTaxGroupRow.section)
            }
            if let value = try section.optionalBool("transfer-lines-with-posting-errors") {
                parameters.transfersLinesWithPostingErrors = value
            }
            if let value = try section.optionalBool("validate-actuals") { parameters.validatesActuals = value }
            if let value = try section.optional("validation-wait-minutes") {
                parameters.validationWaitMinutes = try value.asInt(in: 0...1_440)
            }
            if let value = try section.optional("stuck-after-hours") {
                parameters.stuckAfterHours = try value.asInt(in: 1...8_760)
            }
            if let value = try section.optionalBool("approve-proposals") { parameters.approvesProposals = value }
            if let value = try section.optional("retainer-item-sales-tax-group") {
                parameters.retainerItemSalesTaxGroup = try value.asName(
                    in: itemSalesTaxGroups, of: ItemSalesTaxGroupRow.section)
            }
            if let value = try section.optional("material-item-sales-tax-group-from") {
                parameters.materialItemSalesTaxGroupFrom = try value.asLabel()
            }
            if let value = try section.optional("line-discount-category") {
                let fees = rows.projectCategories.lazy.map(\.category).filter { $0.transactionClass == .fee }
                parameters.lineDiscountCategory = try value.asName(
                    in: Set(fees.map(\.id)), of: "\(ProjectCategoryRow.section), as one of class Fee")
            }
            if let value = try section.optional("non-deductible-sales-tax") {
                parameters.nonDeductibleSalesTax = try value.asLabel()
            }
        }
        rows.parameters.append(ProjectParametersRow(company: company, parameters: parameters))
    }
}

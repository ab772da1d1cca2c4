import Contracts
import Database
public import Finance
import Service
public import Terminal

/// The options of every report: of which company, of which days, and in which form.
struct ReportArguments: ParsableArguments {
    @Option(help: "Only this company's.") var company: Company?
    @OptionGroup var days: DayOptions
    @OptionGroup var output: ReportOptions
    @OptionGroup var configuration: ConfigurationOptions

    init() {}

    var scope: ReportScope { ReportScope(company: company, from: days.from, to: days.to) }
}

/// The options of a report of how something stood.
struct StandingArguments: ParsableArguments {
    @Option(help: "Only this company's.") var company: Company?
    @Option(help: "As it stood at the end of this day; as it stands now when it is left out.") var to: CalendarDate?
    @OptionGroup var output: ReportOptions
    @OptionGroup var configuration: ConfigurationOptions

    init() {}

    var scope: ReportScope { ReportScope(company: company, to: to) }
}

extension ReportPeriod: ExpressibleByArgument {}
extension LedgerCurrency: ExpressibleByArgument {}

extension Money {
    /// With two decimal places, or all of them when more are needed.
    var plain: String { text(precision: 2) }
}

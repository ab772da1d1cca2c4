import Contracts
import Database
public import Finance
import Service
public import Terminal

/// The options of every report: of which company, of which days, and in which form.
struct ReportArguments: ParsableArguments {
    @Option(help: "Only this company's.") var company: Company?
    @Option(help: "Only from this day on.") var from: CalendarDate?
    @Option(help: "Only up to this day.") var to: CalendarDate?
    @OptionGroup var output: ReportOptions
    @OptionGroup var configuration: ConfigurationOptions

    init() {}

    func validate() throws {
        if let from, let to, to < from { throw ValidationError("--from \(from) is after --to \(to).") }
    }

    var scope: ReportScope { ReportScope(company: company, from: from, to: to) }
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

import Contracts
import Terminal

/// From which day to which.
struct DayOptions: ParsableArguments {
    @Option(help: "Only from this day on.") var from: CalendarDate?
    @Option(help: "Only up to this day.") var to: CalendarDate?

    init() {}

    func validate() throws {
        if let from, let to, to < from { throw ValidationError("--from \(from) is after --to \(to).") }
    }
}

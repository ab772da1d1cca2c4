public import Contracts
public import Terminal

extension Company: ExpressibleByArgument {}

extension CalendarDate: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
        // 1900-01-01 is how systems write that there is none.
        if meansNone { return nil }
    }

    public static var expectation: String? { "a day, such as 2026-11-21" }
}

/// How many rows a list shows at most.
struct RowLimit: ExpressibleByArgument {
    let rows: Int

    init(_ rows: Int) { self.rows = rows }

    init?(argument: String) {
        guard let rows = Int(argument: argument), (1...1_000_000).contains(rows) else { return nil }
        self.rows = rows
    }

    var defaultValueDescription: String { "\(rows)" }
    static var expectation: String? { "a whole number from 1 to 1,000,000" }
}

/// How many brokers keep a partition.
struct ReplicationFactor: ExpressibleByArgument {
    let replicas: Int

    init?(argument: String) {
        guard let replicas = Int(argument: argument), (1...1_000).contains(replicas) else { return nil }
        self.replicas = replicas
    }

    var defaultValueDescription: String { "\(replicas)" }
    static var expectation: String? { "a whole number from 1 to 1,000" }
}

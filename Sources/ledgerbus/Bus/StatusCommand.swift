import Bus
import Database
import Kafka
import Operations
import Service
import Terminal

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the bus is: lag, outboxes, what waits, what failed.",
        discussion: """
            Asks the configured databases and the cluster, and shows what those say that answer. On Apache Kafka it also shows \
            who has which partitions. It exits with 0 when all is well, with 1 when something wants a person: a dead letter, a \
            partition that stands still, messages that nobody delivers or takes over; and with 3 when a source does not answer. \
            With --wait it first waits until nothing is on its way: outboxes are sent, consumers have no lag, postings are done; \
            its code is then 0 when that is so, and 1 when it takes too long or messages wait in a paused map. With --watch it \
            goes on until Ctrl-C.
            """,
        examples: [
            "ledgerbus status", "ledgerbus status --json", "ledgerbus status --wait 60", "ledgerbus status --watch 5",
        ])

    @Option(help: ArgumentHelp("Wait until nothing is on its way, so many seconds at most.", valueName: "seconds"))
    var wait: Int?
    @Option(help: ArgumentHelp("Show it again every so many seconds.", valueName: "seconds"))
    var watch: WatchInterval?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    /// A source did not answer.
    static let partial = ExitCode(3)

    func run() throws {
        var source = try StatusSource(configuration.reader())
        let shutdown = GracefulShutdown()
        let trap = SignalTrap(requesting: shutdown)
        defer { trap.cancel() }
        if let watch { return try follow(&source, every: watch, shutdown) }
        let deadline = ContinuousClock.now + .seconds(wait ?? 0)
        var rates = Rates()
        var status = BusStatus()
        var took = try ContinuousClock().measure { status = try source.ask() }
        while status.underWay > 0 || !status.missing.isEmpty, ContinuousClock.now < deadline {
            // Most of the time it asks nothing, however long the answers take.
            if shutdown.wait(upTo: max(.milliseconds(200), took * 4)) {
                throw Interruption("Interrupted while waiting.")
            }
            took = try ContinuousClock().measure { status = try source.ask() }
        }
        if output.json {
            try JSONOutput.print(status)
        } else {
            // What is taken over in half a second tells how fast it goes.
            rates.add(status, at: .now)
            if wait == nil, status.missing.isEmpty, status.underWay > 0, !shutdown.wait(upTo: .milliseconds(500)) {
                status = try source.ask()
                rates.add(status, at: .now)
            }
            StatusScreen(status: status, rates: rates).print()
        }
        try judge(status)
    }

    private func follow(
        _ source: inout StatusSource, every watch: WatchInterval, _ shutdown: GracefulShutdown
    ) throws {
        var rates = Rates()
        while true {
            let status = try source.ask()
            rates.add(status, at: .now)
            if output.json {
                try JSONOutput.print(status)
            } else {
                if StandardStream.output.isTerminal { StandardStream.output.clear() }
                StatusScreen(status: status, rates: rates).print()
                if !StandardStream.output.isTerminal { StandardStream.output.print() }
            }
            if shutdown.wait(upTo: .seconds(watch.seconds)) { throw ExitCode.interrupted }
        }
    }

    private func judge(_ status: BusStatus) throws {
        guard status.missing.isEmpty else {
            if output.json { throw Self.partial }
            for missing in status.missing {
                StandardStream.error.print("not known, since \(missing.source) does not answer: \(missing.reason)")
            }
            throw Self.partial
        }
        if wait != nil {
            guard status.underWay == 0 else {
                throw CommandFailure("\(Int(status.underWay).grouped) messages and postings are still on their way.")
            }
            guard status.paused == 0 else {
                let maps = status.pausedMaps.map(\.rawValue).sorted().joined(separator: ", ")
                throw CommandFailure(
                    """
                    \(Int(status.paused).grouped) messages wait for maps that are paused (\(maps)): see ledgerbus maps
                    """)
            }
        } else if !status.problems.isEmpty {
            throw ExitCode.failure
        }
    }
}

/// From one second to an hour.
struct WatchInterval: ExpressibleByArgument {
    let seconds: Int

    init?(argument: String) {
        guard let seconds = Int(argument: argument), (1...3_600).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    static var expectation: String? { "a whole number from 1 to 3,600" }
}

/// Who is asked, whether they answer or not.
struct StatusSource {
    private struct Asked {
        let side: Side
        let configuration: BusConfiguration
        var connection: Connection?
    }

    private let reader: ConfigReader
    private var sides: [Asked]

    /// - throws: `ConfigError`.
    init(_ reader: ConfigReader) throws {
        self.reader = reader
        sides = try Side.configured(reader).map { side in
            _ = try reader.databaseURL(side: side)
            return Asked(side: side, configuration: try side.configuration(reader))
        }
    }

    /// - throws: what waiting does not cure, such as a schema of another version.
    mutating func ask() throws -> BusStatus {
        var status = BusStatus()
        for index in sides.indices {
            let side = sides[index].side
            do {
                let connection = try sides[index].connection ?? side.connect(reader)
                sides[index].connection = connection
                try status.add(side, connection, sides[index].configuration)
            } catch let error as DatabaseError {
                sides[index].connection = nil
                status.miss(side.rawValue, error)
            }
        }
        return status
    }
}

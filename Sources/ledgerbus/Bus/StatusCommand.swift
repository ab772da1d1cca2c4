import Bus
import Kafka
import Operations
import Service
import Terminal

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the bus is: lag, outboxes, what waits, what failed.",
        discussion: """
            Asks the configured databases and the cluster. On Apache Kafka it also shows who has which partitions. With --wait \
            it first waits until nothing is on its way: outboxes are sent, consumers have no lag, postings are done; it exits \
            with 1 when that takes too long.
            """,
        examples: ["ledgerbus status", "ledgerbus status --json", "ledgerbus status --wait 60"])

    @Option(help: ArgumentHelp("Wait until nothing is on its way, so many seconds at most.", valueName: "seconds"))
    var wait: Int?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try configuration.reader()
        let sides = try Side.configured(reader).map { side in
            var configuration = try side.configuration(reader)
            configuration.kafka = try configuration.kafka.detectingEmbedded()
            return (side: side, connection: try side.connect(reader), configuration: configuration)
        }
        let shutdown = GracefulShutdown()
        let trap = SignalTrap(requesting: shutdown)
        defer { trap.cancel() }
        let deadline = ContinuousClock.now + .seconds(wait ?? 0)
        var status = BusStatus()
        while true {
            status = BusStatus()
            for side in sides { try status.add(side.side, side.connection, side.configuration) }
            if status.underWay == 0 || ContinuousClock.now >= deadline { break }
            if shutdown.wait(upTo: .milliseconds(200)) { throw Interruption("Interrupted while waiting.") }
        }
        if output.json { try JSONOutput.print(status) } else { show(status) }
        if wait != nil, status.underWay > 0 {
            throw CommandFailure("\(Int(status.underWay).grouped) messages and postings are still on their way.")
        }
    }

    private func show(_ status: BusStatus) {
        let out = StandardStream.output
        var sides = Table(
            columns: [
                "side", .number("to publish"), .number("oldest"), "relay", .number("dead letters"),
                .number("waiting"),
            ])
        for side in status.sides {
            sides.append(
                side.side, Int(side.outboxPending).grouped,
                side.outboxOldestSeconds.map { Duration.seconds($0).readable } ?? "",
                side.relay ?? "none", Int(side.deadLetters).grouped, Int(side.waitingMessages).grouped)
        }
        sides.print()
        for side in status.sides {
            guard let failure = side.relayFailure else { continue }
            out.print("\(side.side): not delivered, seen \(side.relayFailureAt ?? ""): \(failure)")
        }
        out.print()
        var consumers = Table(columns: ["consumer", "topic", .number("lag"), "shared by"])
        for consumer in status.consumers {
            let members = consumer.members.filter { !$0.partitions.isEmpty }.map { member in
                "\(member.client)\(member.host): \(member.partitions.map(String.init).joined(separator: ","))"
            }
            consumers.append(
                consumer.consumer, consumer.topic, consumer.lag.map { Int($0).grouped } ?? "gone",
                members.joined(separator: "  "))
        }
        consumers.print()
        out.print()
        var counts = Table(columns: ["side", "what", .number("count")])
        for count in status.counts { counts.append(count.side, count.what, Int(count.count).grouped) }
        counts.print()
    }
}

import Bus
import Kafka
import Operations
import Service
import Terminal

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the bus is: lag, outboxes, what waits, what failed.",
        discussion:
            "Asks the configured databases and the cluster. On Apache Kafka it also shows who has which partitions.",
        examples: ["ledgerbus status", "ledgerbus status --json"])

    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try configuration.reader()
        var status = BusStatus()
        for side in try Side.configured(reader) {
            var configuration = try side.configuration(reader)
            configuration.kafka = try configuration.kafka.detectingEmbedded()
            try status.add(side, side.connect(reader), configuration)
        }
        if output.json { return try JSONOutput.print(status) }
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

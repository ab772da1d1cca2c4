import Bus
import Operations
import Service
import Terminal

/// How fast consumers take messages over, by what they had taken over before.
struct Rates {
    private var last: (at: ContinuousClock.Instant, taken: [String: Int64])?
    private var perSecond: [String: Double] = [:]

    mutating func add(_ status: BusStatus, at now: ContinuousClock.Instant) {
        let taken = Dictionary(status.consumers.map { (Self.key($0), $0.taken) }) { first, _ in first }
        if let last, now > last.at {
            let seconds = (now - last.at).inSeconds
            perSecond = taken.reduce(into: [:]) { rates, entry in
                guard let before = last.taken[entry.key] else { return }
                rates[entry.key] = Double(max(0, entry.value - before)) / seconds
            }
        }
        last = (now, taken)
    }

    private static func key(_ consumer: ConsumerState) -> String { "\(consumer.consumer) \(consumer.topic)" }

    /// Messages a second; nothing when it is not known.
    func text(_ consumer: ConsumerState) -> String {
        guard let rate = perSecond[Self.key(consumer)] else { return "" }
        return "\(Int(rate.rounded()).grouped)/s"
    }
}

/// A status, for people.
struct StatusScreen {
    let status: BusStatus
    let rates: Rates

    /// So many partitions and causes are named.
    private static let most = 6

    func print() {
        let out = StandardStream.output
        printSides()
        out.print()
        printConsumers()
        out.print()
        if !status.causes.isEmpty {
            printCauses()
            out.print()
        }
        var counts = Table(columns: ["side", "what", .number("count")])
        for count in status.counts { counts.append(count.side, count.what, Int(count.count).grouped) }
        counts.print()
        let paused = status.maps.filter { $0.state == .paused }.map(\.map)
        if !paused.isEmpty { out.print("\nmaps paused: \(paused.joined(separator: ", "))") }
        if !status.problems.isEmpty {
            out.print("\nwhat wants a person:")
            for problem in status.problems { out.print("  \(problem)") }
        }
    }

    private func printSides() {
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
        for missing in status.missing where missing.source != BusStatus.kafka {
            sides.append(missing.source, "?", "", "?", "?", "?")
        }
        sides.print()
        for side in status.sides {
            guard let failure = side.relayFailure else { continue }
            StandardStream.output.print("\(side.side): not delivered, seen \(side.relayFailureAt ?? ""): \(failure)")
        }
    }

    private func printConsumers() {
        let isKafkaKnown = !status.missing.contains { $0.source == BusStatus.kafka }
        var consumers = Table(
            columns: [
                "consumer", "topic", .number("lag"), "by partition", .number("rate"), .number("processes"), "shared by",
            ])
        for consumer in status.consumers {
            let behind = consumer.partitions.filter { $0.lag ?? 0 > 0 || $0.heldReason != nil }
            let partitions = behind.prefix(Self.most).map { partition in
                let held = partition.heldReason == nil ? "" : " held"
                return "\(partition.partition): \(partition.lag.map { Int($0).grouped } ?? "?")\(held)"
            }
            let members = consumer.members.filter { !$0.partitions.isEmpty }.map { member in
                "\(member.client)\(member.host): \(member.partitions.map(String.init).joined(separator: ","))"
            }
            consumers.append(
                consumer.consumer, consumer.topic,
                consumer.lag.map { Int($0).grouped } ?? (isKafkaKnown ? "gone" : "?"),
                partitions.joined(separator: ", ") + (behind.count > Self.most ? ", …" : ""), rates.text(consumer),
                consumer.processes == 0 && consumer.members.isEmpty ? "none" : "\(consumer.processes)",
                members.joined(separator: "  "))
        }
        consumers.print()
    }

    private func printCauses() {
        var causes = Table(columns: ["side", "cause", .number("count"), "last", "what was wrong with it"])
        for entry in status.causes.prefix(Self.most) {
            causes.append(
                entry.side, entry.cause.code, Int(entry.cause.count).grouped, entry.cause.at, entry.cause.newest)
        }
        causes.print()
    }
}

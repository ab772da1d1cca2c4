public import Bus
import Database
import Service
public import Terminal

extension TableMap: ExpressibleByArgument {}

struct MapsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maps", abstract: "See the table maps, pause them and resume them.",
        discussion: """
            A paused map's messages stay in Kafka, in their order, without a limit of days or bytes but its disk's; all else \
            goes on. What needs the map waits: an invoice whose actuals are paused has an open proposal, and no lines.
            """,
        examples: [
            "ledgerbus maps list", "ledgerbus maps pause invoices --reason 'month end'",
            "ledgerbus maps resume invoices",
        ],
        subcommands: [List.self, Pause.self, Resume.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "List each map: from where to where, running, paused or catching up, since when, by whom and why.",
            discussion: """
                catching up is a map that runs and has messages that have not taken effect. It exits with 1 when the cluster does \
                not answer; the lag is missing then.
                """,
            examples: ["ledgerbus maps list", "ledgerbus maps list --json"])

        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let lists = try Side.configured(reader).map { side in
                try TableMapList(into: side, side.connect(reader), side.configuration(reader))
            }
            let maps = lists.flatMap(\.maps).sorted { Self.place($0) < Self.place($1) }
            if output.json { try JSONOutput.print(maps) } else { show(maps) }
            if let failure = lists.compactMap(\.clusterFailure).first {
                throw CommandFailure("The lag is not known: \(failure)")
            }
        }

        /// What others depend on comes first.
        private static func place(_ map: TableMapList.Map) -> Int {
            TableMap.allCases.firstIndex { $0.rawValue == map.map } ?? 0
        }

        private func show(_ maps: [TableMapList.Map]) {
            var table = Table(
                columns: [
                    "map", "from", "to", "state", .number("lag"), "since", "by", "why", "depends on", "consumer",
                    "topics",
                ])
            for map in maps {
                table.append(
                    map.map, map.from, map.to, map.pausedWith.map { "\(map.state) with \($0)" } ?? map.state,
                    map.lag.map { Int($0).grouped } ?? "", map.since ?? "", map.by ?? "", map.reason ?? "",
                    map.dependsOn ?? "", map.consumer, map.topics.joined(separator: ", "))
            }
            table.print()
        }
    }

    struct Pause: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pause a map, and those that depend on it: nothing of them takes effect until they are resumed.",
            discussion: """
                actuals depend on invoices, and connections on actuals. Running consumers follow within seconds; nothing is \
                restarted, and a restart changes nothing. Posting of what is staged goes on: pausing accounting-detail keeps what \
                it makes from Dataverse. Who paused a map first, and why, stays.
                """,
            examples: [
                "ledgerbus maps pause invoices --reason 'month end'", "ledgerbus maps pause actuals --alone",
            ])

        @Argument(help: "The map: invoices, actuals, connections or accounting-detail.") var map: TableMap
        @Option(help: "Why, for those who find it paused.") var reason: String?
        @Flag(help: "Leave the maps that depend on it running.") var alone = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let connection = try map.destination.connect(
                reader, for: OperatorRun(command: "maps pause", of: map.rawValue, because: reason))
            let paused = try TableMapSwitching.pause(map, alone: alone, because: reason, on: connection)
            if output.json { return try JSONOutput.print(["paused": paused.map(\.rawValue)]) }
            let out = StandardStream.output
            if paused.isEmpty {
                let last = try TableMapStore.switches(on: connection)[map]
                return out.print(
                    "\(map.rawValue) is paused already, since \(last?.changedAt.text() ?? "") by \(last?.changedBy ?? "")."
                )
            }
            out.print(
                "Paused: \(paused.map(\.rawValue).joined(separator: ", ")). Running consumers follow within seconds.")
            let running = alone ? map.dependents.map(\.rawValue) : []
            if !running.isEmpty {
                out.print("\(running.joined(separator: ", ")), which depend on it, are left as they are.")
            }
        }
    }

    struct Resume: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Resume a map, and those that were paused with it: they catch up from where they were.",
            discussion: "A map that was paused for itself stays paused until it is resumed for itself.",
            examples: ["ledgerbus maps resume invoices"])

        @Argument(help: "The map: invoices, actuals, connections or accounting-detail.") var map: TableMap
        @Option(help: "Why.") var reason: String?
        @Flag(help: "Leave the maps that were paused with it paused.") var alone = false
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let connection = try map.destination.connect(
                reader, for: OperatorRun(command: "maps resume", of: map.rawValue, because: reason))
            let resumed = try TableMapSwitching.resume(map, alone: alone, because: reason, on: connection)
            if output.json { return try JSONOutput.print(["resumed": resumed.map(\.rawValue)]) }
            let out = StandardStream.output
            guard !resumed.isEmpty else { return out.print("\(map.rawValue) runs already.") }
            out.print(
                "Resumed: \(resumed.map(\.rawValue).joined(separator: ", ")). Running consumers follow within seconds.")
            let paused = try TableMapStore.switches(on: connection)
            if let needed = map.dependsOn, paused[needed]?.state == .paused {
                out.print("\(needed.rawValue), on which it depends, stays paused: its rows wait for it.")
            }
        }
    }
}

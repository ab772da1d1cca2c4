import Bus
import Contracts
import Database
import Finance
import Kafka
public import Service

/// Measures the stages of the bus and the whole way, each against the plain rate of the machine in the same run.
public struct Bench {
    /// What is measured by itself.
    public enum Stage: String, CaseIterable, Sendable {
        case relay
        case staging
        case importing = "import"
        case posting
        case writeBack = "write-back"
    }

    public struct Options: Sendable {
        /// Where the private cluster and the files of the bench go.
        public var directory: String
        /// The folder of the executables.
        public var binaries: String
        /// The brokers; nil is an embedded one.
        public var bootstrapServers: String?
        /// The databases; nil is a private cluster.
        public var databaseURLs: (dataverse: String, finance: String)?
        /// Of the topics; nil is as they are declared.
        public var replication: Int?
        public var stages: [Stage] = Stage.allCases
        /// The rows that a stage is measured with; nil is what suits the broker.
        public var rows: Int?
        /// The invoices that go the whole way, by their number of lines.
        public var lines: [Int] = []
        /// Leaves databases, topics and files for a look.
        public var isKept = false

        public init(directory: String, binaries: String) {
            self.directory = directory
            self.binaries = binaries
        }
    }

    /// The longest invoice that goes the whole way on an embedded broker.
    public static let mostEmbeddedLines = 100_000

    private let options: Options
    private let logger: Logger
    private let shutdown: GracefulShutdown
    private let progress: (String) -> Void

    /// - parameter progress: called with what is done next.
    public init(
        _ options: Options, logger: Logger, shutdown: GracefulShutdown, progress: @escaping (String) -> Void
    ) {
        self.options = options
        self.logger = logger
        self.shutdown = shutdown
        self.progress = progress
    }

    /// - throws: ``BenchRefusal``, `ClusterError`, `DatabaseError`, `KafkaError` what a stage meets;
    ///   `CancellationError` on a shutdown. Nothing is left running.
    public func run() throws -> BenchReport {
        let ground = try BenchGround(options)
        defer { ground.end() }
        let connection = try Connection(url: ground.financeURL, applicationName: "ledgerbus bench")
        var report = BenchReport(machine: try BenchMachine(kafka: ground.kafka, database: connection))
        report.stages = try measureStages(ground)
        report.wholeWays = try options.lines.map { try goTheWholeWay(ground, lines: $0) }
        if let reference = report.wholeWays.first(where: { $0.lines == 10_000 })?.microsecondsPerLine {
            for place in report.wholeWays.indices {
                report.wholeWays[place].costToTenThousand =
                    report.wholeWays[place].microsecondsPerLine / reference
            }
        }
        return report
    }

    private func measureStages(_ ground: BenchGround) throws -> [StageFigure] {
        var figures: [StageFigure] = []
        if options.stages.contains(where: { $0 == .relay || $0 == .staging }) {
            figures += try measureByMessages(ground)
        }
        let steps = options.stages.flatMap(\.steps)
        guard !steps.isEmpty else { return figures }
        let lines = options.rows ?? (ground.kafka.isEmbedded ? 10_000 : 50_000)
        let whole = try goTheWholeWay(ground, lines: lines, isWriteBackLast: true)
        for (name, rowsPerLine) in steps {
            guard let step = whole.steps.first(where: { $0.name == name }) else { continue }
            figures.append(StageFigure(stage: name, rows: lines * rowsPerLine, took: .seconds(step.seconds)))
        }
        return figures
    }

    private func goTheWholeWay(
        _ ground: BenchGround, lines: Int, isWriteBackLast: Bool = false
    ) throws -> WholeWayFigure {
        try ground.emptyDatabases()
        let configuration = try ground.makeTopics("lines-\(lines)\(isWriteBackLast ? "-stages" : "")")
        var options = PrivateBus.Options(binaries: options.binaries)
        options.databaseURLs = (ground.dataverseURL, ground.financeURL)
        if let servers = self.options.bootstrapServers {
            options.bootstrapServers = servers
            options.topicPrefix = configuration.topicPrefix
        }
        let bus = try PrivateBus(directory: "\(self.options.directory)/\(lines)", options: options)
        defer { bus.stop() }
        try ground.settle()
        let figure = try WholeWayBench(
            bus: bus, binaries: self.options.binaries, lines: lines, isWriteBackLast: isWriteBackLast,
            shutdown: shutdown, progress: progress
        ).run()
        bus.stop()
        try ground.deleteTopics(configuration)
        return figure
    }

    private func measureByMessages(_ ground: BenchGround) throws -> [StageFigure] {
        let rows = options.rows ?? (ground.kafka.isEmbedded ? 20_000 : 300_000)
        progress("encoding \(rows) actuals in memory")
        let configuration = try ground.makeTopics("plain")
        let messages = try BenchMessages(count: rows, choices: configuration.choices)
        progress("producing \(rows) actuals by librdkafka alone")
        let plain = try produce(messages, configuration)
        var figures: [StageFigure] = []
        if options.stages.contains(.relay) {
            progress("relaying \(rows) rows of an outbox")
            try prepareFinance(ground)
            let relayed = try ground.makeTopics("relay")
            let took = try RelayBench(
                configuration: relayed, databaseURL: ground.financeURL, rows: rows, shutdown: shutdown, logger: logger
            ).run()
            figures.append(StageFigure(stage: "relay", rows: rows, took: took, baseline: plain))
            try ground.deleteTopics(relayed)
        }
        if options.stages.contains(.staging) {
            progress("staging \(rows) actuals")
            try prepareFinance(ground)
            figures.append(
                try StagingBench(
                    configuration: configuration, databaseURL: ground.financeURL, rows: rows, shutdown: shutdown,
                    logger: logger
                ).run())
        }
        try ground.deleteTopics(configuration)
        return figures
    }

    private func prepareFinance(_ ground: BenchGround) throws {
        try ground.emptyDatabases()
        _ = try Migrations.migrate(url: ground.financeURL, FinanceSchema.migrations)
        try ground.settle()
    }

    private func produce(_ messages: BenchMessages, _ configuration: BusConfiguration) throws -> StageFigure.Baseline {
        let producer = try Producer(configuration.kafka, clientID: "ledgerbus bench")
        defer { producer.close(timeout: .seconds(5)) }
        let declaration = try TopicCatalogue().declaration(TopicName.actualCreated.rawValue)
        let constant = declaration?.constantHeaders(source: configuration.source) ?? []
        // The dead-letter topic takes the warm-up, so that the other has nothing but the rows.
        let warmUp = configuration.clusterName(TopicName.actualCreated.deadLetter)
        _ = try messages.produce(
            0..<min(RelayBench.warmUp, messages.count), to: warmUp, with: producer, constant: constant)
        let took = try messages.produce(
            0..<messages.count, to: configuration.clusterName(TopicName.actualCreated.rawValue), with: producer,
            constant: constant)
        return StageFigure.Baseline(name: "librdkafka alone", rows: messages.count, took: took)
    }
}

extension Bench.Stage {
    /// The steps of the whole way by which a stage is measured, and the rows a line that each of them works on.
    fileprivate var steps: [(name: String, rowsPerLine: Int)] {
        switch self {
        case .relay, .staging: []
        case .importing: [("import journals", 1), ("import proposal", 1)]
        case .posting: [("post journals", 1), ("post proposal", 1)]
        case .writeBack: [("write back", 2)]
        }
    }
}

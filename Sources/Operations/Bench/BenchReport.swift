/// What a bench measured.
public struct BenchReport: Sendable, Encodable {
    public let machine: BenchMachine
    public var stages: [StageFigure] = []
    public var wholeWays: [WholeWayFigure] = []
}

/// The speed of one stage, by itself.
public struct StageFigure: Sendable, Encodable {
    public let stage: String
    public let rows: Int
    public let seconds: Double
    public let perSecond: Double
    /// The plain rate of the machine for the same rows, in the same run.
    public let baseline: Baseline?
    /// The stage's rate by the baseline's.
    public let ratio: Double?

    public struct Baseline: Sendable, Encodable {
        public let name: String
        public let rows: Int
        public let seconds: Double
        public let perSecond: Double

        init(name: String, rows: Int, took: Duration) {
            self.name = name
            self.rows = rows
            seconds = took.seconds
            perSecond = Double(rows) / took.seconds
        }
    }

    init(stage: String, rows: Int, took: Duration, baseline: Baseline? = nil) {
        self.stage = stage
        self.rows = rows
        self.baseline = baseline
        seconds = took.seconds
        perSecond = Double(rows) / took.seconds
        ratio = baseline.map { Double(rows) / took.seconds / $0.perSecond }
    }
}

/// One invoice on the whole way, from the files to the actuals that are written back.
public struct WholeWayFigure: Sendable, Encodable {
    public let lines: Int
    public let steps: [Step]
    /// All steps together.
    public let seconds: Double
    public let microsecondsPerLine: Double
    /// The cost a line by that of the run of 10,000 lines.
    public var costToTenThousand: Double?
    /// The most memory that each process has had at once.
    public let peakMemory: [Memory]
    public let customerInvoice: String
    public let amount: String
    public let actualsUpdated: Int
    /// Voucher lines of the ledger; debits and credits are equal.
    public let ledgerEntries: Int

    public struct Step: Sendable, Encodable {
        public let name: String
        public let seconds: Double
        public let linesPerSecond: Double
    }

    public struct Memory: Sendable, Encodable {
        public let process: String
        public let megabytes: Double
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

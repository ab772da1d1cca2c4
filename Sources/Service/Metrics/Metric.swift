/// A quantity that a process measures: its name, its meaning, and what its series are told apart by.
///
/// Each is declared once, so that there is a catalogue of them:
///
/// ```swift
/// static let batches = Metric(counter: "ledgerbus_batches_total", "Batches that were written.", labels: ["consumer"])
/// ```
public struct Metric: Sendable, Hashable {
    public enum Kind: String, Sendable {
        /// A number that only grows while the process lives.
        case counter
        /// A number that goes up and down.
        case gauge
        /// How many observations were at most so large, and their sum.
        case histogram
    }

    /// As Prometheus wants names: with the base unit, and `_total` at the end of counters.
    public let name: String
    /// One sentence.
    public let help: String
    public let kind: Kind
    /// The names of the labels, in the order in which their values are given.
    public let labels: [String]
    /// The upper bounds of a histogram's buckets, ascending; the one without a bound is not among them.
    public let bounds: [Double]

    public init(counter name: String, _ help: String, labels: [String] = []) {
        self.init(name, help, .counter, labels, [])
    }

    public init(gauge name: String, _ help: String, labels: [String] = []) {
        self.init(name, help, .gauge, labels, [])
    }

    public init(histogram name: String, _ help: String, labels: [String] = [], bounds: [Double]) {
        self.init(name, help, .histogram, labels, bounds.sorted())
    }

    private init(_ name: String, _ help: String, _ kind: Kind, _ labels: [String], _ bounds: [Double]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.bounds = bounds
    }
}

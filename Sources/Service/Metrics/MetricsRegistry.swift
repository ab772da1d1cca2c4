import Synchronization

/// The measurements of one process, in the order in which they were first made.
///
/// A series is made when it is first asked for. Keep what is asked for often:
///
/// ```swift
/// let batches = registry.counter(.batches, "finance-consumer")
/// batches.increment()
/// ```
public final class MetricsRegistry: Sendable {
    enum Series: Sendable {
        case counter(Counter)
        case gauge(Gauge)
        case histogram(Histogram)
    }

    struct Family: Sendable {
        let metric: Metric
        var series: [[String]: Series] = [:]
    }

    private struct State {
        var families: [String: Family] = [:]
        var order: [String] = []
        var collectors: [@Sendable (MetricsRegistry) -> Void] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// - Parameter labels: the values of the metric's labels, in their order.
    public func counter(_ metric: Metric, _ labels: String...) -> Counter {
        let found = series(metric, labels, .counter) { .counter(Counter()) }
        guard case .counter(let counter) = found else { preconditionFailure("\(metric.name) is no counter") }
        return counter
    }

    /// - Parameter labels: the values of the metric's labels, in their order.
    public func gauge(_ metric: Metric, _ labels: String...) -> Gauge {
        let found = series(metric, labels, .gauge) { .gauge(Gauge()) }
        guard case .gauge(let gauge) = found else { preconditionFailure("\(metric.name) is no gauge") }
        return gauge
    }

    /// - Parameter labels: the values of the metric's labels, in their order.
    public func histogram(_ metric: Metric, _ labels: String...) -> Histogram {
        let found = series(metric, labels, .histogram) { .histogram(Histogram(bounds: metric.bounds)) }
        guard case .histogram(let histogram) = found else { preconditionFailure("\(metric.name) is no histogram") }
        return histogram
    }

    /// Records a counter that is counted elsewhere, such as by the kernel.
    public func record(total: Double, of metric: Metric) {
        let found = series(metric, [], .counter) { .gauge(Gauge()) }
        guard case .gauge(let gauge) = found else { preconditionFailure("\(metric.name) is counted here") }
        gauge.record(total)
    }

    /// The series of a gauge whose series come and go, all at once: one that is not named is no longer there.
    public func replace(_ metric: Metric, with values: [(labels: [String], value: Double)]) {
        check(metric, .gauge)
        var series: [[String]: Series] = [:]
        for (labels, value) in values {
            check(metric, labels)
            let gauge = Gauge()
            gauge.record(value)
            series[labels] = .gauge(gauge)
        }
        state.withLock { state in
            Self.open(metric, in: &state)
            state.families[metric.name]?.series = series
        }
    }

    /// Calls a closure before each reading, for what is cheap to measure and changes all the time.
    public func onCollect(_ collect: @escaping @Sendable (MetricsRegistry) -> Void) {
        state.withLock { $0.collectors.append(collect) }
    }

    /// All that was measured so far.
    func collect() -> [Family] {
        for collect in state.withLock({ $0.collectors }) { collect(self) }
        return state.withLock { state in state.order.compactMap { state.families[$0] } }
    }

    /// The names of the metrics that were measured so far.
    public var names: [String] { state.withLock { $0.order } }

    // MARK: -

    private func series(
        _ metric: Metric, _ labels: [String], _ kind: Metric.Kind, make: () -> Series
    ) -> Series {
        check(metric, kind)
        check(metric, labels)
        return state.withLock { state in
            Self.open(metric, in: &state)
            if let known = state.families[metric.name]?.series[labels] { return known }
            let fresh = make()
            state.families[metric.name]?.series[labels] = fresh
            return fresh
        }
    }

    private static func open(_ metric: Metric, in state: inout State) {
        if state.families[metric.name] == nil {
            state.families[metric.name] = Family(metric: metric)
            state.order.append(metric.name)
        }
    }

    private func check(_ metric: Metric, _ kind: Metric.Kind) {
        precondition(metric.kind == kind, "\(metric.name) is a \(metric.kind.rawValue)")
    }

    private func check(_ metric: Metric, _ labels: [String]) {
        precondition(labels.count == metric.labels.count, "\(metric.name) has the labels \(metric.labels)")
    }
}

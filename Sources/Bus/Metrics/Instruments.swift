public import Service

/// With what a part of a process measures itself and says how it is.
public struct Instruments: Sendable {
    public let metrics: MetricsRegistry
    public let health: Health

    /// Nobody reads them unless they are passed on.
    public init(metrics: MetricsRegistry = MetricsRegistry(), health: Health = Health()) {
        self.metrics = metrics
        self.health = health
    }
}

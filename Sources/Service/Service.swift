/// A part of a process that runs until it is done or told to stop.
public protocol Service: Sendable {
    /// Runs until done, or until ``GracefulShutdown/current`` is requested; then ends its work in good order and returns.
    ///
    /// - Throws: what it can't go on after; the whole group stops.
    func run() async throws
}

/// Which services run together, and how they end.
public struct ServiceGroupConfiguration: Sendable {
    /// A service of the group and what happens when it ends by itself.
    public struct ServiceConfiguration: Sendable {
        public enum TerminationBehavior: Sendable {
            /// The others are told to stop.
            case gracefullyShutdownGroup
            /// The others go on.
            case ignore
        }

        public var service: any Service
        public var name: String
        public var successTerminationBehavior: TerminationBehavior

        /// - Parameters:
        ///   - service: the service.
        ///   - name: as log lines call it; the type's name when nil.
        ///   - successTerminationBehavior: what happens when `run` returns without having been told to stop.
        public init(
            service: any Service, name: String? = nil,
            successTerminationBehavior: TerminationBehavior = .gracefullyShutdownGroup
        ) {
            self.service = service
            self.name = name ?? String(describing: type(of: service))
            self.successTerminationBehavior = successTerminationBehavior
        }
    }

    public var services: [ServiceConfiguration]

    /// Signals on which the services are told to stop. A second SIGINT leaves at once, with code 130.
    public var gracefulShutdownSignals: [UnixSignal]

    /// How long the services may take to stop; then the process leaves with code 1. For ever when nil.
    public var maximumGracefulShutdownDuration: Duration?

    public var logger: Logger

    /// What tells the services to stop.
    public var shutdown: GracefulShutdown

    /// How the process leaves when it can't wait; replaced by tests.
    var leave: @Sendable (Int32) -> Void = { LeaveProcess.now($0) }

    public init(
        services: [ServiceConfiguration], gracefulShutdownSignals: [UnixSignal] = [.sigterm, .sigint],
        maximumGracefulShutdownDuration: Duration? = .seconds(30), logger: Logger,
        shutdown: GracefulShutdown = GracefulShutdown()
    ) {
        self.services = services
        self.gracefulShutdownSignals = gracefulShutdownSignals
        self.maximumGracefulShutdownDuration = maximumGracefulShutdownDuration
        self.logger = logger
        self.shutdown = shutdown
    }

    public init(
        services: [any Service], gracefulShutdownSignals: [UnixSignal] = [.sigterm, .sigint],
        maximumGracefulShutdownDuration: Duration? = .seconds(30), logger: Logger,
        shutdown: GracefulShutdown = GracefulShutdown()
    ) {
        self.init(
            services: services.map { ServiceConfiguration(service: $0) },
            gracefulShutdownSignals: gracefulShutdownSignals,
            maximumGracefulShutdownDuration: maximumGracefulShutdownDuration, logger: logger, shutdown: shutdown)
    }
}

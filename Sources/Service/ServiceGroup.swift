import Foundation
import Synchronization

/// Runs services together: a signal stops them all, and so does the failure of one.
///
///     let group = ServiceGroup(configuration: .init(services: [consumer, importer], logger: logger))
///     try await group.run()
public final class ServiceGroup: Sendable {
    private let configuration: ServiceGroupConfiguration

    /// The names of the services that still run.
    private let running: Monitor<[Int: String]>

    public init(configuration: ServiceGroupConfiguration) {
        self.configuration = configuration
        running = Monitor([:])
    }

    public convenience init(services: [any Service], logger: Logger) {
        self.init(configuration: ServiceGroupConfiguration(services: services, logger: logger))
    }

    /// Tells the services to stop, as a signal does.
    public func triggerGracefulShutdown() {
        configuration.shutdown.request()
    }

    /// Runs the services until all have ended.
    ///
    /// - Throws: the error of the service that failed first.
    public func run() async throws {
        let configuration = configuration
        let shutdown = configuration.shutdown
        running.withLock { running in
            for (index, entry) in configuration.services.enumerated() { running[index] = entry.name }
        }
        let trap = SignalTrap(configuration.gracefulShutdownSignals) { signal in
            if signal == .sigint, shutdown.isRequested { configuration.leave(130) }
            configuration.logger.notice("stopping", metadata: [LogKey.signal: "\(signal)"])
            shutdown.request()
        }
        defer { trap.cancel() }
        shutdown.onRequest { [weak self] in self?.watchShutdown() }
        try await withTaskCancellationHandler {
            try await GracefulShutdown.$inherited.withValue(shutdown) { try await runServices() }
        } onCancel: {
            shutdown.request()
        }
    }

    private func runServices() async throws {
        var failure: (any Error)?
        await withTaskGroup(of: (Int, (any Error)?).self) { group in
            for (index, entry) in configuration.services.enumerated() {
                group.addTask {
                    do {
                        try await entry.service.run()
                        return (index, nil)
                    } catch {
                        return (index, error)
                    }
                }
            }
            for await (index, error) in group {
                running.withLock { $0[index] = nil }
                let cause = ended(configuration.services[index], error)
                failure = failure ?? cause
            }
        }
        if let failure { throw failure }
    }

    /// Draws the consequences of a service's end; gives back the error that counts as the group's, if it is one.
    private func ended(_ entry: ServiceGroupConfiguration.ServiceConfiguration, _ error: (any Error)?) -> (any Error)? {
        let shutdown = configuration.shutdown
        guard let error else {
            if entry.successTerminationBehavior == .gracefullyShutdownGroup { shutdown.request() }
            return nil
        }
        if error is CancellationError, shutdown.isRequested { return nil }
        configuration.logger.error(
            "service failed", metadata: [LogKey.service: "\(entry.name)", LogKey.error: "\(error)"])
        shutdown.request()
        return error
    }

    /// On a thread of its own, because services that don't stop may have blocked every other.
    private func watchShutdown() {
        guard let limit = configuration.maximumGracefulShutdownDuration else { return }
        let configuration = configuration
        let running = running
        _ = WorkerThread(name: "shutdown-watch") {
            let stopped: Bool? = running.wait(upTo: limit) { $0.isEmpty ? true : nil }
            guard stopped == nil else { return }
            let names = running.withLock { $0.values.sorted() }
            configuration.logger.critical(
                "services did not stop in time: leaving without them",
                metadata: [LogKey.service: .array(names.map { .string($0) })])
            configuration.leave(1)
        }
    }
}

enum LeaveProcess {
    /// Without running exit handlers, which may wait for the very thread that hangs.
    static func now(_ code: Int32) {
        fflush(nil)
        _exit(code)
    }
}

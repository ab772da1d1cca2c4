import Database
import Foundation
import Kafka
import Service
import Synchronization

/// Looks every few seconds how a process gets on with its work, measures it, and says why it is stuck.
///
/// It asks database and brokers on a connection of its own. That they answer is not what makes a process ready, but that
/// work is done; where nobody can tell whether there is any, it is not.
final class ProcessWatch: Service {
    struct Settings: Sendable {
        /// The rest between two looks; a look that takes long is followed by a longer one.
        var interval = Duration.seconds(5)
        /// How long work may wait while none is done.
        var patience = Duration.seconds(60)
        /// How long a database or brokers may not answer.
        var silence = Duration.seconds(20)
    }

    private let program: Program
    private let configuration: BusConfiguration
    private let databaseURL: String
    private let sources: [any WorkSource]
    private let instruments: Instruments
    private let settings: Settings
    /// Since when the look that is under way lasts.
    private let lookingSince = Mutex<ContinuousClock.Instant?>(nil)
    private let shutdown: GracefulShutdown
    private let logger: Logger

    init(
        _ program: Program, _ configuration: BusConfiguration, databaseURL: String, sources: [any WorkSource],
        _ instruments: Instruments, settings: Settings = Settings(), shutdown: GracefulShutdown, logger: Logger
    ) {
        self.program = program
        self.configuration = configuration
        self.databaseURL = databaseURL
        self.sources = sources
        self.instruments = instruments
        self.settings = settings
        self.shutdown = shutdown
        self.logger = logger
    }

    func run() async throws {
        let session = DatabaseSession(url: databaseURL, applicationName: "\(program.rawValue) health", logger: logger)
        let thread = WorkerThread(name: "health") { [self] in watch(session) }
        let timing = WorkerThread(name: "health timing") { [self] in time(session) }
        await shutdown.requested()
        session.cut()
        _ = try await runOnThread(name: "health end") { try timing.join(upTo: .seconds(1)) }
        // A look that waits for an answer is left to itself.
        _ = try await runOnThread(name: "health end") { try thread.join(upTo: .seconds(1)) }
    }

    /// A database that has fallen silent keeps the look itself: that is told, and its connection cut.
    private func time(_ session: DatabaseSession) {
        while !shutdown.wait(upTo: min(.seconds(1), settings.silence)) {
            guard let start = lookingSince.withLock({ $0 }), .now - start > settings.silence else { continue }
            instruments.metrics.gauge(BusMetrics.databaseUp).record(0)
            instruments.health.report(
                Looks.database, "nobody can tell whether there is work: no answer for \((.now - start).readable)")
            session.cut()
        }
    }

    private static let longestRest = Duration.seconds(30)

    private func watch(_ session: DatabaseSession) {
        var looks = Looks(settings, sources, instruments)
        // The process's own clients say what there is to say of brokers.
        var kafka = configuration.kafka
        kafka.log = nil
        var admin: Admin?
        while !shutdown.isRequested {
            let start = ContinuousClock.now
            lookingSince.withLock { $0 = start }
            looks.look(at: start) {
                do { return try session.open() } catch {
                    session.discard()
                    throw error
                }
            } admin: {
                let asked = try admin ?? Admin(kafka, clientID: program.rawValue, timeout: Admin.serviceTimeout)
                admin = asked
                return asked
            }
            lookingSince.withLock { $0 = nil }
            for (part, error) in looks.takeDenied() {
                logger.warning("cannot measure: \(error)", metadata: ["part": "\(part)"])
            }
            // A look that is work for the database is made more seldom, but not while it is awaited that it goes on, nor when
            // all that took so long was to wait for an answer.
            let isAtEase = instruments.health.isReady && !looks.isUnanswered
            let rest = isAtEase ? min((.now - start) * 10, Self.longestRest) : .zero
            shutdown.wait(upTo: max(settings.interval, rest))
        }
    }
}

/// What was seen of a process's work, from one look to the next.
struct Looks {
    private let settings: ProcessWatch.Settings
    private let sources: [any WorkSource]
    private let instruments: Instruments
    private var sights: [String: ProgressRule.Sight] = [:]
    private var last: ContinuousClock.Instant?
    /// Parts at which this role may not look, and those of them that were not told yet.
    private var known: Set<String> = []
    private var denied: [(part: String, error: any Error)] = []
    private var silentSince: [String: ContinuousClock.Instant] = [:]
    /// Database or brokers did not answer at the last look.
    private(set) var isUnanswered = false

    /// Looks are never so far apart, but those of a process that was frozen.
    private static let frozen = Duration.seconds(60)
    /// So many reasons of a part are told.
    private static let mostReasons = 3
    static let database = "database"
    private static let brokers = "brokers"

    init(_ settings: ProcessWatch.Settings, _ sources: [any WorkSource], _ instruments: Instruments) {
        self.settings = settings
        self.sources = sources
        self.instruments = instruments
    }

    /// Looks once.
    ///
    /// - parameter now: the time.
    /// - parameter connect: gives the connection to the database.
    /// - parameter admin: gives what asks the brokers.
    mutating func look(
        at now: ContinuousClock.Instant, connect: () throws -> Connection, admin: () throws -> Admin
    ) {
        // A process that was frozen has not seen what was done meanwhile.
        if let last, now - last > settings.patience + Self.frozen { sights = [:] }
        last = now
        isUnanswered = false
        let connection: Connection
        do { connection = try connect() } catch { return silent(Self.database, error, at: now) }
        let asked: Admin
        do { asked = try admin() } catch { return silent(Self.brokers, error, at: now) }
        var areBrokersSilent = false
        for source in sources {
            do {
                judge(source.part, try source.look(connection, asked), at: now)
            } catch let error as DatabaseError where error.isInsufficientPrivilege {
                if known.insert(source.part).inserted { denied.append((source.part, error)) }
            } catch let error as KafkaError {
                areBrokersSilent = true
                silent(Self.brokers, error, at: now)
            } catch {
                return silent(Self.database, error, at: now)
            }
        }
        answers(Self.database)
        if areBrokersSilent { return }
        // Also of a process whose work does not ask them now.
        do {
            _ = try asked.brokerCount()
            answers(Self.brokers)
        } catch {
            isUnanswered = true
            instruments.metrics.gauge(BusMetrics.brokersUp).record(0)
        }
    }

    /// The parts at which this role may not look, each once.
    mutating func takeDenied() -> [(part: String, error: any Error)] {
        defer { denied = [] }
        return denied
    }

    private mutating func judge(_ part: String, _ works: [Work], at now: ContinuousClock.Instant) {
        var problems: [String] = []
        var seen: [String: ProgressRule.Sight] = [:]
        for work in works {
            let key = "\(part)/\(work.name)"
            let verdict = ProgressRule.judge(work, before: sights[key], now: now, patience: settings.patience)
            seen[key] = verdict.sight
            if let problem = verdict.problem { problems.append("\(work.name): \(problem)") }
        }
        sights = sights.filter { !$0.key.hasPrefix("\(part)/") }.merging(seen) { $1 }
        let more = problems.count > Self.mostReasons ? "; and \(problems.count - Self.mostReasons) more" : ""
        instruments.health.report(
            part, problems.isEmpty ? nil : problems.prefix(Self.mostReasons).joined(separator: "; ") + more)
    }

    private mutating func silent(_ whom: String, _ error: any Error, at now: ContinuousClock.Instant) {
        instruments.metrics.gauge(whom == Self.database ? BusMetrics.databaseUp : BusMetrics.brokersUp).record(0)
        isUnanswered = true
        let since = silentSince[whom] ?? now
        silentSince[whom] = since
        guard now - since >= settings.silence else { return }
        instruments.health.report(
            whom, "nobody can tell whether there is work, for \((now - since).readable): \(error)")
    }

    private mutating func answers(_ whom: String) {
        instruments.metrics.gauge(whom == Self.database ? BusMetrics.databaseUp : BusMetrics.brokersUp).record(1)
        silentSince[whom] = nil
        instruments.health.report(whom, nil)
    }
}

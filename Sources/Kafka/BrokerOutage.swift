import CRdKafka
import Service
import Synchronization

/// Whether a client reaches any broker, told once when that changes.
///
/// librdkafka itself tells of each attempt that fails, and never that one has worked.
final class BrokerOutage: Sendable {
    private let since = Mutex<ContinuousClock.Instant?>(nil)
    private let seen = Atomic(0)

    /// How often it was seen that no broker is reached.
    var count: Int { seen.load(ordering: .relaxed) }

    /// No broker is reached. True when that is news.
    func begin() -> Bool {
        seen.add(1, ordering: .relaxed)
        return since.withLock { since in
            guard since == nil else { return false }
            since = .now
            return true
        }
    }

    /// A broker is reached. How long there was none; nil when that is no news.
    func end() -> Duration? {
        since.withLock { since in
            defer { since = nil }
            return since.map { .now - $0 }
        }
    }

    var isOn: Bool { since.withLock { $0 != nil } }

    /// Whether librdkafka's statistics tell of a broker that is connected.
    static func isReached(_ statistics: UnsafeRawBufferPointer) -> Bool {
        statistics.contains(Array("\"state\":\"UP\"".utf8))
    }
}

extension ClientContext {
    /// What librdkafka reports of a connection or of the client.
    func note(_ code: rd_kafka_resp_err_t, _ text: String) {
        let error = keep(code, text)
        if error.isFatal {
            log?(.critical, "ERROR", error.description)
        } else if code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN {
            guard outage.begin(), isLongLived else { return }
            log?(.warning, "BROKERS", "no broker can be reached, which is tried again and again: \(cause(text))")
        } else if isPassing(code) {
            // One broker of several, or one attempt of many. When all fail, that is said above.
            log?(isLongLived ? .info : .debug, "CONNECTION", error.description)
        } else {
            log?(.error, "ERROR", error.description)
        }
    }

    /// librdkafka's statistics, every few seconds.
    func note(statistics: UnsafeRawBufferPointer) {
        guard outage.isOn, BrokerOutage.isReached(statistics), let duration = outage.end() else { return }
        lastError.withLock { $0 = nil }
        log?(.notice, "BROKERS", "a broker can be reached again, after \(duration.readable)")
    }

    /// A line of librdkafka's own log.
    func note(_ level: KafkaConfiguration.LogLevel, facility: String, _ text: String) {
        switch facility {
        // What it logs of a failed connection it also reports, and that is told.
        case "FAIL", "ERROR": log?(.debug, facility, text)
        // A request that is sent again, and a mirrored position that will be.
        case "REQTMOUT", "GETPID", "COMMITFAIL": log?(max(level, .info), facility, text)
        // One configuration is for clients of every kind.
        case "CONFWARN" where text.contains("will be ignored by this"): log?(.debug, facility, text)
        default: log?(level, facility, text)
        }
    }

    private func cause(_ text: String) -> String {
        lastError.withLock { $0?.message } ?? text
    }

    /// Whether it goes by without anybody doing anything about it here.
    private func isPassing(_ code: rd_kafka_resp_err_t) -> Bool {
        [
            RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__RESOLVE,
            RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__WAIT_COORD,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
            RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
        ].contains(code)
    }
}

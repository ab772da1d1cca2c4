import CRdKafka
import Foundation
import Service
import Synchronization

/// What librdkafka's callbacks work on. It lives until the client is destroyed.
final class ClientContext: @unchecked Sendable {
    // Safe to share: `deliveries` and `rebalance` are touched by the one thread that polls; the rest is constant or locked.
    let log: KafkaConfiguration.Log?
    let lastError = Mutex<KafkaError?>(nil)
    var deliveries: [Delivery] = []
    var rebalance: ((rd_kafka_resp_err_t, UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> Void)?
    private let scramCannotWork: Bool

    /// It stays for as long as the process: what it meets is worth a line. Others fail with what they met.
    let isLongLived: Bool
    let outage = BrokerOutage()

    init(_ configuration: KafkaConfiguration, isLongLived: Bool) {
        log = configuration.log
        self.isLongLived = isLongLived
        scramCannotWork = configuration.usesBrokenSCRAM
    }

    /// Keeps what went wrong, for whoever asks why there is no answer.
    func keep(_ code: rd_kafka_resp_err_t, _ text: String) -> KafkaError {
        let cure =
            code == RD_KAFKA_RESP_ERR__AUTHENTICATION && scramCannotWork ? ". " + KafkaConfiguration.scramAdvice : ""
        let error = KafkaError(.init(code), text + cure, isFatal: code == RD_KAFKA_RESP_ERR__FATAL)
        lastError.withLock { last in
            // That all brokers are down comes after the reason why, and says less.
            if last == nil || code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN { last = error }
        }
        return error
    }
}

/// A librdkafka handle with its callbacks.
final class Client {
    let handle: OpaquePointer
    let context: ClientContext

    init(_ configuration: KafkaConfiguration, _ role: ClientRole, clientID: String) throws {
        let context = ClientContext(configuration, isLongLived: role.isLongLived)
        let conf = try configuration.makeConf(role, clientID: clientID)
        rd_kafka_conf_set_opaque(conf, Unmanaged.passUnretained(context).toOpaque())
        rd_kafka_conf_set_log_cb(conf) { handle, level, facility, text in
            guard let handle, let facility, let text, let opaque = rd_kafka_opaque(handle) else { return }
            ClientContext.of(opaque).note(
                .init(rawValue: level) ?? .info, facility: String(cString: facility), String(cString: text))
        }
        rd_kafka_conf_set_stats_cb(conf) { _, json, length, opaque in
            guard let json, let opaque else { return 0 }
            ClientContext.of(opaque).note(statistics: UnsafeRawBufferPointer(start: json, count: length))
            return 0
        }
        rd_kafka_conf_set_error_cb(conf) { handle, code, text, opaque in
            guard let handle, let opaque else { return }
            let context = ClientContext.of(opaque)
            if code == RD_KAFKA_RESP_ERR__FATAL.rawValue, let fatal = Client.fatalError(of: handle) {
                context.note(RD_KAFKA_RESP_ERR__FATAL, fatal.message)
            } else {
                context.note(rd_kafka_resp_err_t(code), text.map { String(cString: $0) } ?? "")
            }
        }
        switch role {
        case .producer:
            rd_kafka_conf_set_dr_msg_cb(conf) { _, message, opaque in
                guard let message, let opaque else { return }
                ClientContext.of(opaque).deliveries.append(Delivery(message.pointee))
            }
        case .consumer:
            rd_kafka_conf_set_rebalance_cb(conf) { _, code, partitions, opaque in
                guard let partitions, let opaque else { return }
                ClientContext.of(opaque).rebalance?(code, partitions)
            }
        case .admin, .lookup:
            break
        }
        var made: OpaquePointer?
        do {
            try KafkaConfiguration.withErrorText { text, size in
                made = rd_kafka_new(role.type, conf, text, size)
                return made == nil
                    ? KafkaError(
                        .invalidConfiguration, "librdkafka refuses the configuration: \(String(cString: text))")
                    : nil
            }
        } catch {
            rd_kafka_conf_destroy(conf)
            throw error
        }
        guard let made else { throw KafkaError(.invalidConfiguration, "librdkafka made no client") }
        handle = made
        self.context = context
        // librdkafka's threads use it until the handle is destroyed, which may be never.
        _ = Unmanaged.passRetained(context)
    }

    /// The error after which this client can only be destroyed.
    static func fatalError(of handle: OpaquePointer) -> KafkaError? {
        var found: KafkaError?
        try? KafkaConfiguration.withErrorText { text, size in
            let code = rd_kafka_fatal_error(handle, text, size)
            if code != RD_KAFKA_RESP_ERR_NO_ERROR {
                found = KafkaError(.init(code), String(cString: text), isFatal: true)
            }
            return nil
        }
        return found
    }

    /// The id of the cluster that this client is connected to, as its brokers last told; nil when none has yet.
    func clusterID(timeout: Duration) -> String? {
        guard let id = rd_kafka_clusterid(handle, max(0, timeout.milliseconds)) else { return nil }
        defer { rd_kafka_mem_free(handle, id) }
        return String(cString: id)
    }

    /// Throws what went wrong; when the broker did not answer, with the cause that the connection last gave.
    func failure(_ code: rd_kafka_resp_err_t, doing: String, topic: String? = nil) -> KafkaError {
        let text = "Could not \(doing): \(KafkaError.text(code))"
        guard let cause = context.lastError.withLock({ $0 }) else {
            return KafkaError(.init(code), text, topic: topic)
        }
        // A wrong password or certificate shows as a timeout, but does not go away by waiting.
        let cure = cause.mistrustCure
        return KafkaError(
            cure == nil ? .init(code) : .authentication,
            "\(text); the last error was: \(cause.message)\(cure.map { "; \($0)" } ?? "")", topic: topic)
    }

    /// Destroys the handle on a thread of its own, since librdkafka may wait for ever. False: it goes on in the background.
    @discardableResult
    func destroy(timeout: Duration, leavingGroup: Bool = true) -> Bool {
        let done = Monitor(false)
        let work = Destruction(handle: handle, context: context)
        let thread = Thread {
            rd_kafka_destroy_flags(work.handle, leavingGroup ? 0 : RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
            Unmanaged.passUnretained(work.context).release()
            done.withLock { $0 = true }
        }
        thread.name = "kafka-destroy"
        thread.start()
        return done.wait(upTo: timeout) { $0 ? true : nil } ?? false
    }

    private struct Destruction: @unchecked Sendable {
        // Safe to send: nobody but the destroying thread uses the handle any more.
        let handle: OpaquePointer
        let context: ClientContext
    }
}

extension ClientContext {
    static func of(_ opaque: UnsafeMutableRawPointer) -> ClientContext {
        Unmanaged<ClientContext>.fromOpaque(opaque).takeUnretainedValue()
    }
}

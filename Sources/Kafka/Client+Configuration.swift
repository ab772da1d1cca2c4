import CRdKafka

/// What a client is for, which decides its defaults.
enum ClientRole {
    case producer
    case consumer(group: String, instanceID: String?)
    case admin
    /// Reads messages at known places, outside of any group.
    case lookup

    var type: rd_kafka_type_t {
        if case .producer = self { RD_KAFKA_PRODUCER } else { RD_KAFKA_CONSUMER }
    }

    /// An administrator's client asks something and goes.
    var isLongLived: Bool {
        if case .admin = self { false } else { true }
    }

    /// Defaults that a property of the same name overrides.
    func defaults(isEmbedded: Bool) -> [String: String] {
        var values = ["socket.keepalive.enable": "true"]
        switch self {
        case .producer:
            values["statistics.interval.ms"] = "5000"
            values["linger.ms"] = "5"
            values["queue.buffering.max.messages"] = "50000"
            values["queue.buffering.max.kbytes"] = "65536"
            values["message.timeout.ms"] = "60000"
            // So that a dead letter fits, with the beginnings of its key and headers.
            values["message.max.bytes"] = "1048576"
            // As the topics declare it, so that brokers need not compress anew.
            values["compression.codec"] = "snappy"
            values["partitioner"] = "murmur2_random"
        case .consumer:
            values["statistics.interval.ms"] = "5000"
            values["auto.offset.reset"] = "error"
            values["check.crcs"] = "true"
            values["partition.assignment.strategy"] = "range"
            // By this it hears of partitions that were added.
            values["topic.metadata.refresh.interval.ms"] = "5000"
            // The embedded broker ends a rebalance only when the session of a member that does not rejoin is over.
            values["session.timeout.ms"] = isEmbedded ? "6000" : "10000"
            values["heartbeat.interval.ms"] = isEmbedded ? "500" : "3000"
            // An empty fetch on the embedded broker always waits for the whole of this.
            values["fetch.wait.max.ms"] = isEmbedded ? "10" : "500"
            // What is read ahead is counted before a fetch, and a fetch may come to several times its size when it is
            // decompressed: small ones, so that it does not go far beyond.
            values["fetch.message.max.bytes"] = "262144"
            values["fetch.max.bytes"] = "2097152"
            if KafkaConfiguration.libraryHas("fetch.queue.backoff.ms") {
                values["queued.min.messages"] = "20000"
                values["queued.max.messages.kbytes"] = "16384"
                values["fetch.queue.backoff.ms"] = "10"
            } else {
                // Once it has read this much ahead, an older librdkafka looks again only after a second: it has to be
                // about what is consumed in a second. It counts values alone; with keys, headers and its own bookkeeping a
                // message of 750 bytes takes more than twice as much.
                values["queued.min.messages"] = "65000"
                values["queued.max.messages.kbytes"] = "49152"
            }
        case .admin:
            break
        case .lookup:
            values["auto.offset.reset"] = "error"
            values["check.crcs"] = "true"
            // One batch of the producer's is enough, and whoever looks waits for it.
            values["fetch.message.max.bytes"] = "65536"
            values["queued.min.messages"] = "1"
            values["fetch.wait.max.ms"] = "10"
        }
        return values
    }

    /// Properties that a client must have to do its work; a different value is refused as a broken promise.
    var required: [String: String] {
        switch self {
        case .producer:
            ["enable.idempotence": "true", "delivery.report.only.error": "false"]
        case .consumer(let group, let instanceID):
            [
                "group.id": group, "enable.auto.commit": "false", "enable.auto.offset.store": "false",
                "enable.partition.eof": "false", "allow.auto.create.topics": "false",
            ].merging(instanceID.map { ["group.instance.id": $0] } ?? [:]) { $1 }
        case .admin:
            ["allow.auto.create.topics": "false"]
        case .lookup:
            [
                "enable.auto.commit": "false", "enable.auto.offset.store": "false", "enable.partition.eof": "true",
                "allow.auto.create.topics": "false",
            ]
        }
    }
}

extension KafkaConfiguration {
    static let softwareVersion = "1.0"

    /// Whether librdkafka takes the configuration of a role.
    func checkConf(_ role: ClientRole) throws {
        rd_kafka_conf_destroy(try makeConf(role, clientID: "check"))
    }

    /// librdkafka's configuration object; the caller hands it to `rd_kafka_new` or destroys it.
    func makeConf(_ role: ClientRole, clientID: String) throws -> OpaquePointer {
        if usesMissingOIDC { throw KafkaError(.invalidConfiguration, Self.oidcAdvice) }
        let conf: OpaquePointer = rd_kafka_conf_new()
        do {
            var values = role.defaults(isEmbedded: isEmbedded)
            values["bootstrap.servers"] = bootstrapServers
            values["client.id"] = clientID
            values["client.software.name"] = "ledgerbus"
            values["client.software.version"] =
                "\(Self.softwareVersion)-librdkafka-\(String(cString: rd_kafka_version_str()))"
            let broken = brokenPromises
            guard broken.isEmpty else {
                throw KafkaError(.invalidConfiguration, broken.joined(separator: "; "))
            }
            values.merge(properties) { $1 }
            values.merge(role.required) { $1 }
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                try Self.set(conf, name, value)
            }
        } catch {
            rd_kafka_conf_destroy(conf)
            throw error
        }
        return conf
    }

    private static func set(_ conf: OpaquePointer, _ name: String, _ value: String) throws {
        try withErrorText { text, size in
            switch rd_kafka_conf_set(conf, name, value, text, size) {
            case RD_KAFKA_CONF_OK: return nil
            case RD_KAFKA_CONF_UNKNOWN:
                return KafkaError(
                    .invalidConfiguration,
                    "librdkafka \(libraryVersion) has no property \(name): correct or remove it in the configuration")
            default:
                // The library's text may repeat the value, which may be a secret.
                return KafkaError(
                    .invalidConfiguration,
                    "librdkafka \(libraryVersion) does not accept the value of the property \(name): correct it in the configuration"
                )
            }
        }
    }

    /// Runs a C function that explains its failure in a buffer; throws what `body` makes of it.
    static func withErrorText(_ body: (UnsafeMutablePointer<CChar>, Int) -> KafkaError?) throws {
        let failure = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer -> KafkaError? in
            buffer.initialize(repeating: 0)
            guard let base = buffer.baseAddress else { return nil }
            return body(base, buffer.count)
        }
        if let failure { throw failure }
    }
}

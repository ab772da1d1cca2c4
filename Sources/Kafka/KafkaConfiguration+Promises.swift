/// A property of librdkafka on which a promise of the bus rests.
private struct Promise {
    let property: String
    /// What it may be; nothing for a property that may not be set.
    let allowed: [String]
    let otherwise: String

    init(_ property: String, _ allowed: String..., otherwise: String) {
        self.property = property
        self.allowed = allowed
        self.otherwise = otherwise
    }
}

extension KafkaConfiguration {
    /// One sentence for each property that is set so that a promise would be broken.
    ///
    /// All are checked for every client, because the properties are those of the whole process.
    var brokenPromises: [String] {
        Self.promises.compactMap { promise in
            guard let value = properties[promise.property] else { return nil }
            guard !promise.allowed.contains(value.lowercased()) else { return nil }
            let cure =
                promise.allowed.isEmpty ? "remove it" : "remove it, or set it to \(promise.allowed[0])"
            return "the property \(promise.property) breaks a promise: \(promise.otherwise); \(cure)"
        }
    }

    private static let promises = [
        Promise("enable.idempotence", "true", otherwise: "a broker that is slow to answer would get messages twice"),
        Promise("acks", "all", "-1", otherwise: "a message would count as sent that a broker can lose"),
        Promise(
            "request.required.acks", "all", "-1", otherwise: "a message would count as sent that a broker can lose"),
        Promise(
            "delivery.report.only.error", "false", otherwise: "nobody would know which messages the brokers have"),
        Promise("transactional.id", otherwise: "messages belong to no transaction of Kafka, and would never be sent"),
        Promise("auto.offset.reset", "error", otherwise: "messages would be skipped where the log has lost some"),
        Promise("isolation.level", "read_committed", otherwise: "messages would take effect that were taken back"),
        Promise("check.crcs", "true", otherwise: "a message that was damaged on its way would take effect"),
        Promise("enable.auto.commit", "false", otherwise: "Kafka would be told of messages that have no effect yet"),
        Promise(
            "enable.auto.offset.store", "false", otherwise: "Kafka would be told of messages that have no effect yet"),
        Promise("enable.partition.eof", "false", otherwise: "the end of a partition would count as an error"),
        Promise(
            "partition.assignment.strategy", "range", "roundrobin", "range,roundrobin", "roundrobin,range",
            otherwise: "cooperative assignment hands partitions over without their positions"),
        Promise("group.protocol", "classic", otherwise: "it hands partitions over without their positions"),
        Promise("group.id", otherwise: "a group has the name of its program"),
        Promise("group.instance.id", otherwise: "it is set by KAFKA_GROUP_INSTANCE_ID"),
        Promise("bootstrap.servers", otherwise: "the brokers are set by KAFKA_BOOTSTRAP_SERVERS"),
        Promise("metadata.broker.list", otherwise: "the brokers are set by KAFKA_BOOTSTRAP_SERVERS"),
        Promise("allow.auto.create.topics", "false", otherwise: "a topic would be made that nobody has declared"),
        Promise("log.queue", "false", otherwise: "the log of librdkafka would go nowhere"),
        Promise("test.mock.num.brokers", "0", otherwise: "messages would go to a cluster that does not exist"),
    ]

    /// One sentence for each thing for which no client can be made: a broken promise, a property that librdkafka does not
    /// know, or a value that it does not take.
    public var problems: [String] {
        var problems = brokenPromises
        guard problems.isEmpty else { return problems }
        for role in [ClientRole.producer, .consumer(group: "group", instanceID: nil), .admin] {
            do {
                try checkConf(role)
            } catch {
                let text = (error as? KafkaError)?.message ?? "\(error)"
                if !problems.contains(text) { problems.append(text) }
            }
        }
        return problems
    }

    /// What an eavesdropper or an impostor between here and the brokers could do, a sentence each.
    public var weaknesses: [String] {
        let remote = bootstrapServers.split(separator: ",").map { Self.host($0) }.filter { !Self.isHere($0) }
        guard let host = remote.first else { return [] }
        let protocolName = (properties["security.protocol"] ?? "plaintext").uppercased()
        guard protocolName.hasSuffix("SSL") else {
            return [
                """
                the way to \(host) is unencrypted (security.protocol is \(protocolName)): use SSL or SASL_SSL
                """
            ]
        }
        if properties["enable.ssl.certificate.verification"]?.lowercased() == "false" {
            return ["\(host) may be an impostor: enable.ssl.certificate.verification is false"]
        }
        if properties["ssl.endpoint.identification.algorithm"]?.lowercased() == "none"
            || properties["ssl.endpoint.identification.algorithm"] == nil && !Self.libraryVerifiesHosts
        {
            return [
                "\(host) may be an impostor with another's certificate: set ssl.endpoint.identification.algorithm to https"
            ]
        }
        return []
    }

    /// The host of `host:port`, `[::1]:port` or `SSL://host:port`.
    private static func host(_ server: Substring) -> String {
        var rest = server.drop { $0 == " " }
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        if rest.first == "[" { return String(rest.dropFirst().prefix { $0 != "]" }) }
        return String(rest.prefix { $0 != ":" && $0 != " " })
    }

    private static func isHere(_ host: String) -> Bool {
        host.isEmpty || host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}

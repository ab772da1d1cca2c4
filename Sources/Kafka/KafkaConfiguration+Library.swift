import CRdKafka

extension KafkaConfiguration {
    /// The version of librdkafka that runs, such as `2.0.2`.
    public static var libraryVersion: String { String(cString: rd_kafka_version_str()) }

    /// One sentence for each property that is set and can't work, or may not, with the librdkafka that runs.
    public var libraryProblems: [String] {
        var problems: [String] = []
        if usesBrokenSCRAM { problems.append(Self.scramAdvice) }
        if usesMissingOIDC { problems.append(Self.oidcAdvice) }
        return problems
    }

    /// SCRAM before 2.6.1 sends the client's nonce twice, which Kafka 4 refuses.
    var usesBrokenSCRAM: Bool {
        let mechanism = properties["sasl.mechanisms"] ?? properties["sasl.mechanism"] ?? ""
        return mechanism.uppercased().hasPrefix("SCRAM") && rd_kafka_version() < 0x0206_0100
    }

    var usesMissingOIDC: Bool {
        properties["sasl.oauthbearer.method"]?.lowercased() == "oidc" && !Self.libraryFeatures.contains("oidc")
    }

    static var oidcAdvice: String {
        "sasl.oauthbearer.method is oidc, which librdkafka \(libraryVersion) was built without (it needs libcurl): install a librdkafka that has it, or use another mechanism."
    }

    static var scramAdvice: String {
        "sasl.mechanisms is SCRAM, which librdkafka \(libraryVersion) gets wrong against Kafka 3.8.1 and newer (\"invalid credentials\" with the right password): install librdkafka 2.6.1 or newer, or use PLAIN over TLS or client certificates."
    }

    /// Whether the library compares the broker's name with its certificate by itself.
    static var libraryVerifiesHosts: Bool {
        libraryDefault("ssl.endpoint.identification.algorithm").map { $0 != "none" && !$0.isEmpty } ?? false
    }

    private static var libraryFeatures: [Substring] {
        libraryDefault("builtin.features")?.split(separator: ",") ?? []
    }

    static func libraryHas(_ property: String) -> Bool {
        libraryDefault(property) != nil
    }

    /// The library's own value of a property; nil when it has no such property.
    private static func libraryDefault(_ property: String) -> String? {
        let conf: OpaquePointer = rd_kafka_conf_new()
        defer { rd_kafka_conf_destroy(conf) }
        var size = 512
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
            guard let base = buffer.baseAddress,
                rd_kafka_conf_get(conf, property, base, &size) == RD_KAFKA_CONF_OK
            else { return nil }
            return String(cString: base)
        }
    }
}

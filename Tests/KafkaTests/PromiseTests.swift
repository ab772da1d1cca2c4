import Kafka
import Testing

/// Properties that would break a promise, and ways to a cluster that are not safe.
struct PromiseTests {
    private func configuration(_ properties: [String: String], servers: String = "localhost:9092") -> KafkaConfiguration
    {
        KafkaConfiguration(bootstrapServers: servers, properties: properties)
    }

    @Test(
        "A property that breaks a promise is refused by its name, with what would happen",
        arguments: [
            ("auto.offset.reset", "latest"), ("auto.offset.reset", "earliest"), ("isolation.level", "read_uncommitted"),
            ("check.crcs", "false"), ("enable.auto.commit", "true"), ("enable.auto.offset.store", "true"),
            ("partition.assignment.strategy", "cooperative-sticky"),
            ("partition.assignment.strategy", "range,cooperative-sticky"), ("enable.idempotence", "false"),
            ("acks", "1"), ("acks", "0"), ("request.required.acks", "1"), ("transactional.id", "x"),
            ("group.id", "mine"),
            ("bootstrap.servers", "elsewhere:9092"), ("metadata.broker.list", "elsewhere:9092"),
            ("test.mock.num.brokers", "3"), ("allow.auto.create.topics", "true"), ("group.instance.id", "one"),
            ("delivery.report.only.error", "true"), ("enable.partition.eof", "true"), ("log.queue", "true"),
        ])
    func broken(_ property: String, _ value: String) {
        let problems = configuration([property: value]).problems
        #expect(problems.count == 1)
        #expect(problems.first?.contains("the property \(property) breaks a promise") == true)
        #expect(throws: KafkaError.self) { try Admin(configuration([property: value])) }
    }

    @Test(
        "A property that keeps the promises is taken",
        arguments: [
            ("auto.offset.reset", "error"), ("isolation.level", "read_committed"), ("check.crcs", "true"),
            ("acks", "all"), ("acks", "-1"), ("partition.assignment.strategy", "roundrobin"), ("linger.ms", "50"),
            ("enable.idempotence", "true"), ("client.id", "x"),
        ])
    func kept(_ property: String, _ value: String) {
        #expect(configuration([property: value]).problems == [])
    }

    @Test(
        "A property that librdkafka does not know, or whose value it does not take, is a problem once, not for each client"
    )
    func unknown() {
        #expect(configuration(["linger.mss": "5"]).problems.count == 1)
        #expect(configuration(["session.timeout.ms": "soon"]).problems.count == 1)
    }

    @Test(
        "An unencrypted way to another host is warned of",
        arguments: [
            ("localhost:9092", nil, 0), ("127.0.0.1:9092,[::1]:9092", nil, 0), ("kafka1:9092", nil, 1),
            ("localhost:9092,kafka2:9092", nil, 1), ("kafka1:9092", "plaintext", 1),
            ("kafka1:9092", "SASL_PLAINTEXT", 1), ("PLAINTEXT://kafka1:9092", nil, 1), ("10.0.0.7", nil, 1),
        ] as [(String, String?, Int)])
    func plaintext(_ servers: String, _ security: String?, _ warnings: Int) {
        let weaknesses = configuration(security.map { ["security.protocol": $0] } ?? [:], servers: servers).weaknesses
        #expect(weaknesses.count == warnings)
    }

    @Test("An encrypted way to a broker whose name nobody compares is warned of")
    func impostor() {
        var properties = ["security.protocol": "SASL_SSL", "ssl.endpoint.identification.algorithm": "https"]
        #expect(configuration(properties, servers: "kafka1:9093").weaknesses == [])
        properties["ssl.endpoint.identification.algorithm"] = "none"
        #expect(configuration(properties, servers: "kafka1:9093").weaknesses.count == 1)
        properties["ssl.endpoint.identification.algorithm"] = "https"
        properties["enable.ssl.certificate.verification"] = "false"
        #expect(configuration(properties, servers: "kafka1:9093").weaknesses.count == 1)
    }
}

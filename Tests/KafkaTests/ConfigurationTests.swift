import Kafka
import Testbed
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConfigurationTests {
    @Test("An unknown property is named")
    func unknownProperty() {
        let configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1", properties: ["linger.mss": "5"])
        let error = #expect(throws: KafkaError.self) { try Producer(configuration, clientID: "test") }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("linger.mss") == true)
    }

    @Test("A value that can't be is refused by the property's name, without the value")
    func invalidValue() {
        let configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1", properties: ["acks": "s3cret"])
        let error = #expect(throws: KafkaError.self) { try Producer(configuration, clientID: "test") }
        #expect(error?.message.contains("acks") == true)
        #expect(error?.message.contains("s3cret") == false)
    }

    @Test("A property that the promises rest on can't be changed")
    func requiredProperty() {
        var configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
        configuration.properties = ["enable.idempotence": "false", "enable.auto.commit": "true"]
        let ofProducer = #expect(throws: KafkaError.self) { try Producer(configuration, clientID: "test") }
        #expect(ofProducer?.message.contains("enable.idempotence") == true)
        let ofConsumer = #expect(throws: KafkaError.self) {
            try BatchConsumer(
                configuration, group: "g", topics: ["t"], clientID: "test", handler: RecordingHandler())
        }
        #expect(ofConsumer?.message.contains("enable.auto.commit") == true)
    }

    @Test("SCRAM is warned of with a library that gets it wrong, and only then")
    func scram() {
        var configuration = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
        #expect(configuration.libraryProblems.isEmpty)
        configuration.properties = ["sasl.mechanisms": "SCRAM-SHA-512"]
        let parts = KafkaConfiguration.libraryVersion.split(separator: ".").compactMap { Int($0) }
        let isFixed = (parts[0], parts[1], parts[2]) >= (2, 6, 1)
        #expect(configuration.libraryProblems.isEmpty == isFixed)
        configuration.properties = ["sasl.mechanisms": "PLAIN"]
        #expect(configuration.libraryProblems.isEmpty)
    }

    @Test("OIDC is refused with its cure when the library was built without it")
    func oidc() {
        let configuration = KafkaConfiguration(
            bootstrapServers: "127.0.0.1:1", properties: ["sasl.oauthbearer.method": "oidc"])
        let problems = configuration.libraryProblems
        if problems.isEmpty { return }
        #expect(problems.count == 1)
        let error = #expect(throws: KafkaError.self) { try Admin(configuration) }
        #expect(error?.message == problems.first)
    }

    @Test("A cluster that does not answer is said to, with the connection's own reason", .tags(.broker))
    func noBroker() throws {
        let broker = try EmbeddedBroker()
        let configuration = broker.configuration()
        broker.stop()
        let admin = try Admin(configuration, timeout: .seconds(1))
        let error = #expect(throws: KafkaError.self) { try admin.topics() }
        #expect(error?.isRetriable == true)
        #expect(error?.message.contains("refused") == true)
    }

    @Test("The cluster says whether it is the embedded broker", .tags(.broker), arguments: TestBroker.Kind.available)
    func detectsEmbedded(_ kind: TestBroker.Kind) throws {
        var configuration = try TestBroker.shared(kind).configuration
        configuration.isEmbedded.toggle()
        #expect(try configuration.detectingEmbedded().isEmbedded == (kind == .embedded))
    }
}

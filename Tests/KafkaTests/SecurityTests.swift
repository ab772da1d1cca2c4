import Kafka
import Testbed
import Testing

/// Properties alone secure the connection; skipped without Apache Kafka.
@Suite(.timeLimit(.minutes(2)), .tags(.broker), .onlyOnApacheKafka)
struct SecurityTests {
    @Test("TLS with a password, and with a certificate, need nothing but properties; a wrong password is said to be")
    func security() throws {
        let cluster = try ApacheKafka.shared.get()
        let authority = "\(cluster.directory)/tls/ca.pem"
        func sasl(_ mechanism: String, _ user: String, _ password: String) throws -> KafkaConfiguration {
            KafkaConfiguration(
                bootstrapServers: try cluster.run("address", "--sasl"),
                properties: [
                    "security.protocol": "SASL_SSL", "ssl.ca.location": authority, "sasl.mechanisms": mechanism,
                    "sasl.username": user, "sasl.password": password,
                ])
        }
        let id = try Admin(KafkaConfiguration(bootstrapServers: cluster.bootstrapServers)).clusterID()
        #expect(try Admin(sasl("PLAIN", "alice", "secret")).clusterID() == id)

        let wrong = #expect(throws: KafkaError.self) {
            try Admin(sasl("PLAIN", "alice", "wrong"), timeout: .seconds(2)).clusterID()
        }
        #expect(wrong?.code == .authentication)
        #expect(wrong?.isRetriable == false)
        #expect(wrong?.message.contains("Invalid username or password") == true)

        try cluster.run("certificate", "bob")
        let certificate = KafkaConfiguration(
            bootstrapServers: try cluster.run("address", "--tls"),
            properties: [
                "security.protocol": "SSL", "ssl.ca.location": authority,
                "ssl.certificate.location": "\(cluster.directory)/tls/bob.crt",
                "ssl.key.location": "\(cluster.directory)/tls/bob.key",
            ])
        #expect(try Admin(certificate).clusterID() == id)

        // With a library that gets SCRAM wrong, the failure says so.
        try cluster.run("scram", "carol", "password")
        let scram = try sasl("SCRAM-SHA-512", "carol", "password")
        if let problem = scram.libraryProblems.first {
            let failure = #expect(throws: KafkaError.self) { try Admin(scram, timeout: .seconds(2)).clusterID() }
            #expect(failure?.message.contains(problem) == true)
        } else {
            #expect(try Admin(scram).clusterID() == id)
        }
    }
}

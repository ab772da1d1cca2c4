import Foundation
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

    /// What is wrong with how a client talks to the brokers.
    enum Mistake: CaseIterable {
        case password, authority, host, noCertificate, strangersCertificate
    }

    @Test(
        "Who is not trusted, or does not trust the broker, is told what to correct, and does not wait",
        arguments: Mistake.allCases)
    func mistrust(_ mistake: Mistake) throws {
        let cluster = try ApacheKafka.shared.get()
        let folder = "\(cluster.directory)/\(TestBroker.unique("authority"))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let other = try TestAuthority(in: folder)
        var servers = try cluster.run("address", "--sasl")
        var properties = [
            "security.protocol": "SASL_SSL", "ssl.ca.location": "\(cluster.directory)/tls/ca.pem",
            "sasl.mechanisms": "PLAIN", "sasl.username": "alice", "sasl.password": "secret",
            "ssl.endpoint.identification.algorithm": "https",
        ]
        let says: String
        switch mistake {
        case .password:
            properties["sasl.password"] = "hunter-two"
            says = "sasl.password"
        case .authority:
            properties["ssl.ca.location"] = other.certificate
            says = "ssl.ca.location"
        case .host:
            let proxy = try SilentProxy(to: "postgres://\(servers)", listeningOn: "127.0.0.2")
            servers = "127.0.0.2:\(proxy.port)"
            says = "for the hosts in KAFKA_BOOTSTRAP_SERVERS"
        case .noCertificate:
            servers = try cluster.run("address", "--tls")
            properties["security.protocol"] = "SSL"
            says = "ssl.certificate.location"
        case .strangersCertificate:
            servers = try cluster.run("address", "--tls")
            let identity = try other.certify("finance-consumer")
            properties["security.protocol"] = "SSL"
            properties["ssl.certificate.location"] = identity.certificate
            properties["ssl.key.location"] = identity.key
            says = "ssl.certificate.location"
        }
        let error = #expect(throws: KafkaError.self) {
            try Admin(KafkaConfiguration(bootstrapServers: servers, properties: properties), timeout: .seconds(4))
                .clusterID()
        }
        #expect(error?.message.contains(says) == true, "\(error.map { "\($0)" } ?? "")")
        #expect(error?.isRetriable == false, "\(error.map { "\($0)" } ?? "")")
        #expect(error?.message.contains("hunter-two") == false)
    }
}

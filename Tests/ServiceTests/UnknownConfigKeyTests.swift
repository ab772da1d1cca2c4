import Service
import Testing

struct UnknownConfigKeyTests {
    /// A reader that has read what a process reads.
    private func unknown(_ variable: String) throws -> [String] {
        let reader = ConfigReader(providers: [EnvironmentVariablesProvider(environment: [variable: "value"])])
        _ = try? reader.int(forKey: "posting.workers", default: 2)
        _ = try? reader.string(forKey: "kafka.bootstrap.servers")
        _ = try? reader.string(forKey: "kafka.topic.prefix")
        _ = try? reader.string(forKey: "finance.database.url", isSecret: true)
        _ = try? reader.string(forKey: "log.level")
        _ = try reader.properties(underKey: "kafka.properties", environmentPrefix: "KAFKA_PROPERTY_")
        return reader.unknownKeys().map(\.description)
    }

    @Test(
        "A variable that is almost one of ours is named, with the one that was probably meant",
        arguments: [
            ("POSTING_WORKER", "POSTING_WORKERS"), ("KAFKA_BOOTSTRAP_SERVER", "KAFKA_BOOTSTRAP_SERVERS"),
            ("FINACE_DATABASE_URL", "FINANCE_DATABASE_URL"), ("KAFKA_TOPIC_PREFFIX", "KAFKA_TOPIC_PREFIX"),
            ("LOGLEVEL", "LOG_LEVEL"),
        ])
    func almost(_ variable: String, _ meant: String) throws {
        #expect(try unknown(variable) == ["environment: unknown variable \(variable); did you mean '\(meant)'?"])
    }

    @Test(
        "A variable that is named as only ours are is named although nothing is like it",
        arguments: ["FINANCE_COLOUR", "POSTING_X", "LEDGERBUS_MODE", "KAFKA_PROPERTIES_ACKS"])
    func own(_ variable: String) throws {
        #expect(try unknown(variable).contains { $0.contains("unknown variable \(variable)") })
    }

    @Test(
        "Variables that are known, or anybody else's, are left alone",
        arguments: [
            "POSTING_WORKERS", "FINANCE_DATABASE_URL", "FINANCE_DATABASE_URL_FILE", "KAFKA_PROPERTY_ACKS",
            "LEDGERBUS_CONFIG", "LEDGERBUS_TEST_KAFKA_HOME", "KAFKA_HOME", "KAFKA_HEAP_OPTS", "LOG_DIR", "PATH", "HOME",
            "DATABASE_URL", "PGHOST",
        ])
    func others(_ variable: String) throws {
        #expect(try unknown(variable) == [])
    }
}

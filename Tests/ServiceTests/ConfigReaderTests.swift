import Foundation
import Testing

@testable import Service

struct ConfigReaderTests {
    private func reader(_ environment: [String: String] = [:], _ file: KeyValuePairs<String, String> = [:]) throws
        -> ConfigReader
    {
        let settings = file.enumerated().map { index, entry in
            ConfigSetting(
                key: entry.key, content: .string(entry.value), source: .file(path: "ledgerbus.yaml", line: index + 1))
        }
        return ConfigReader(providers: [
            EnvironmentVariablesProvider(environment: environment),
            try FileProvider(path: "ledgerbus.yaml", settings: settings),
        ])
    }

    private func message(_ body: () throws -> Any?) -> String {
        do {
            _ = try body()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func theEnvironmentWinsOverTheFileAndTheFileOverTheDefault() throws {
        let config = try reader(["FINANCE_BATCH_SIZE": "7"], ["finance.batch.size": "8", "finance.workers": "9"])
        #expect(try config.int(forKey: "finance.batch.size", default: 1) == 7)
        #expect(try config.int(forKey: "finance.workers", default: 1) == 9)
        #expect(try config.int(forKey: "finance.retries", default: 1) == 1)
        #expect(try config.string(forKey: "finance.company") == nil)
        #expect(
            config.values().map { "\($0.key)=\($0.displayedValue) \($0.source)" } == [
                "finance.batch.size=7 environment FINANCE_BATCH_SIZE",
                "finance.company= not set",
                "finance.retries=1 default",
                "finance.workers=9 ledgerbus.yaml:2",
            ])
    }

    @Test func aVariableThatIsEmptyIsNotSet() throws {
        #expect(try reader(["KAFKA_TOPIC": ""], ["kafka.topic": "x"]).string(forKey: "kafka.topic") == "x")
    }

    @Test(arguments: [
        ("finance.database.url", "FINANCE_DATABASE_URL"), ("batchSize", "BATCH_SIZE"), ("batch-size", "BATCH_SIZE"),
        ("batch_size", "BATCH_SIZE"),
    ])
    func aVariableIsItsKeyInCapitalsWithUnderscores(key: String, variable: String) {
        #expect(ConfigKey.environmentName(key) == variable)
    }

    @Test func aMissingValueSaysHowToSetIt() throws {
        let config = try reader()
        #expect(
            message {
                try config.requiredString(
                    forKey: "finance.database.url", isSecret: true, example: "postgres://host/finance")
            }
                == "finance.database.url is not set: set FINANCE_DATABASE_URL or finance.database.url in ledgerbus.yaml (e.g. postgres://host/finance)."
        )
    }

    @Test func aMalformedValueSaysWhereItStandsAndWhatWasExpected() throws {
        let config = try reader(["WORKERS": "many"], ["pause": "5 minutes", "json": "maybe", "format": "xml"])
        #expect(
            message { try config.int(forKey: "workers") }
                == "workers is 'many' (environment WORKERS): expected a whole number.")
        #expect(
            message { try config.duration(forKey: "pause", default: .zero) }
                == "pause is '5 minutes' (ledgerbus.yaml:1): expected a duration, such as 500ms, 30s, 5m, 2h or 1d.")
        #expect(
            message { try config.bool(forKey: "json", default: true) }
                == "json is 'maybe' (ledgerbus.yaml:2): expected true or false.")
        #expect(
            message { try config.value(forKey: "format", default: StreamLogHandler.Format.text) }
                == "format is 'xml' (ledgerbus.yaml:3): expected one of text, json.")
    }

    @Test func listsAreSeparatedByCommas() throws {
        let config = try reader(["SERVERS": "a:1, b:2,c:3"])
        #expect(try config.strings(forKey: "servers") == ["a:1", "b:2", "c:3"])
        #expect(try config.strings(forKey: "others", default: ["x"]) == ["x"])
    }

    @Test func secretsAreNeverShown() throws {
        let config = try reader(["A": "hunter2", "B": "postgres://app:hunter2@db:5432/finance?sslpassword=hunter2"])
        #expect(try config.string(forKey: "a", isSecret: true) == "hunter2")
        #expect(try config.string(forKey: "b", isSecret: true)?.contains("hunter2") == true)
        #expect(
            config.values().map(\.displayedValue) == ["(secret)", "postgres://app:(secret)@db:5432/finance?(secret)"])
    }

    @Test(arguments: [
        ("postgres://db/finance", "postgres://db/finance"),
        ("postgres://app@db/finance", "postgres://app@db/finance"),
        ("postgres://app:a/b?c@db/finance", "(secret)"),
        ("postgres://app:a@b@db/finance", "(secret)"),
        ("postgres://db/finance?password=a@b", "(secret)"),
        ("host=db password=hunter2", "(secret)"),
    ])
    func onlyAPlainAddressIsPartlyShown(value: String, shown: String) {
        #expect(Redaction.secret(value) == shown)
    }

    @Test func aSecretMayBeInAFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data("hunter2\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let config = try reader(["URL_FILE": file.path, "KAFKA_PROPERTY_SASL_PASSWORD_FILE": file.path])
        #expect(try config.string(forKey: "url", isSecret: true) == "hunter2")
        let properties = try config.properties(underKey: "kafka.properties", environmentPrefix: "KAFKA_PROPERTY_")
        #expect(properties == ["sasl.password": "hunter2"])
        #expect(config.values().map(\.displayedValue) == ["(secret)", "(secret)"])
        #expect(config.values().last?.source == .secretFile(path: file.path, variable: "URL_FILE"))
        #expect(
            message { try reader(["URL_FILE": file.path, "URL": "x"]).string(forKey: "url", isSecret: true) }
                == "url is set twice: unset either URL or URL_FILE.")
        #expect(
            message { try reader(["URL_FILE": "/nowhere"]).string(forKey: "url", isSecret: true) }
                == "URL_FILE names /nowhere, which can't be read: check that the file is there and readable.")
    }

    @Test func propertiesArePassedOnFromBothPlaces() throws {
        let config = try reader(
            ["KAFKA_PROPERTY_SECURITY_PROTOCOL": "SASL_SSL"],
            ["kafka.properties.security.protocol": "PLAINTEXT", "kafka.properties.ssl.cipher.suites": "a, b"])
        #expect(
            try config.properties(underKey: "kafka.properties", environmentPrefix: "KAFKA_PROPERTY_")
                == ["security.protocol": "SASL_SSL", "ssl.cipher.suites": "a, b"])
        #expect(config.unknownKeys().isEmpty)
    }

    @Test func unknownKeysOfTheFileAreNamedWithTheClosestKnownKey() throws {
        let config = try reader(
            [:], ["finance.databse.url": "x", "finance.batchSize": "1", "something.else.entirely": "y"])
        _ = try config.string(forKey: "finance.database.url", isSecret: true)
        _ = try config.int(forKey: "finance.batch.size")
        #expect(
            config.unknownKeys().map(\.description) == [
                "ledgerbus.yaml:1: unknown key 'finance.databse.url'; did you mean 'finance.database.url'?",
                "ledgerbus.yaml:3: unknown key 'something.else.entirely'",
            ])
        #expect(config.unknownKeys(besides: ["something.else.entirely"]).count == 1)
    }

    @Test func aKeyThatTheFileSetsTwiceIsRefused() {
        #expect(
            message { try reader([:], ["batch.size": "1", "batchSize": "2"]) }
                == "ledgerbus.yaml:2: batchSize is already set at ledgerbus.yaml:1.")
    }

    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("1h30m", .seconds(5400)),
        ("1d", .seconds(86_400)),
        ("0s", .zero),
    ])
    func durationsReadAndWriteAlike(text: String, duration: Duration) {
        #expect(Duration(configurationText: text) == duration)
        #expect(duration.configurationText == text)
    }

    @Test(arguments: ["", "30", "s", "5 m", "-1s", "1w", "1.5h"])
    func otherTextsAreNoDurations(text: String) {
        #expect(Duration(configurationText: text) == nil)
    }
}

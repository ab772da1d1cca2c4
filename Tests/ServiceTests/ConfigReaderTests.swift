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
        ("postgres://app:hunter2@db:5432,db2:5433/finance", "postgres://app:(secret)@db:5432,db2:5433/finance"),
        ("postgres://app:hunter2@[::1]:5432/finance", "postgres://app:(secret)@[::1]:5432/finance"),
        ("postgres:///finance?host=/run/postgresql&password=hunter2", "postgres:///finance?(secret)"),
        ("postgres://:hunter2@db/finance", "postgres://:(secret)@db/finance"),
        ("postgres//app:hunter2@db/finance", "(secret)"), ("postgres:/app:hunter2@db/finance", "(secret)"),
        ("postgres:app:hunter2@db/finance", "(secret)"), ("postgres:///app:hunter2@db/finance", "(secret)"),
        ("app:hunter2@db/finance", "(secret)"), ("postgres://app:hunter2db/finance", "(secret)"),
        ("postgres://app:hunter2 db/finance", "(secret)"), ("postgres://app;hunter2@db/finance", "(secret)"),
        ("postgres://app%3Ahunter2@db/finance", "(secret)"), ("postgres://app/hunter2@db/finance", "(secret)"),
        ("postgres://app,hunter2@db/finance", "(secret)"), ("postgres://app:hunter2@db/finance&password=x", "(secret)"),
        ("postgres://db/finance;password=hunter2", "(secret)"), ("postgres://app:hun#ter2@db/finance", "(secret)"),
        ("postgres://app:hunter2@db@/finance", "(secret)"), ("postgres://app:hunter2@db:x/finance", "(secret)"),
        (" postgres://app:hunter2@db/finance", "(secret)"), ("postgres://app:hunter2\n@db/finance", "(secret)"),
        ("'postgres://app:hunter2@db/finance'", "(secret)"), ("", "(secret)"),
    ])
    func onlyAPlainAddressIsPartlyShown(value: String, shown: String) {
        #expect(Redaction.secret(value) == shown)
    }

    @Test(arguments: [
        "sasl.password", "ssl.key.password", "ssl.keystore.password", "ssl.truststore.password", "ssl.key.pem",
        "ssl_key_passphrase", "sasl.jaas.config", "sasl.oauthbearer.config", "sasl.oauthbearer.client.secret",
        "sasl.oauthbearer.client.credentials.client.secret", "https.proxy.password",
        "ssl.keystore.certificate.private.key.pem",
        "azure.connection.string", "api.key", "SASL_PASSWORD", "sslKeyPassword", "shared.access.signature",
    ])
    func aPropertyIsSecretByItsName(key: String) {
        #expect(Redaction.display("hunter2", ofKey: key) == "(secret)")
    }

    @Test(arguments: [
        ("security.protocol", "SASL_SSL"), ("sasl.username", "app"), ("sasl.mechanisms", "PLAIN"),
        ("connections.max.idle.ms", "0"), ("ssl.ca.location", "/etc/ssl/ca.crt"), ("ssl.key.location", "/etc/key"),
        ("ssl.endpoint.identification.algorithm", "https"), ("bootstrap.servers", "kafka1:9092,kafka2:9092"),
        ("compression.type", "lz4"), ("log.level", "info"),
    ])
    func otherPropertiesAreShown(key: String, value: String) {
        #expect(Redaction.display(value, ofKey: key) == value)
    }

    @Test(arguments: [
        ("bootstrap.servers", "app:hunter2@kafka1:9092"),
        ("dataverse.source", "Endpoint=sb://x/;SharedAccessKey=hunter2"),
        ("plugin.library.paths", "a?password=hunter2"), ("ssl.ca", "-----BEGIN PRIVATE KEY----- hunter2"),
    ])
    func aValueThatHoldsASecretIsNotShown(key: String, value: String) {
        #expect(!Redaction.display(value, ofKey: key).contains("hunter2"))
    }

    @Test func aSecretThatIsNoNumberIsNotQuotedInTheError() throws {
        let config = try reader(["WORKERS": "postgres://app:hunter2@db/finance"])
        #expect(
            message { try config.int(forKey: "workers") }
                == "workers is not usable (environment WORKERS): expected a whole number.")
    }

    @Test(arguments: ["0", "101", "-1", "99999999999999999999", "9223372036854775807", "1e2", "", "٣"])
    func aNumberOutOfRangeIsRefused(text: String) throws {
        let config = try reader([:], ["workers": text])
        #expect(
            message { try config.int(forKey: "workers", default: 2, in: 1...100) }
                == "workers is '\(text)' (ledgerbus.yaml:1): expected a whole number from 1 to 100.")
    }

    @Test(arguments: [
        "hunter2", "hunter2\n", "hunter2\r\n", "hunter2\n\n", "hunter2\r", "\u{FEFF}hunter2\r\n",
    ])
    func howAFileOfASecretEndsDoesNotMatter(content: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(content.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try reader(["URL_FILE": file.path]).string(forKey: "url", isSecret: true) == "hunter2")
    }

    @Test(arguments: [
        (Data("\n".utf8), "which is empty"), (Data(), "which is empty"),
        (Data([0xFF, 0xFE, 0x68, 0]), "not text in UTF-8"),
        (Data("hun\0ter2".utf8), "not text in UTF-8"),
    ])
    func aFileThatHoldsNoSecretIsRefusedWithoutShowingIt(content: Data, says: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try content.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let said = message { try reader(["URL_FILE": file.path]).string(forKey: "url", isSecret: true) }
        #expect(said.contains("URL_FILE") && said.contains(says) && !said.contains("hun"), "\(said)")
    }

    @Test func aFolderIsNoFileOfASecret() throws {
        #expect(
            message { try reader(["URL_FILE": "/tmp"]).string(forKey: "url", isSecret: true) }
                == "URL_FILE names a file that is of no use: /tmp can't be read: it is a folder.")
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
                == "URL_FILE names a file that is of no use: /nowhere can't be read: it is not there.")
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

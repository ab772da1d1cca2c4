import Foundation
import Testing

@testable import Service

struct FileProviderTests {
    private let text = """
        # The Finance side.
        finance:
          database:
            url: postgres://db/finance
          batch-size: 5000
          company:
        kafka:
          bootstrap.servers: [b1:9092, b2:9092]
          properties:
            security.protocol: SSL
            ssl:
              ca.location: "/etc/ca.pem"
        """

    @Test func nestedMappingsAreKeysWithDots() throws {
        let provider = try FileProvider(bytes: Array(text.utf8), path: "ledgerbus.yaml")
        let config = ConfigReader(providers: [provider])
        #expect(try config.string(forKey: "finance.database.url") == "postgres://db/finance")
        #expect(try config.int(forKey: "finance.batch.size") == 5000)
        #expect(try config.string(forKey: "finance.company") == nil)
        #expect(try config.strings(forKey: "kafka.bootstrap.servers") == ["b1:9092", "b2:9092"])
        #expect(
            try config.properties(underKey: "kafka.properties")
                == ["security.protocol": "SSL", "ssl.ca.location": "/etc/ca.pem"])
        #expect(config.values().first?.source == .file(path: "ledgerbus.yaml", line: 5))
        #expect(config.unknownKeys().isEmpty)
    }

    @Test(arguments: ["", "# finance:\n\n  # database:\n"])
    func aFileWithoutSettingsSetsNothing(text: String) throws {
        #expect(try FileProvider(bytes: Array(text.utf8), path: "x").settings.isEmpty)
    }

    @Test(arguments: ["# Made on Windows.\r\nfinance.batch-size: 5\r\n", "\u{FEFF}# A mark.\nfinance.batch-size: 5\n"])
    func aFileIsReadHoweverItsLinesEnd(text: String) throws {
        #expect(try FileProvider(bytes: Array(text.utf8), path: "x").settings.map(\.content) == [.string("5")])
    }

    @Test func aFileThatIsNoMappingIsRefusedWithItsLine() {
        let error = #expect(throws: ConfigError.self) { try FileProvider(bytes: Array("- a".utf8), path: "x.yaml") }
        #expect(error?.description == "x.yaml:1: the file must be a mapping of keys to values")
    }

    @Test func theFileIsNamedByArgumentOrVariable() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let environment = ["LEDGERBUS_CONFIG": file.path, "FINANCE_BATCH_SIZE": "1"]
        #expect(try ConfigReader.load(file: nil, environment: environment).int(forKey: "finance.batch.size") == 1)
        #expect(try ConfigReader.load(file: file.path, environment: [:]).int(forKey: "finance.batch.size") == 5000)
        #expect(try ConfigReader.load(file: nil, environment: [:]).int(forKey: "finance.batch.size") == nil)
        let error = #expect(throws: ConfigError.self) {
            try ConfigReader.load(file: "/nowhere.yaml", environment: environment)
        }
        #expect(
            error?.description
                == "The configuration file /nowhere.yaml can't be read: it is not there.")
    }
}

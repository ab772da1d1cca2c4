import Bus
import Contracts
import Dataverse
import Finance
import YAML

@testable import Database
@testable import Service

/// Set-up files, as `ledgerbus finance configure` takes them.
func fuzzSetup(_ bytes: UnsafeRawBufferPointer) {
    do throws(YAMLError) {
        _ = try FinanceConfiguration(parsing: Array(bytes), file: "file")
    } catch {
        precondition(!error.message.isEmpty && error.line > 0, "\(error)")
    }
}

/// A configuration file, and the whole as the value of each variable that means more than a text.
func fuzzConfiguration(_ bytes: UnsafeRawBufferPointer) {
    read { ConfigReader(providers: [try FileProvider(bytes: Array(bytes), path: "file")]) }
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    let names = ["KAFKA_MESSAGE_MAX_BYTES", "KAFKA_TOPIC_PREFIX", "FINANCE_TIME_ZONE", "POSTING_WORKERS"]
    read {
        ConfigReader(providers: [
            EnvironmentVariablesProvider(environment: [names[text.utf8.count % names.count]: text])
        ])
    }
    if let duration = Duration(configurationText: text) { precondition(duration >= .zero) }
    if let url = try? DatabaseURL(text) { precondition(!"\(url)".isEmpty) }
}

private func read(_ make: () throws -> ConfigReader) {
    do {
        let reader = try make()
        let values: [() throws -> Void] = [
            { _ = try BusConfiguration(reader: reader, side: .finance) },
            { _ = try DataverseConfiguration(reader: reader, choices: try ChoiceTables(reader: reader)) },
            { _ = try reader.postingWorkers() }, { _ = try reader.messageLimit() },
            { _ = try reader.duration(forKey: "finance.wait", default: .seconds(1)) },
            { _ = try reader.strings(forKey: "kafka.bootstrap.servers") },
        ]
        for value in values { do { try value() } catch { precondition(!"\(error)".isEmpty) } }
        _ = reader.unknownKeys()
        for value in reader.values() { precondition(!value.key.isEmpty) }
    } catch {
        precondition(error is ConfigError, "\(error)")
    }
}

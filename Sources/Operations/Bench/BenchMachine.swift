import Database
import Foundation
import Kafka

/// What the figures of a bench are true for.
public struct BenchMachine: Sendable, Encodable {
    public let cores: Int
    public let processor: String
    public let memoryMegabytes: Int
    public let librdkafka: String
    public let postgreSQL: String
    public let kafka: String
    public let build: String

    init(kafka: KafkaConfiguration, database: Connection) throws {
        let host = ProcessInfo.processInfo
        cores = host.activeProcessorCount
        memoryMegabytes = Int(host.physicalMemory >> 20)
        processor = Self.processorName() ?? "unknown"
        librdkafka = KafkaConfiguration.libraryVersion
        postgreSQL = try database.serverVersion()
        let brokers = kafka.bootstrapServers.split(separator: ",").count
        self.kafka =
            kafka.isEmbedded
            ? "embedded broker" : "Kafka cluster, \(brokers) bootstrap server\(brokers == 1 ? "" : "s")"
        #if DEBUG
            build = "debug"
        #else
            build = "release"
        #endif
    }

    private static func processorName() -> String? {
        let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let line = information?.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    }
}

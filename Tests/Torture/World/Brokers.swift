import Contracts
import Foundation
import Glibc
import Kafka

/// The brokers of a world.
protocol Brokers: Sendable {
    var bootstrapServers: String { get }
    func stop()
}

/// Which brokers a world has.
enum BrokerKind: String, Sendable, CaseIterable {
    case embedded, kafka, kafka3
}

/// Three brokers of librdkafka's mock cluster, in this process.
final class EmbeddedBrokers: Brokers, @unchecked Sendable {
    // Safe to share: behind the lock.
    static let count = 3
    private let lock = NSLock()
    private var current: EmbeddedBroker

    init() throws { current = try Self.make() }

    private static func make() throws -> EmbeddedBroker {
        try EmbeddedBroker(
            brokers: count, topics: TopicCatalogue().declarations.map { (name: $0.name, partitions: $0.partitions) })
    }

    var broker: EmbeddedBroker {
        lock.lock()
        defer { lock.unlock() }
        return current
    }

    var bootstrapServers: String { broker.bootstrapServers }

    /// Ends it, with all that it held, and begins another one at another address.
    func replace() throws {
        lock.lock()
        defer { lock.unlock() }
        // A broker's id is its place in memory: one that begins while the last is there has another.
        let last = current
        current = try Self.make()
        last.stop()
    }

    func stop() { broker.stop() }
}

/// A cluster of Apache Kafka, by the script that `LEDGERBUS_TEST_KAFKA_HOME` holds. Where there is a Toxiproxy, clients are
/// told its ports, and brokers talk to each other past it.
final class ApacheBrokers: Brokers {
    let bootstrapServers: String
    let folder: String
    let count: Int
    /// With a way to each broker, by its number; nil when there is no Toxiproxy.
    let proxies: Toxiproxy?
    private let home: String

    init(count: Int, folder: String) throws {
        let environment = ProcessInfo.processInfo.environment
        guard let home = environment["LEDGERBUS_TEST_KAFKA_HOME"], !home.isEmpty else {
            throw TortureError("LEDGERBUS_TEST_KAFKA_HOME does not say where Apache Kafka is")
        }
        self.home = home
        self.folder = folder
        self.count = count
        guard Toxiproxy.home != nil else {
            proxies = nil
            bootstrapServers = try Self.run(home, folder, ["start", "--brokers", "\(count)"])
            return
        }
        let proxies = try Toxiproxy(folder: URL(fileURLWithPath: folder).deletingLastPathComponent().path)
        self.proxies = proxies
        let first = try World.freePort(count: 2 * count)
        let told = (0..<count).map { first + count + $0 }
        bootstrapServers = told.map { "127.0.0.1:\($0)" }.joined(separator: ",")
        for (number, port) in told.enumerated() {
            try proxies.stand(before: first + number, at: port, as: "\(number + 1)")
        }
        try Self.run(
            home, folder,
            [
                "start", "--brokers", "\(count)", "--port", "\(first)", "--advertise",
                told.map(String.init).joined(separator: ","),
            ])
    }

    /// Lets clients through to a broker, or not.
    func open(_ number: String, _ isOpen: Bool) throws { try proxies?.open(number, isOpen) }

    /// Runs the cluster's script with a verb, such as `kill 2`.
    @discardableResult
    func run(_ words: String...) throws -> String { try Self.run(home, folder, words) }

    @discardableResult
    private static func run(_ home: String, _ folder: String, _ words: [String]) throws -> String {
        let output = "\(folder).\(words[0]).\(UInt32.random(in: 0...UInt32.max))"
        defer { for kind in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(output).\(kind)") } }
        let child = try Child(
            "\(home)/cluster", [words[0], folder] + words.dropFirst(),
            environment: ["JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1", "KAFKA_HEAP": "512m"],
            output: "\(output).out", errors: "\(output).err")
        let code = child.end(within: .seconds(180))
        let text = (try? String(contentsOfFile: "\(output).out", encoding: .utf8)) ?? ""
        guard code == 0 else {
            let errors = (try? String(contentsOfFile: "\(output).err", encoding: .utf8)) ?? ""
            throw TortureError("cluster \(words.joined(separator: " ")) ended with \(code ?? -1): \(errors)")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func stop() {
        _ = try? run("stop")
        proxies?.end()
    }
}

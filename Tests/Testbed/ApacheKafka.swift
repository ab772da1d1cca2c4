import Foundation
import Synchronization

/// A cluster of Apache Kafka in a temporary folder, run by `$LEDGERBUS_TEST_KAFKA_HOME/cluster`.
///
/// It is stopped when the process ends, however it does, or before that by ``stop()``.
public final class ApacheKafka: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Plain text, and all-powerful.
    public let bootstrapServers: String
    public let directory: String
    private let home: String

    private static let folders = Mutex<Set<String>>([])

    /// - Parameter options: Of `cluster start`, such as `--brokers 3` or `--user alice:secret`.
    public init(_ options: String...) throws {
        guard let home = TestBroker.apacheKafkaHome else {
            throw Failure(description: "LEDGERBUS_TEST_KAFKA_HOME does not say where Apache Kafka is")
        }
        let directory =
            FileManager.default.temporaryDirectory.appendingPathComponent(TestBroker.unique("ledgerbus-test-kafka"))
            .path
        let isFirst = Self.folders.withLock { folders in
            folders.insert(directory)
            return folders.count == 1
        }
        if isFirst { atexit { ApacheKafka.stopAll() } }
        // A process that crashes runs nothing at its exit.
        _ = try Self.spawn(
            """
            while kill -0 $1 2>/dev/null; do sleep 2; done
            [ -d $3 ] || exit 0
            $2/cluster stop $3; rm -rf $3
            """,
            ["\(getpid())", home, directory], inBackground: true)
        self.home = home
        self.directory = directory
        bootstrapServers = try Self.run(home, directory, ["start"] + options)
    }

    /// Runs `cluster` with a verb and its arguments, such as `address --sasl` or `kill 2`, and gives what it prints.
    @discardableResult
    public func run(_ words: String...) throws -> String {
        try Self.run(home, directory, words)
    }

    public func stop() {
        Self.stop(home, directory)
    }

    private static func run(_ home: String, _ directory: String, _ words: [String]) throws -> String {
        // Its output goes to files: a pipe would stay open as long as the brokers run.
        let status = try spawn(
            """
            home=$1 folder=$2 verb=$3; shift 3; mkdir -p $folder
            exec $home/cluster $verb $folder "$@" >$folder/cluster.out 2>$folder/cluster.err
            """, [home, directory] + words)
        func text(_ name: String) -> String {
            let text = (try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)) ?? ""
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard status == 0 else {
            throw Failure(description: "\(home)/cluster \(words.joined(separator: " ")): \(text("cluster.err"))")
        }
        return text("cluster.out")
    }

    private static func stop(_ home: String, _ directory: String) {
        guard folders.withLock({ $0.remove(directory) }) != nil else { return }
        _ = try? spawn("$1/cluster stop $2 >/dev/null 2>&1; rm -rf $2", [home, directory])
    }

    private static func stopAll() {
        guard let home = TestBroker.apacheKafkaHome else { return }
        for directory in folders.withLock({ $0 }) { stop(home, directory) }
    }

    /// Runs a shell command with arguments and waits for it, unless it is to run in the background in a session of its
    /// own. (Foundation's `Process` waits until the command's own background processes, the brokers, have ended.)
    private static func spawn(_ command: String, _ arguments: [String], inBackground: Bool = false) throws -> Int32 {
        let detached = "(setsid sh -c '\(command)' sh \"$@\" >/dev/null 2>&1 </dev/null &)"
        let words = ["sh", "-c", inBackground ? detached : command, "sh"]
        let copies = (words + arguments).map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        var child = pid_t()
        let failure = posix_spawn(&child, "/bin/sh", nil, nil, copies, environ)
        guard failure == 0 else { throw Failure(description: "sh can't be run: \(String(cString: strerror(failure)))") }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return (status >> 8) & 0xff
    }
}

import Database
import Foundation
import Synchronization

/// A cluster of Apache Kafka in a folder, run by `$LEDGERBUS_TEST_KAFKA_HOME/cluster`, on which `alice` has the password
/// `secret`.
///
/// One of the process's own is stopped when the process ends, however it does; one of the ``SharedServers`` is not.
public final class ApacheKafka: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Plain text, and all-powerful.
    public let bootstrapServers: String
    public let directory: String
    private let home: String

    /// That of the tests of this process.
    public static let shared = Result { try ApacheKafka() }

    private static let folders = Mutex<Set<String>>([])

    private init() throws {
        guard let home = TestBroker.apacheKafkaHome else {
            throw Failure(description: "LEDGERBUS_TEST_KAFKA_HOME does not say where Apache Kafka is")
        }
        self.home = home
        if let folder = SharedServers.folder {
            directory = "\(folder)/kafka"
        } else {
            directory =
                FileManager.default.temporaryDirectory
                .appendingPathComponent(TestBroker.unique("ledgerbus-test-kafka")).path
            try Self.stopAtTheEnd(home, directory)
        }
        try PrivateFolder.make(directory)
        bootstrapServers = try Self.run(home, directory, ["start", "--user", "alice:secret"])
    }

    /// Runs `cluster` with a verb and its arguments, such as `address --sasl` or `kill 2`, and gives what it prints.
    @discardableResult
    public func run(_ words: String...) throws -> String {
        try Self.run(home, directory, words)
    }

    private static func run(_ home: String, _ directory: String, _ words: [String]) throws -> String {
        // Its output goes to files: a pipe would stay open as long as the brokers run. One process at a time: a cluster
        // that is there is started as it was made, which changes nothing when it runs. A broker that lives for minutes
        // does not earn back what Java's better compiler costs.
        let output = "\(directory)/\(TestBroker.unique("output"))"
        let status = try spawn(
            """
            home=$1 folder=$2 output=$3 verb=$4; shift 4
            exec 9>$folder/lock; flock 9
            if [ $verb = start ] && [ -f $folder/address ]; then set --; fi
            export JAVA_TOOL_OPTIONS=${JAVA_TOOL_OPTIONS--XX:TieredStopAtLevel=1}
            $home/cluster $verb $folder "$@" >$output.out 2>$output.err 9>&-
            """, [home, directory, output] + words)
        func text(_ kind: String) -> String {
            let path = "\(output).\(kind)"
            defer { try? FileManager.default.removeItem(atPath: path) }
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let (printed, errors) = (text("out"), text("err"))
        guard status == 0 else {
            throw Failure(description: "\(home)/cluster \(words.joined(separator: " ")): \(errors)")
        }
        return printed
    }

    /// Stops a cluster when this process ends. A process that crashes runs nothing at its exit, so another looks after
    /// it.
    private static func stopAtTheEnd(_ home: String, _ directory: String) throws {
        let isFirst = folders.withLock { folders in
            folders.insert(directory)
            return folders.count == 1
        }
        if isFirst { atexit { ApacheKafka.stopAll() } }
        _ = try spawn(
            """
            while kill -0 $1 2>/dev/null; do sleep 2; done
            [ -d $3 ] || exit 0
            $2/cluster stop $3; rm -rf $3
            """,
            ["\(getpid())", home, directory], inBackground: true)
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

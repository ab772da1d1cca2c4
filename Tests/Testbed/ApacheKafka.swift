import Foundation
import Synchronization

/// The one cluster of Apache Kafka that this process started.
enum ApacheKafka {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let folder = Mutex<String?>(nil)

    /// Starts it in a temporary folder and gives its address. It is stopped when the process exits, however it does.
    static func start() throws -> String {
        guard let home = TestBroker.apacheKafkaHome else {
            throw Failure(description: "LEDGERBUS_TEST_KAFKA_HOME does not say where Apache Kafka is")
        }
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent(TestBroker.unique("ledgerbus-test-kafka")).path
        folder.withLock { $0 = directory }
        atexit { ApacheKafka.stop() }
        // A process that crashes runs nothing at its exit.
        _ = try spawn(
            """
            while kill -0 $1 2>/dev/null; do sleep 2; done
            [ -d $3 ] || exit 0
            $2/cluster stop $3; rm -rf $3
            """,
            "\(getpid())", home, directory, inBackground: true)
        let status = try spawn(
            "mkdir -p $2 && exec $1/cluster start $2 > $2/start.out 2> $2/start.err", home, directory)
        let address = try String(contentsOfFile: directory + "/start.out", encoding: .utf8)
        guard status == 0, let last = address.split(whereSeparator: \.isWhitespace).last else {
            let errors = (try? String(contentsOfFile: directory + "/start.err", encoding: .utf8)) ?? ""
            throw Failure(description: "\(home)/cluster start \(directory) failed: \(errors)")
        }
        return String(last)
    }

    private static func stop() {
        guard let directory = folder.withLock({ $0 }), let home = TestBroker.apacheKafkaHome else { return }
        _ = try? spawn("$1/cluster stop $2 >/dev/null 2>&1; rm -rf $2", home, directory)
    }

    /// Runs a shell command with arguments and waits for it, unless it is to run in the background in a session of its
    /// own. (Foundation's `Process` waits until the command's own background processes, the brokers, have ended.)
    private static func spawn(_ command: String, _ arguments: String..., inBackground: Bool = false) throws -> Int32 {
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

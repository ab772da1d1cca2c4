import Foundation
import Service

/// Calls what is to be called: a program with the message on its standard input, and a webhook by `curl`, whose address and
/// token it reads from its standard input, so that neither is among its arguments.
public struct AlertDelivery: Sendable {
    private let settings: AlertSettings
    private let limit: Duration
    private let curl: String

    /// - parameter limit: how long each may take.
    public init(_ settings: AlertSettings, limit: Duration = .seconds(30), curl: String = "/usr/bin/curl") {
        self.settings = settings
        self.limit = limit
        self.curl = curl
    }

    /// - throws: ``AlertProblem`` when one of them could not be told; the other was all the same.
    public func deliver(_ message: AlertMessage) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(message), as: UTF8.self)
        var problems: [String] = []
        if let program = settings.command.first {
            do {
                try run(program, Array(settings.command.dropFirst()), input: json + "\n")
            } catch { problems.append("\(error)") }
        }
        if let webhook = settings.webhook {
            do {
                let seconds = max(1, Int(limit.components.seconds))
                try run(
                    curl,
                    ["--config", "-", "--silent", "--show-error", "--fail", "--retry", "2", "--output", "/dev/null"],
                    input: configuration(webhook, json, seconds: seconds))
            } catch { problems.append("the webhook: \(error)") }
        }
        guard problems.isEmpty else { throw AlertProblem(description: problems.joined(separator: "; ")) }
    }

    private func configuration(_ webhook: String, _ json: String, seconds: Int) -> String {
        var lines = [
            "url = \(quoted(webhook))", "request = \"POST\"", "header = \"Content-Type: application/json\"",
            "data-raw = \(quoted(json))", "max-time = \(seconds)",
        ]
        if let token = settings.token { lines.append("header = \(quoted("Authorization: Bearer \(token)"))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }

    private func run(_ program: String, _ arguments: [String], input: String) throws {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw AlertProblem(description: "\(program) is not there, or cannot be executed; name it by its whole path")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // A program that does not read must not keep this one; nor does it end it, as commands ignore SIGPIPE.
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFL, O_NONBLOCK)
        try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try? pipe.fileHandleForWriting.close()
        let waiting = WorkerThread(name: "alert") { [limit] in
            let deadline = ContinuousClock.now + limit + .seconds(5)
            while process.isRunning, ContinuousClock.now < deadline { usleep(20_000) }
            return !process.isRunning
        }
        guard try waiting.join() else {
            kill(process.processIdentifier, SIGKILL)
            throw AlertProblem(description: "\(program) did not end in time")
        }
        guard process.terminationStatus == 0 else {
            throw AlertProblem(description: "\(program) ended with code \(process.terminationStatus)")
        }
    }
}

/// Somebody could not be told.
public struct AlertProblem: Error, CustomStringConvertible {
    public let description: String
}

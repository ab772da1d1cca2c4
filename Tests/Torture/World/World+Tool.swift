import Foundation
import Glibc

extension World {
    /// What became of a command.
    struct Outcome: Sendable {
        let code: Int32
        let output: String
        let errors: String

        /// Its JSON document.
        var json: [String: Any]? {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any]
        }
    }

    /// How long a command may take before it counts as hanging.
    private static let patience = Duration.seconds(240)

    /// Runs the operator's tool to its end.
    ///
    /// - parameter once: what it has in its environment besides.
    func ledgerbus(_ arguments: [String], once: [String: String] = [:]) throws -> Outcome {
        let file = "\(folder)/command-\(UInt64.random(in: 0...UInt64.max))"
        defer { for kind in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(file).\(kind)") } }
        let start = ContinuousClock.now
        let child = try Child(
            "\(binaries)/ledgerbus", arguments, environment: environment.merging(once) { $1 }, output: "\(file).out",
            errors: "\(file).err")
        var code = child.end(within: Self.patience)
        if code == nil {
            history.contradict("ledgerbus \(arguments.joined(separator: " ")) hung for \(Self.patience)")
            child.send(SIGKILL)
            code = child.end(within: .seconds(5))
        }
        func text(_ kind: String) -> String { (try? String(contentsOfFile: "\(file).\(kind)", encoding: .utf8)) ?? "" }
        let outcome = Outcome(code: code ?? -1, output: text("out"), errors: text("err"))
        if outcome.code == 137 { note { $0.commandsCrashed += 1 } }
        history.record(
            .action, "ledgerbus " + arguments.joined(separator: " "),
            [
                "code": "\(outcome.code)", "errors": String(outcome.errors.prefix(300)),
                "took": String(format: "%.3f", (ContinuousClock.now - start) / .seconds(1)),
            ])
        return outcome
    }

    /// Runs a command again and again until it succeeds, as a person does whom a fault is in the way of.
    ///
    /// - parameter isSettled: whether an outcome other than success is the command's last word too.
    @discardableResult
    func insist(
        _ arguments: [String], once: [String: String] = [:], isSettled: (Outcome) -> Bool = { _ in false }
    ) throws -> Outcome {
        let deadline = ContinuousClock.now + .seconds(600)
        var once = once
        while true {
            let outcome = try ledgerbus(arguments, once: once)
            once = [:]
            if outcome.code == 0 || isSettled(outcome) { return outcome }
            guard ContinuousClock.now < deadline else {
                history.contradict("ledgerbus \(arguments.joined(separator: " ")) does not succeed: \(outcome.errors)")
                return outcome
            }
            usleep(300_000)
        }
    }
}

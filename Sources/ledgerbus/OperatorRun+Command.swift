import Bus
import Database
import Foundation
import Terminal

extension OperatorRun {
    /// A run of this program's command, with its arguments as they were typed.
    ///
    /// - parameters:
    ///   - action: the command, without the program's name.
    ///   - subject: what it is done to, as the operator named it.
    convenience init(
        command action: String, of subject: String, by actor: String = OperatorAction.currentActor,
        because reason: String? = nil, isDry: Bool = false, standing: Standing? = nil
    ) {
        self.init(
            action, of: subject, by: actor, because: reason,
            commandLine: ProcessInfo.processInfo.arguments.dropFirst().joined(separator: " "), isDry: isDry,
            standing: standing)
    }

    /// Keeps what came of a run of several transactions, or of many rows.
    func conclude(with counts: some Encodable, on connection: Connection) throws {
        try conclude(JSONOutput.string(counts), on: connection)
    }
}

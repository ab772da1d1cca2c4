import Foundation

/// Servers that several test processes share.
///
/// `LEDGERBUS_TEST_SERVERS` names a folder for them: who needs one first starts it there, the others find it running,
/// and who has made the folder ends them. Without it, every process has servers of its own.
enum SharedServers {
    static var folder: String? {
        ProcessInfo.processInfo.environment["LEDGERBUS_TEST_SERVERS"].flatMap { $0.isEmpty ? nil : $0 }
    }
}

import Database
import Foundation
import Glibc

/// The folder that a bench works in when it is given none: named after its process, so that what a killed one left there
/// can be told.
public enum BenchFolder {
    private static let parent = "/tmp"
    private static var prefix: String { "ledgerbus-bench-\(getuid())-" }
    /// The file in a folder that its bench was to keep.
    private static let kept = "kept"

    /// That of this process.
    public static var path: String { "\(parent)/\(prefix)\(getpid())" }

    static func keep(_ directory: String) {
        _ = FileManager.default.createFile(atPath: "\(directory)/\(kept)", contents: nil)
    }

    /// Ends what benches of this user that were killed left running, and removes their folders.
    static func removeLeftovers() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard name.hasPrefix(prefix), let process = Int32(name.dropFirst(prefix.count)), kill(process, 0) != 0,
                errno == ESRCH
            else { continue }
            let folder = "\(parent)/\(name)"
            guard (try? PrivateFolder.existing(folder)) != nil, access("\(folder)/\(kept)", F_OK) != 0 else { continue }
            for part in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                _ = try? PrivateBus.stopLeftovers(in: "\(folder)/\(part)")
            }
            _ = try? PrivateCluster.existing(directory: "\(folder)/postgresql")?.remove()
            try? FileManager.default.removeItem(atPath: folder)
        }
    }
}

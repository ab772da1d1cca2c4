import Foundation
import Glibc

@testable import Database

/// A file system of so many megabytes that a database server owns, in memory. Only root mounts one.
public struct SmallDisk: Sendable {
    public let folder: String

    public static let isPossible: Bool = (try? SmallDisk(megabytes: 1))?.remove() != nil

    /// - parameter folder: where; a new one when it is left out.
    /// - throws: when it cannot be mounted.
    public init(megabytes: Int, at folder: String? = nil) throws {
        let folder = try folder ?? TestCluster.folder()
        self.folder = folder
        try ClusterOwner().makeDirectory(folder)
        guard let owner = getpwnam("postgres")?.pointee.pw_uid else { throw ClusterError("there is no user postgres") }
        try Subprocess.run([
            "mount", "-t", "tmpfs", "-o", "size=\(megabytes)m,uid=\(owner),mode=700", "tmpfs", folder,
        ])
    }

    public func grow(toMegabytes megabytes: Int) throws { try resize("\(megabytes)m") }

    /// Leaves no more room than this on it.
    public func fill(leaving kilobytes: Int) throws {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { throw ClusterError("\(folder) is not there") }
        let used = Int(status.f_blocks - status.f_bfree) * Int(status.f_frsize) / 1_024
        try resize("\(used + kilobytes)k")
    }

    private func resize(_ size: String) throws { try Subprocess.run(["mount", "-o", "remount,size=\(size)", folder]) }

    /// - parameter keeps: what is on it stays, in the folder.
    public func remove(keeping keeps: Bool = false) {
        let copy = "\(folder).kept"
        if keeps { _ = try? Subprocess.run(["cp", "-a", folder, copy]) }
        _ = try? Subprocess.run(["umount", "-l", folder])
        try? FileManager.default.removeItem(atPath: folder)
        if keeps { try? FileManager.default.moveItem(atPath: copy, toPath: folder) }
    }
}

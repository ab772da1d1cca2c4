import Foundation
import Glibc

/// The user that a private cluster's server runs as: the current one, or `postgres` for root.
struct ClusterOwner {
    private let user: uid_t
    private let group: gid_t
    private let isRoot: Bool

    /// - throws: ``ClusterError`` when there is no user `postgres` to run as.
    init() throws {
        isRoot = geteuid() == 0
        guard isRoot else {
            user = geteuid()
            group = getegid()
            return
        }
        guard let entry = getpwnam("postgres") else {
            throw ClusterError(
                "PostgreSQL refuses to run as root, and there is no user postgres to run it as; run as another user")
        }
        user = entry.pointee.pw_uid
        group = entry.pointee.pw_gid
    }

    /// A command as the owner runs it.
    func command(_ command: [String]) -> [String] {
        isRoot ? ["/usr/sbin/runuser", "-u", "postgres", "--"] + command : command
    }

    /// Makes a folder that is the owner's alone, and those above it that are missing.
    func makeDirectory(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw ClusterError("the folder \(path) can't be made: \(error)")
        }
        try own(path, mode: 0o700)
        guard isRoot, try Subprocess.runUnchecked(command(["/usr/bin/test", "-w", path])).status != 0 else { return }
        throw ClusterError(
            "the user postgres, who runs PostgreSQL for root, can't reach \(path); use a folder such as /var/tmp/…")
    }

    func write(_ text: String, to path: String) throws {
        do {
            try text.write(toFile: path, atomically: false, encoding: .utf8)
        } catch {
            throw ClusterError("\(path) can't be written: \(error)")
        }
        try own(path, mode: 0o600)
    }

    /// Where the server's socket goes: the cluster's folder, unless its path is longer than a socket's can be.
    func socketDirectory(for directory: String) throws -> String {
        // "/.s.PGSQL.65535.lock" comes behind it, and 107 bytes are the limit.
        guard directory.utf8.count > 107 - 20 else { return directory }
        let hash = directory.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let short = "/tmp/ledgerbus-\(String(hash, radix: 16))"
        var status = stat()
        if lstat(short, &status) == 0 {
            // Anyone can make a folder in /tmp; a foreign one could listen in.
            guard status.st_uid == user, status.st_mode & S_IFMT == S_IFDIR else {
                throw ClusterError("\(short), where the server's socket goes, belongs to somebody else; remove it")
            }
            return short
        }
        try makeDirectory(short)
        return short
    }

    private func own(_ path: String, mode: mode_t) throws {
        guard chmod(path, mode) == 0, !isRoot || chown(path, user, group) == 0 else {
            throw ClusterError("\(path) can't be given to the server: \(String(cString: strerror(errno)))")
        }
    }
}

import Foundation
import Glibc

/// The user that a private cluster's server runs as: the current one, or `postgres` for root.
struct ClusterOwner {
    private let user: uid_t
    let group: gid_t
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
        try PrivateFolder.make(path, owner: user, group: group, mode: 0o700)
        guard isRoot, try Subprocess.runUnchecked(command(["/usr/bin/test", "-w", path])).status != 0 else { return }
        throw ClusterError(
            "the user postgres, who runs PostgreSQL for root, can't reach \(path); use a folder such as /var/tmp/…")
    }

    /// Writes a file as the owner, who may have put a link there: root would follow it to anywhere.
    ///
    /// - parameter appending: behind what is in the file, instead of in its place.
    func write(_ text: String, to path: String, appending: Bool = false) throws {
        let redirection = appending ? ">>" : ">"
        try Subprocess.run(
            command(["/bin/sh", "-c", "umask 077; printf %s \"$1\" \(redirection) \"$0\"", path, text]))
    }

    /// Removes a folder of the owner's, as the owner.
    func removeDirectory(_ path: String) throws {
        _ = try Subprocess.runUnchecked(command(["/usr/bin/find", path, "-mindepth", "1", "-delete"]))
        guard rmdir(path) == 0 || errno == ENOENT else {
            throw ClusterError("the folder \(path) can't be removed: \(String(cString: strerror(errno)))")
        }
    }
}

extension ClusterOwner {
    /// Whether a path is a folder of the owner's.
    func owns(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == user
    }
}

import Foundation
import Glibc

/// A folder that nobody else can change: made so, or refused.
///
/// Anybody can make a folder in `/tmp` before us, or a symbolic link, under a name that can be guessed; what stands in it
/// is not to be believed, and nothing is to be written there.
public struct PrivateFolder: Sendable {
    public let path: String

    /// The folder, which is made if it is not there, with those above it that are missing.
    ///
    /// It is this user's alone. Run as root, the user `postgres`, who runs the server of a ``PrivateCluster`` in it, may
    /// pass through it.
    ///
    /// - throws: ``ClusterError`` when it can't be made, or belongs to somebody else, or others may write to it.
    @discardableResult
    public static func make(_ path: String) throws -> PrivateFolder {
        let isRoot = geteuid() == 0
        let server = isRoot ? try? ClusterOwner() : nil
        return try make(
            path, owner: geteuid(), group: server?.group ?? getegid(), mode: server == nil ? 0o700 : 0o710)
    }

    /// The folder when it is there; nil when it is not.
    ///
    /// - throws: ``ClusterError`` when it belongs to somebody else, or others may write to it.
    public static func existing(_ path: String) throws -> PrivateFolder? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        try check(path, owners: [geteuid()])
        return PrivateFolder(path: path)
    }

    /// - parameter owner: whose folder it is; one of root's is given to them.
    @discardableResult
    static func make(_ path: String, owner: uid_t, group: gid_t, mode: mode_t) throws -> PrivateFolder {
        let parent = (path as NSString).deletingLastPathComponent
        if !parent.isEmpty, parent != path {
            var status = stat()
            if stat(parent, &status) != 0, mkdirs(parent) != 0 { throw failure(path, "made") }
            try checkParents(of: path)
        }
        if mkdir(path, 0o700) != 0 {
            guard errno == EEXIST else { throw failure(path, "made") }
            try check(path, owners: geteuid() == 0 ? [owner, 0] : [owner])
        } else {
            guard chmod(path, mode) == 0 else { throw failure(path, "made") }
        }
        if geteuid() == 0, lchown(path, owner, group) != 0 { throw failure(path, "given to its owner") }
        return PrivateFolder(path: path)
    }

    private static func mkdirs(_ path: String) -> Int32 {
        let parent = (path as NSString).deletingLastPathComponent
        var status = stat()
        if !parent.isEmpty, parent != path, stat(parent, &status) != 0, mkdirs(parent) != 0 { return -1 }
        return mkdir(path, 0o755) == 0 || errno == EEXIST ? 0 : -1
    }

    private static func check(_ path: String, owners: [uid_t]) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw failure(path, "read") }
        let problem: String? =
            switch status.st_mode & S_IFMT {
            case S_IFLNK: "it is a symbolic link"
            case S_IFDIR:
                !owners.contains(status.st_uid)
                    ? "it belongs to \(name(of: status.st_uid))"
                    : status.st_mode & 0o022 != 0 ? "others may write to it" : nil
            default: "it is no folder"
            }
        if let problem {
            throw ClusterError("\(path) is not used: \(problem). Look at it and remove it, or name another folder.")
        }
    }

    /// In a folder where everybody may rename what is another's, nothing is private.
    private static func checkParents(of path: String) throws {
        var parent = (path as NSString).deletingLastPathComponent
        while !parent.isEmpty {
            var status = stat()
            if stat(parent, &status) == 0, status.st_mode & 0o002 != 0, status.st_mode & S_ISVTX == 0 {
                throw ClusterError(
                    "\(path) is not used: anybody may replace it, since anybody may write to \(parent). Name another folder."
                )
            }
            if parent == "/" { return }
            parent = (parent as NSString).deletingLastPathComponent
        }
    }

    private static func name(of user: uid_t) -> String {
        getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? "user \(user)"
    }

    private static func failure(_ path: String, _ verb: String) -> ClusterError {
        ClusterError("the folder \(path) can't be \(verb): \(String(cString: strerror(errno)))")
    }
}

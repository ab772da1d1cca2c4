import Foundation
import Glibc

/// Where a server's socket goes when the path of its folder is longer than a socket's can be: a short folder in `/tmp`.
struct SocketFolder {
    let owner: ClusterOwner

    /// "/.s.PGSQL.65535.lock" comes behind it, and 107 bytes are the limit.
    private static let longest = 107 - 20
    private static let parent = "/tmp"
    private static let prefix = "ledgerbus-"
    /// The file in it that names the folder whose server it is for.
    private static let marker = "cluster"

    /// The folder for a cluster's, made if need be.
    func path(for directory: String) throws -> String {
        guard directory.utf8.count > Self.longest else { return directory }
        let hash = directory.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let short = "\(Self.parent)/\(Self.prefix)\(String(hash, radix: 16))"
        let isNew = access(short, F_OK) != 0
        try owner.makeDirectory(short)
        if isNew { try owner.write(directory, to: "\(short)/\(Self.marker)") }
        return short
    }

    /// Removes those of clusters that are gone: whoever was killed could not.
    func removeLeftovers() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: Self.parent)) ?? [] {
            guard name.hasPrefix(Self.prefix), UInt64(name.dropFirst(Self.prefix.count), radix: 16) != nil else {
                continue
            }
            let folder = "\(Self.parent)/\(name)"
            guard owner.owns(folder), isLeftOver(folder) else { continue }
            try? owner.removeDirectory(folder)
        }
    }

    private func isLeftOver(_ folder: String) -> Bool {
        if let directory = try? String(contentsOfFile: "\(folder)/\(Self.marker)", encoding: .utf8) {
            return access(directory, F_OK) != 0 && errno == ENOENT
        }
        // One that was not finished, for some time.
        var status = stat()
        return lstat(folder, &status) == 0 && time(nil) - status.st_mtim.tv_sec > 3_600
            && (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty == true
    }
}

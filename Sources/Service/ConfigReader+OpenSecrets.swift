import Foundation
import Glibc

extension ConfigReader {
    /// Of the files with secrets that were read so far, those that everybody on this machine may read: a sentence each.
    public func openSecrets() -> [String] {
        let paths = values().compactMap { value -> String? in
            switch value.source {
            case .secretFile(let path, _): path
            case .file(let path, _) where value.displayedValue.contains(Redaction.hidden): path
            default: nil
            }
        }
        return Set(paths).sorted().filter(Self.isOpen).map {
            "everybody on this machine may read \($0), which holds a secret: chmod o-rwx \($0)"
        }
    }

    /// Whether others may read a file, and pass through the folders above it.
    private static func isOpen(_ path: String) -> Bool {
        // Docker and Kubernetes put secrets there so, where nobody else is.
        let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
        guard !absolute.hasPrefix("/run/secrets/") else { return false }
        var status = stat()
        guard stat(absolute, &status) == 0, status.st_mode & 0o004 != 0 else { return false }
        var folder = (absolute as NSString).deletingLastPathComponent
        while folder != "/", !folder.isEmpty {
            guard stat(folder, &status) == 0, status.st_mode & 0o001 != 0 else { return false }
            folder = (folder as NSString).deletingLastPathComponent
        }
        return true
    }
}

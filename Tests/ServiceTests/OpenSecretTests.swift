import Foundation
import Glibc
import Testing

@testable import Service

/// Files with secrets that others may read.
struct OpenSecretTests {
    private let folder: String

    init() throws {
        // The folders of a run of tests may be closed to others; this one is not.
        folder = "/tmp/ledgerbus-secrets-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0o755)
    }

    /// Reads a secret from a file of a mode, in a folder below the temporary one, which others may pass through or not.
    private func warnings(file mode: mode_t, folder folderMode: mode_t = 0o755) throws -> [String] {
        let inner = "\(folder)/inner"
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        let path = "\(inner)/password"
        try "postgres://u:s3cret-word@db/d\n".write(toFile: path, atomically: true, encoding: .utf8)
        chmod(path, mode)
        chmod(inner, folderMode)
        defer { try? FileManager.default.removeItem(atPath: inner) }
        let reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(environment: ["FINANCE_DATABASE_URL_FILE": path])
        ])
        #expect(try reader.string(forKey: "finance.database.url", isSecret: true)?.hasPrefix("postgres://") == true)
        return reader.openSecrets()
    }

    @Test("A secret that everybody may read is warned of, with what to do and without the secret")
    func open() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let warnings = try warnings(file: 0o644)
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("chmod o-rwx") == true)
        #expect(warnings.first?.contains("s3cret-word") == false)
    }

    @Test(
        "A secret that its owner and group alone may read is not, nor one in a closed folder",
        arguments: [(mode_t(0o600), mode_t(0o755)), (0o640, 0o755), (0o644, 0o750)])
    func closed(_ file: mode_t, _ folderMode: mode_t) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try warnings(file: file, folder: folderMode).isEmpty)
    }
}

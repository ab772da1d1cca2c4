import CLibPQ

/// How safe the way to a database is.
public enum TransportSecurity {
    /// What an eavesdropper or an impostor between here and the database could do; nil for nothing, or when there is no
    /// network between.
    ///
    /// - parameter url: a connection string.
    /// - throws: ``DatabaseError`` when it can't be read.
    public static func weakness(of url: String) throws -> String? {
        let url = try DatabaseURL(url)
        guard url.hosts.contains(where: { !isHere($0) }) else { return nil }
        let mode = url.sslMode
        switch mode {
        case "verify-full": return nil
        case "disable", "allow", "prefer":
            return "the way to \(url) may be unencrypted (sslmode=\(mode)): use sslmode=verify-full"
        default:
            return """
                the way to \(url) is encrypted, but the server may be an impostor (sslmode=\(mode)): use sslmode=verify-full
                """
        }
    }

    /// Whether a host is this machine: a socket's folder, or an address of the loopback.
    static func isHere(_ host: String) -> Bool {
        host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
            || host.hasPrefix("127.")
    }
}

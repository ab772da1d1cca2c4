import CLibPQ

/// Why there is no connection, and whether waiting helps.
enum ConnectionFailure {
    /// The server is down, starts, is full, or the network is.
    case away
    /// The server is up and does not want us, which is for a person to cure.
    case refused
    /// Server and client do not take each other for who they are, or do not agree to encrypt; for a person, too.
    case mistrusted

    /// - parameter reason: what libpq says, of each server that the URL names.
    init(_ reason: String, _ url: DatabaseURL) {
        let attempts = reason.split(separator: "connection to server").filter { $0.contains("failed") }
        let isMistrusted = { (text: Substring) in Self.mistrust.contains(where: text.contains) }
        // Of several servers, one that is only away may be the one that comes back. One host may have several addresses.
        if isMistrusted(reason[...]), url.hosts.count == 1 || attempts.allSatisfy(isMistrusted) {
            self = .mistrusted
        } else if reason.contains("FATAL"), Self.refusals.contains(where: reason.contains),
            PQping(url.text) == PQPING_OK
        {
            self = .refused
        } else {
            self = .away
        }
    }

    /// What a server, or a pooler, says to whom it does not want. Whatever else it says passes: that it starts or shuts
    /// down, that it has too many clients, that a pooler does not get through to it.
    private static let refusals = [
        "password", "authentication failed", "does not exist", "pg_hba.conf", "permission denied",
        "not permitted to log in",
        "certificate", "no such database", "no such user", "invalid value for parameter",
        "unrecognized configuration parameter",
        "unsupported startup parameter", "unsupported frontend protocol",
    ]

    /// What libpq says of certificates and of encryption.
    private static let mistrust = [
        "certificate verify failed", "does not match host name", "root certificate file", "does not support SSL",
        "private key file", "certificate file", "alert unknown ca", "alert bad certificate",
        "alert certificate expired", "alert certificate revoked",
    ]

    var words: String {
        switch self {
        case .away: "can't be reached"
        case .refused: "refuses us"
        case .mistrusted: "is not trusted, or does not trust us"
        }
    }

    /// What to do.
    var cure: String {
        switch self {
        case .away: "check that PostgreSQL runs there, and the host and port in its URL"
        case .refused: "check the database's name, the user and the password in its URL, and that the role may connect"
        case .mistrusted:
            """
            check that sslrootcert names the authority of the server's certificate, and that this is valid today and for the \
            host in the URL; a certificate of our own is sslcert and sslkey, a file that only we may read
            """
        }
    }
}

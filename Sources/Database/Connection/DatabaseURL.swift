import CLibPQ

/// A connection string, as a `postgres://` URL or in `keyword=value` form, safe to print.
struct DatabaseURL: CustomStringConvertible {
    let text: String
    private let options: [String: String]

    /// - throws: ``DatabaseError`` when it can't be read. What libpq says of it is left out, for it may quote the password.
    init(_ text: String) throws {
        var message: UnsafeMutablePointer<CChar>?
        let parsed = PQconninfoParse(text, &message)
        defer {
            PQfreemem(message)
            PQconninfoFree(parsed)
        }
        guard var option = parsed else {
            throw DatabaseError(
                message: "a database URL can't be read",
                hint: "it looks like postgres://user:password@host:5432/database, with special characters as %XX")
        }
        var options: [String: String] = [:]
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.text = text
        self.options = options
    }

    /// The database's name, when the URL says it.
    var database: String? { options["dbname"] }

    /// Its hosts; one that is empty is the default socket.
    var hosts: [String] {
        let hosts = (options["host"] ?? options["hostaddr"] ?? "").split(
            separator: ",", omittingEmptySubsequences: false)
        return hosts.map(String.init)
    }

    /// How its connections are secured, as the URL, the environment or libpq has it.
    var sslMode: String {
        if let mode = options["sslmode"] { return mode }
        let defaults = PQconndefaults()
        defer { PQconninfoFree(defaults) }
        var option = defaults
        while let current = option, let keyword = current.pointee.keyword {
            if String(cString: keyword) == "sslmode", let value = current.pointee.val { return String(cString: value) }
            option = current + 1
        }
        return "prefer"
    }

    /// Which of several servers will do, unless the URL says: the one that takes writes, which after a fail-over is another.
    var targetSession: String { hosts.count > 1 ? "read-write" : "any" }

    /// Without the password.
    var description: String {
        let host = options["host"] ?? options["hostaddr"] ?? ""
        let user = options["user"]
        guard !host.hasPrefix("/") else {
            return "postgres:///\(database ?? "")?host=\(host)" + (user.map { "&user=\($0)" } ?? "")
        }
        return "postgres://" + (user.map { "\($0)@" } ?? "") + host + (options["port"].map { ":\($0)" } ?? "")
            + "/\(database ?? "")"
    }
}

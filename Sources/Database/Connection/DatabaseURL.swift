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
        guard var option = parsed else { throw Self.unreadable("can't be read") }
        var options: [String: String] = [:]
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.text = text
        self.options = options
        try checkParts()
    }

    /// libpq takes what is mistyped for a part of another kind, and quotes it when it can't connect: a password with an
    /// unescaped @ or / in it becomes a host or a port.
    private func checkParts() throws {
        func check(_ keyword: String, _ name: String, _ isPlain: (Character) -> Bool) throws {
            for part in options[keyword]?.split(separator: ",") ?? [] where !part.allSatisfy(isPlain) {
                // A folder of a socket may be called anything, but what looks like another setting.
                if keyword == "host", part.hasPrefix("/"), !part.contains(where: { "=@:;".contains($0) }) { continue }
                throw Self.unreadable("has a \(name) with characters in it that belong elsewhere")
            }
        }
        let isWord = { (letter: Character) in letter.isLetter || letter.isNumber || "_-.".contains(letter) }
        try check("host", "host") { isWord($0) || ":%".contains($0) }
        try check("hostaddr", "host address") { isWord($0) || ":%".contains($0) }
        try check("port", "port") { $0.isASCII && $0.isNumber }
        try check("user", "user") { isWord($0) || "@$+ \\".contains($0) }
        try check("dbname", "database name") { isWord($0) || "$+ ".contains($0) }
        for port in options["port"]?.split(separator: ",") ?? [] where !(1...65_535).contains(Int(port) ?? 0) {
            throw Self.unreadable("has a port that is none from 1 to 65535")
        }
    }

    private static func unreadable(_ problem: String) -> DatabaseError {
        DatabaseError(
            message: "a database URL \(problem)",
            hint: "it looks like postgres://user:password@host:5432/database, with special characters as %XX")
    }

    /// A text of libpq or the server without the passwords of this URL.
    func redacting(_ message: String) -> String {
        ["password", "sslpassword"].compactMap { options[$0] }.filter { $0.count > 2 }.reduce(message) {
            $0.replacing($1, with: "(secret)")
        }
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

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

/// What may be shown of a secret.
enum Redaction {
    /// An address without its password and query when it is plainly written, else nothing at all.
    static func secret(_ value: String) -> String {
        let parts = value.split(separator: "://", maxSplits: 1)
        guard parts.count == 2 else { return "(secret)" }
        let authority = parts[1].prefix { !"/?#".contains($0) }
        let path = parts[1].dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
        let rest = parts[1].dropFirst(authority.count)
        let names = authority.split(separator: "@", omittingEmptySubsequences: false)
        // An @ elsewhere may belong to a password that is not escaped.
        guard names.count <= 2, !rest.contains("@"), let host = names.last else { return "(secret)" }
        let query = path.count < rest.count ? "?(secret)" : ""
        guard names.count == 2 else { return "\(parts[0])://\(host)\(path)\(query)" }
        let user = names[0].prefix { $0 != ":" }
        let password = user.count < names[0].count ? ":(secret)" : ""
        return "\(parts[0])://\(user)\(password)@\(host)\(path)\(query)"
    }

    /// The value of a passed-on property, shown unless its name says that it is a secret.
    static func display(_ value: String, ofKey key: String) -> String {
        let secretWords = ["password", "secret", "token", "jaas", "private", "key.pem", "credential", "connection"]
        let name = key.lowercased()
        return secretWords.contains { name.contains($0) } ? "(secret)" : value
    }
}

import Text

/// What may be shown of a secret.
public enum Redaction {
    /// What stands for a secret that is not shown.
    static let hidden = "(secret)"

    /// An address without its password and query when every part of it is plainly what it should be, else nothing at all:
    /// a mistyped address may have its password anywhere.
    public static func secret(_ value: String) -> String {
        guard
            let address = value.wholeMatch(
                of:
                    /(?<scheme>[a-z][a-z0-9+]*):\/\/(?<user>(?<name>[\w.\-]+)?(?<password>:[^@\/?#\s]*)?@)?(?<hosts>[^@\/?#\s]*)(?<path>\/[\w.\-]*)?(?<query>[?#][^@]*)?/
                    .asciiOnlyWordCharacters()),
            address.hosts.split(separator: ",").allSatisfy({
                $0.wholeMatch(of: /([\w.\-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?/) != nil
            })
        else { return hidden }
        let user = address.user == nil ? "" : "\(address.name ?? "")\(address.password == nil ? "" : ":\(hidden)")@"
        return
            "\(address.scheme)://\(user)\(address.hosts)\(address.path ?? "")\(address.query == nil ? "" : "?\(hidden)")"
    }

    /// A value as it may be shown: not at all when its key says that it is a secret, as ``secret(_:)`` when it looks as if
    /// it held one.
    public static func display(_ value: String, ofKey key: String) -> String {
        if isSecret(key: key) { return hidden }
        return holdsSecret(value) ? secret(value) : value
    }

    /// Whether a key's name says that its value is a secret, however its words are separated.
    static func isSecret(key: String) -> Bool {
        let name = key.lowercased().filter { $0.isLetter || $0.isNumber }
        return words.contains { name.contains($0) }
    }

    private static let words = [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "jaas", "private", "pem", "credential",
        "connectionstring", "oauthbearer", "apikey", "accesskey", "accountkey", "sharedaccess", "signature",
        "databaseurl",
    ]

    /// Whether a value has a password before a host, an assignment to a secret, or a key in it.
    private static func holdsSecret(_ value: String) -> Bool {
        if let at = value.lastIndex(of: "@"), value[..<at].contains(":") { return true }
        if value.contains("-----BEGIN") { return true }
        return value.split(whereSeparator: { ";,&? \t\n".contains($0) })
            .contains { $0.contains("=") && isSecret(key: String($0.prefix { $0 != "=" })) }
    }
}

extension Duration {
    private static let units: [(name: String, duration: Duration)] = [
        ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)), ("h", .seconds(3600)),
        ("d", .seconds(86_400)),
    ]

    /// Reads `500ms`, `30s`, `5m`, `2h`, `1d`, or several after each other, such as `1h30m`; nil for anything else.
    public init?(configurationText text: String) {
        var total = Duration.zero
        var rest = Substring(text)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let name = rest.dropFirst(digits.count).prefix { $0.isLetter }
            guard let count = Int32(digits), let unit = Self.units.first(where: { $0.name == name }) else { return nil }
            total += unit.duration * Int(count)
            rest = rest.dropFirst(digits.count + name.count)
        }
        self = total
    }

    /// The duration as ``init(configurationText:)`` reads it, to the millisecond: `1h30m`.
    public var configurationText: String {
        var text = ""
        var rest = self
        for unit in Self.units.reversed() {
            let count = Int(rest / unit.duration)
            guard count > 0 else { continue }
            text += "\(count)\(unit.name)"
            rest -= unit.duration * count
        }
        return text.isEmpty ? "0s" : text
    }
}

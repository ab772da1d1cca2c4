extension Duration {
    /// The duration as people write it, to two digits or so: `20 ms`, `1.5 s`, `3 min`, `2 h 5 min`, `4 d 1 h`.
    public var readable: String {
        let milliseconds = Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
        guard milliseconds >= 0 else { return "-" + (.zero - self).readable }
        guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
        guard milliseconds >= 10_000 else {
            let tenths = (milliseconds + 50) / 100
            return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
        }
        let seconds = (milliseconds + 500) / 1_000
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 600 { return Self.pair(seconds, 60, "min", "s") }
        let minutes = (seconds + 30) / 60
        if minutes < 60 { return "\(minutes) min" }
        return minutes < 1_440 ? Self.pair(minutes, 60, "h", "min") : Self.pair(minutes / 60, 24, "d", "h")
    }

    private static func pair(_ value: Int, _ size: Int, _ large: String, _ small: String) -> String {
        value % size == 0 ? "\(value / size) \(large)" : "\(value / size) \(large) \(value % size) \(small)"
    }
}

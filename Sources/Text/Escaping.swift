extension Unicode.Scalar {
    /// Whether a terminal would act on it, or a reader be misled by it: control characters (those of C1 too), breaks of
    /// lines and paragraphs, marks that turn the direction of writing, and what takes no place at all.
    ///
    /// - parameter previous: the scalar before it. Joiners stay where they belong, in emoji and in scripts that join.
    func misleads(after previous: Unicode.Scalar?) -> Bool {
        if value < 0x7F { return value < 0x20 }
        if value < 0xA0 { return true }
        switch value {
        case 0x200C, 0x200D: return (previous?.value ?? 0) < 0x600
        case 0x2028, 0x2029, 0xFFF9...0xFFFB: return true
        default: return properties.isDefaultIgnorableCodePoint && properties.generalCategory != .nonspacingMark
        }
    }

    /// As Swift would write it: `\n`, `\u{1b}`.
    fileprivate var escape: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(value, radix: 16))}"
        }
    }

    /// As JSON writes it: `\n`, `\u001b`, a pair of them beyond U+FFFF.
    fileprivate var jsonEscape: String {
        switch self {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default:
            Character(self).utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        }
    }
}

extension StringProtocol {
    /// The text on one line and as it is, for people: what a terminal would act on or a reader be misled by is written
    /// as `\n`, `\u{1b}`.
    public var escaped: String { escaped(\.escape) { $0 >= 0x20 } }

    /// The text with its lines kept, each ``escaped``; all but the first begin with the indentation.
    public func escapedLines(indentation: String = "") -> String {
        split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
            .map(\.escaped).joined(separator: "\n" + indentation)
    }

    /// The text as a JSON string. It reads back as it was; what ``escaped`` escapes is escaped here too.
    public var jsonQuoted: String {
        "\"" + escaped(\.jsonEscape) { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") } + "\""
    }

    private func escaped(_ escape: (Unicode.Scalar) -> String, isPlain: (UInt8) -> Bool) -> String {
        guard !utf8.allSatisfy({ $0 < 0x7F && isPlain($0) }) else { return String(self) }
        var result = ""
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            let isPlain = scalar.value > 0x7F || isPlain(UInt8(truncatingIfNeeded: scalar.value))
            if isPlain, !scalar.misleads(after: previous) {
                result.unicodeScalars.append(scalar)
            } else {
                result += escape(scalar)
            }
            previous = scalar
        }
        return result
    }
}

/// What the help says of an argument, option or flag. A string literal will do.
public struct ArgumentHelp: Sendable, ExpressibleByStringInterpolation {
    /// One sentence.
    public var abstract: String

    /// What stands between the angle brackets; the property's name when nil.
    public var valueName: String?

    public init(_ abstract: String, valueName: String? = nil) {
        self.abstract = abstract
        self.valueName = valueName
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }
}

/// The names under which an option or flag is given.
public enum NameSpecification: Sendable {
    /// `--property-name`.
    case long
    /// `-p` and `--property-name`.
    case shortAndLong
    /// `--name` as given here.
    case customLong(String)
    /// `-c` and `--name` as given here.
    case custom(short: Character, long: String)

    func names(label: String) -> [ArgumentName] {
        let name = label.dashed
        return switch self {
        case .long: [.long(name)]
        case .shortAndLong: name.first.map { [.short($0), .long(name)] } ?? []
        case .customLong(let custom): [.long(custom)]
        case .custom(let short, let long): [.short(short), .long(long)]
        }
    }
}

enum ArgumentName: Hashable, Sendable, CustomStringConvertible {
    case short(Character)
    case long(String)

    var description: String {
        switch self {
        case .short(let character): "-\(character)"
        case .long(let name): "--\(name)"
        }
    }
}

extension String {
    /// The command-line spelling of a Swift name: `bootstrapServers` is `bootstrap-servers`, `databaseURL` `database-url`.
    var dashed: String {
        let characters = Array(self)
        var result = ""
        for (index, character) in characters.enumerated() {
            if character.isUppercase, index > 0 {
                let followsLower = !characters[index - 1].isUppercase
                let precedesLower = index + 1 < characters.count && characters[index + 1].isLowercase
                if followsLower || precedesLower { result += "-" }
            }
            result += character.lowercased()
        }
        return result
    }
}

/// A PostgreSQL type, by its object id.
public struct DatabaseType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Not known: the server infers it for a parameter; a `COPY` does not tell it of a column.
    public static let unknown = DatabaseType(rawValue: 0)
    public static let bool = DatabaseType(rawValue: 16)
    public static let bytea = DatabaseType(rawValue: 17)
    public static let int8 = DatabaseType(rawValue: 20)
    public static let int2 = DatabaseType(rawValue: 21)
    public static let int4 = DatabaseType(rawValue: 23)
    public static let text = DatabaseType(rawValue: 25)
    public static let date = DatabaseType(rawValue: 1082)
    public static let timestamp = DatabaseType(rawValue: 1114)
    public static let timestamptz = DatabaseType(rawValue: 1184)
    public static let numeric = DatabaseType(rawValue: 1700)
    public static let uuid = DatabaseType(rawValue: 2950)
    public static let boolArray = DatabaseType(rawValue: 1000)
    public static let byteaArray = DatabaseType(rawValue: 1001)
    public static let int2Array = DatabaseType(rawValue: 1005)
    public static let int4Array = DatabaseType(rawValue: 1007)
    public static let textArray = DatabaseType(rawValue: 1009)
    public static let int8Array = DatabaseType(rawValue: 1016)
    public static let dateArray = DatabaseType(rawValue: 1182)
    public static let timestamptzArray = DatabaseType(rawValue: 1185)
    public static let numericArray = DatabaseType(rawValue: 1231)
    public static let uuidArray = DatabaseType(rawValue: 2951)

    /// The name in SQL, or the object id.
    public var description: String {
        Self.names[rawValue] ?? "type \(rawValue)"
    }

    /// Types whose binary form is not their text, so that reading them as text would give garbage.
    var isBinaryOnly: Bool { Self.names[rawValue] != nil && self != .text }

    private static let names: [UInt32: String] = [
        16: "bool", 17: "bytea", 20: "int8", 21: "int2", 23: "int4", 25: "text", 26: "oid", 700: "float4",
        701: "float8", 1000: "bool[]", 1001: "bytea[]", 1005: "int2[]", 1007: "int4[]", 1009: "text[]",
        1016: "int8[]", 1082: "date", 1083: "time", 1114: "timestamp", 1182: "date[]", 1184: "timestamptz",
        1185: "timestamptz[]", 1186: "interval", 1231: "numeric[]", 1700: "numeric", 2950: "uuid", 2951: "uuid[]",
        3802: "jsonb",
    ]
}

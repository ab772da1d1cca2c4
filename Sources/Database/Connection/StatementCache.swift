/// The statements that a session has prepared, by their SQL.
struct StatementCache {
    struct Statement {
        let name: String
        let types: [DatabaseType]
    }

    /// More than any part of the product has; SQL that is made up with values in it would fill it.
    static let limit = 200

    private var statements: [String: Statement] = [:]
    private var made = 0

    var isFull: Bool { statements.count >= Self.limit }

    /// The statement, if it was prepared for parameters of these types. A null fits any type.
    func statement(_ sql: String, for types: [DatabaseType]) -> Statement? {
        guard let statement = statements[sql], statement.types.count == types.count else { return nil }
        let fits = zip(types, statement.types).allSatisfy { $0 == .unknown || $0 == $1 }
        return fits ? statement : nil
    }

    /// A new name for a statement, with the types of nulls as they were when it was last prepared.
    mutating func draft(_ sql: String, for types: [DatabaseType]) -> Statement {
        made += 1
        var types = types
        if let previous = statements[sql], previous.types.count == types.count {
            for index in types.indices where types[index] == .unknown { types[index] = previous.types[index] }
        }
        return Statement(name: "s\(made)", types: types)
    }

    /// - returns: the name of the statement whose place it takes.
    mutating func keep(_ statement: Statement, for sql: String) -> String? {
        statements.updateValue(statement, forKey: sql)?.name
    }

    mutating func forget(_ sql: String) { statements[sql] = nil }
    mutating func removeAll() { statements = [:] }
}

import Database
import Testbed
import Testing

struct RecordTests {
    private let connection: Connection
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try connection.executeScript(
            """
            CREATE TABLE plants (
                id bigint PRIMARY KEY, name text NOT NULL, color text, petals int NOT NULL, height numeric(9, 2)
            )
            """)
    }

    private let rose = Plant(id: 1, name: "Rose", color: .red, petals: 32, height: Numeric(unscaled: 7550, scale: 2))
    private let fern = Plant(id: 2, name: "Farn, \"grün\"", color: nil, petals: 0, height: nil)

    @Test func aRecordNamesItsColumnsInTheirOrder() {
        #expect(Plant.columnNames == ["id", "name", "color", "petals", "height"])
        #expect(Plant.columnList == "id, name, color, petals, height")
        #expect(Plant.columnList(of: "p") == "p.id, p.name, p.color, p.petals, p.height")
        #expect(Plant.columnList(of: "p", prefix: "old_").hasPrefix("p.id AS old_id, p.name AS old_name"))
        #expect(Plant.parameterList == "$1, $2, $3, $4, $5")
        #expect(
            Plant.assignments(from: "excluded", except: ["id", "height"])
                == "name = excluded.name, color = excluded.color, petals = excluded.petals")
    }

    @Test func aRecordThatIsCopiedOrInsertedIsReadAsTheSame() throws {
        var rows = CopyRows()
        try rows.append(contentsOf: [rose])
        #expect(try connection.copy(rows, of: Plant.self, into: "plants") == 1)
        #expect(try connection.insert(fern, into: "plants") == 1)
        #expect(try connection.records(Plant.self, "SELECT * FROM plants ORDER BY id") == [rose, fern])
        #expect(try connection.record(Plant.self, "SELECT * FROM plants WHERE id = $1", 2) == fern)
        #expect(try connection.record(Plant.self, "SELECT * FROM plants WHERE id = $1", 3) == nil)
    }

    @Test func columnsAreFoundByNameWhateverTheirOrderAndWhateverElseThereIs() throws {
        try connection.insert(rose, into: "plants")
        let read = try connection.records(
            Plant.self, "SELECT now() AS moment, height, petals, name, 'x' AS other, id, color FROM plants")
        #expect(read == [rose])
    }

    @Test func recordsStreamInChunksBetweenWhichTheConnectionIsFree() throws {
        try connection.execute("INSERT INTO plants SELECT n, 'plant ' || n, 'red', n FROM generate_series(1, 25) n")
        var chunks: [Int] = []
        var ids: [Int] = []
        try connection.transaction {
            for limit in [25, 20] {
                try connection.forEachRecord(
                    Plant.self, chunk: 10, "SELECT * FROM plants WHERE id <= $1 ORDER BY id", limit
                ) {
                    ids.append($0.id)
                } afterChunk: {
                    chunks.append(try connection.value(Int.self, "SELECT $1::bigint", ids.count))
                }
            }
            // Other columns under the same cursor.
            try connection.forEachRecord(Pair.self, chunk: 10, Pair.query) { _ in
            } afterChunk: {
                chunks.append(-1)
            }
        }
        #expect(ids == Array(1...25) + Array(1...20))
        #expect(chunks == [10, 20, 25, 35, 45, 45, -1, -1, -1])
    }

    @Test func aRecordWithinARecordIsThereWhenItsKeyIs() throws {
        try connection.insert(rose, into: "plants")
        try connection.insert(fern, into: "plants")
        let pairs = try connection.records(Pair.self, Pair.query)
        #expect(pairs == [Pair(plant: rose, next: fern), Pair(plant: fern, next: nil)])
        var rows = CopyRows()
        try rows.append(contentsOf: pairs)
        try connection.executeScript(
            "CREATE TABLE pairs AS \(Pair.query.replacing("ORDER BY p.id", with: "LIMIT 0"))")
        try connection.copy(rows, of: Pair.self, into: "pairs")
        #expect(try connection.records(Pair.self, "SELECT * FROM pairs ORDER BY plant_id") == pairs)
    }

    @Test func anErrorNamesTheColumnAndTheStatement() throws {
        try connection.execute("INSERT INTO plants VALUES (1, 'Rose', 'mauve', 1)")
        let label = #expect(throws: DatabaseError.self) {
            try connection.records(Plant.self, "SELECT * FROM plants")
        }
        #expect(label?.message == "column \"color\" holds \"mauve\", which is no PlantColor")
        #expect(label?.statement == "SELECT * FROM plants")
        let null = #expect(throws: DatabaseError.self) {
            try connection.forEachRecord(Plant.self, "SELECT NULL::text AS name, * FROM plants") { _ in }
        }
        #expect(null?.message == "column \"name\" is null")
        let absent = #expect(throws: DatabaseError.self) { try connection.records(Plant.self, "SELECT id FROM plants") }
        #expect(absent?.description.contains("no column \"name\"") == true)
        #expect(absent?.statement == "SELECT id FROM plants")
    }

    @Test func aValueThatDoesNotFitItsColumnIsRefusedAndLeavesTheRowsAsTheyWere() throws {
        var rows = CopyRows()
        try rows.append(rose)
        var large = rose
        large.petals = Int(Int32.max) + 1
        let error = #expect(throws: DatabaseError.self) { try rows.append(large) }
        #expect(error?.message == "2147483648 does not fit into column \"petals\" of type int4")
        #expect(rows.rowCount == 1)
        #expect(try connection.copy(rows, of: Plant.self, into: "plants") == 1)
    }

    @Test func singleValuesAreReadWithoutARecord() throws {
        #expect(try connection.value(Int.self, "SELECT count(*) FROM plants") == 0)
        #expect(try connection.optionalValue(String.self, "SELECT name FROM plants") == nil)
        #expect(try connection.values(PlantColor?.self, "VALUES ('red'), (NULL)") == [.red, nil])
    }

    @Test func labelsInStatementsComeFromTheirEnumeration() throws {
        #expect(PlantColor.red.sql == "'red'")
        #expect(PlantColor.allCases.sql == "'red', 'lady''s green'")
        #expect(try connection.value(PlantColor.self, "SELECT \(PlantColor.green.sql)") == .green)
    }
}

private enum PlantColor: String, DatabaseLabel {
    case red
    case green = "lady's green"
}

private struct Plant: Record, Equatable {
    var id: Int
    var name: String
    var color: PlantColor?
    var petals: Int
    var height: Numeric?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Plant(
            id: try column("id", row?.id), name: try column("name", row?.name), color: try column("color", row?.color),
            petals: try column("petals", row?.petals, as: Int32.self), height: try column("height", row?.height))
    }
}

/// A plant and the one that comes after it.
private struct Pair: Record, Equatable {
    var plant: Plant
    var next: Plant?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Pair(
            plant: try column.record("plant_", row?.plant),
            next: try column.optionalRecord("next_", presentIf: "id", row?.next))
    }

    static let query = """
        SELECT \(Plant.columnList(of: "p", prefix: "plant_")), \(Plant.columnList(of: "n", prefix: "next_"))
        FROM plants p LEFT JOIN plants n ON n.id = p.id + 1 ORDER BY p.id
        """
}

import Testbed
import Testing

@testable import Database

struct CopyTests {
    private let database: TestDatabase
    private let count = 100_000

    init() throws {
        database = try TestDatabase()
    }

    private func connect() throws -> Connection {
        let connection = try database.connect()
        try connection.executeScript(
            """
            CREATE TABLE lines (id bigint PRIMARY KEY, uid uuid NOT NULL, name text, amount numeric(20, 4),
                day date, at timestamptz, posted boolean NOT NULL, payload bytea, small smallint)
            """)
        return connection
    }

    private func append(_ id: Int, to rows: inout CopyRows) {
        rows.beginRow(columns: 9)
        rows.append(id)
        rows.append(UUIDBytes(high: UInt64(id), low: .max))
        if id % 3 == 0 { rows.null() } else { rows.append("line \(id)") }
        if id % 5 == 0 { rows.null() } else { rows.append(numeric: Int128(id) - 50_000, scale: 4) }
        rows.append(date: Int32(id))
        rows.append(timestamp: Int64(id) * 1_000_000)
        rows.append(id % 2 == 0)
        rows.append(bytes: [UInt8](repeating: UInt8(id % 256), count: id % 7))
        rows.append(Int16(id % 1000))
    }

    private func check(_ row: BinaryRow, _ id: Int) throws -> Bool {
        try row.int64(0) == Int64(id) && row.uuid(1) == UUIDBytes(high: UInt64(id), low: .max)
            && row[2, as: String?.self] == (id % 3 == 0 ? nil : "line \(id)")
            && (row.isNull(3) ? nil : row.numeric(3, scale: 4)) == (id % 5 == 0 ? nil : Int128(id) - 50_000)
            && row.day(4) == Int32(id) && row.timestamp(5) == Int64(id) * 1_000_000 && row.bool(6) == (id % 2 == 0)
            && row.bytes(7).elementsEqual([UInt8](repeating: UInt8(id % 256), count: id % 7))
            && row.int16(8) == Int16(id % 1000)
    }

    @Test func rowsGoThereInAnotherOrderAndBack() throws {
        let connection = try connect()
        var rows = CopyRows()
        let ids = (0..<count).shuffled()
        for id in ids { append(id, to: &rows) }
        #expect(rows.rowCount == count)
        var sorted = CopyRows()
        for position in ids.indices.sorted(by: { ids[$0] < ids[$1] }) { sorted.append(row: position, of: rows) }
        #expect(sorted.byteCount == rows.byteCount)

        let loaded = try connection.copyIn("COPY lines FROM STDIN (FORMAT binary)") { try $0.write(sorted) }
        #expect(loaded == count)

        // Unordered: they come as they were loaded.
        var next = 0
        try connection.copyOut("COPY lines TO STDOUT (FORMAT binary)") { row in
            guard try check(row, next) else { throw DatabaseError(message: "row \(next) is not as it was sent") }
            next += 1
        }
        #expect(next == count)

        next = 0
        try connection.forEach("SELECT * FROM lines WHERE id >= $1 ORDER BY id", parameters: [90_000]) { row in
            guard try check(row, 90_000 + next) else { throw DatabaseError(message: "row \(next) is not as sent") }
            next += 1
        }
        #expect(next == 10_000)
        #expect(try connection.query("SELECT count(*) FROM lines").single().int(0) == count)
    }

    @Test func anEmptyCopyIsNothing() throws {
        let connection = try connect()
        #expect(try connection.copyIn("COPY lines FROM STDIN (FORMAT binary)") { try $0.write(CopyRows()) } == 0)
        try connection.copyOut("COPY lines TO STDOUT (FORMAT binary)") { _ in Issue.record("there is no row") }
        try connection.forEach("SELECT * FROM lines", parameters: []) { _ in Issue.record("there is no row") }
    }

    @Test func aRowThatTheServerRefusesLoadsNothingAndKeepsTheConnection() throws {
        let connection = try connect()
        var rows = CopyRows()
        for id in Array(0..<count) + [7] { append(id, to: &rows) }
        let error = #expect(throws: DatabaseError.self) {
            try connection.copyIn("COPY lines FROM STDIN (FORMAT binary)") { try $0.write(rows) }
        }
        #expect(error?.isUniqueViolation == true)
        #expect(error?.constraint == "lines_pkey")
        #expect(error?.table == "lines")
        #expect(try connection.query("SELECT count(*) FROM lines").single().int(0) == 0)
    }

    @Test func aBodyThatThrowsLoadsNothingAndKeepsTheConnection() throws {
        struct Interrupted: Error {}
        let connection = try connect()
        #expect(throws: Interrupted.self) {
            try connection.copyIn("COPY lines FROM STDIN (FORMAT binary)") { sink in
                var rows = CopyRows()
                append(1, to: &rows)
                try sink.write(rows)
                throw Interrupted()
            }
        }
        #expect(try connection.query("SELECT count(*) FROM lines").single().int(0) == 0)
    }

    @Test func aReaderThatThrowsKeepsTheConnection() throws {
        struct Enough: Error {}
        let connection = try connect()
        let many = "SELECT i, repeat('x', 1000) FROM generate_series(1, 1000000) i"
        #expect(throws: Enough.self) {
            try connection.copyOut("COPY (\(many)) TO STDOUT (FORMAT binary)") { _ in throw Enough() }
        }
        #expect(try connection.query("SELECT 1").single().int(0) == 1)
        #expect(throws: Enough.self) { try connection.forEach(many, parameters: []) { _ in throw Enough() } }
        #expect(try connection.query("SELECT 1").single().int(0) == 1)
    }

    @Test(
        "Only a binary COPY in the right direction is taken",
        arguments: ["COPY lines FROM STDIN", "COPY lines TO STDOUT (FORMAT binary)", "SELECT 1"])
    func otherStatementsAreRefused(sql: String) throws {
        let connection = try connect()
        #expect(throws: DatabaseError.self) { try connection.copyIn(sql) { _ in } }
        #expect(try connection.query("SELECT 1").single().int(0) == 1)
    }

    @Test(
        "Only a binary COPY in the right direction is read",
        arguments: ["COPY lines TO STDOUT", "COPY lines FROM STDIN (FORMAT binary)", "SELECT 1"])
    func otherStatementsAreNotRead(sql: String) throws {
        let connection = try connect()
        #expect(throws: DatabaseError.self) { try connection.copyOut(sql) { _ in } }
        #expect(try connection.query("SELECT 1").single().int(0) == 1)
    }

    @Test func anErrorInTheMiddleOfAStreamIsThrown() throws {
        let connection = try connect()
        let sql = "SELECT 1 / (500 - i) FROM generate_series(1, 1000) i"
        var error = #expect(throws: DatabaseError.self) { try connection.forEach(sql, parameters: []) { _ in } }
        #expect(error?.sqlState == "22012")
        error = #expect(throws: DatabaseError.self) {
            try connection.copyOut("COPY (\(sql)) TO STDOUT (FORMAT binary)") { _ in }
        }
        #expect(error?.sqlState == "22012")
        #expect(try connection.query("SELECT 1").single().int(0) == 1)
    }
}

import Testbed
import Testing

@testable import Database

struct NumericTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
    }

    static let values: [(Int128, Int)] = [
        (0, 0), (0, 10), (1, 0), (-1, 0), (1, 10), (-1, 10), (1, 4), (12_345, 4), (10_000, 0), (10_000, 4),
        (100_000_000, 8), (99_999_999, 4), (-123_456_789_012, 2), (5, 1), (50, 2), (1, 3), (1_000_000, 6), (1, 38),
        (Int128(Int64.max), 4), (Int128(UInt64.max) + 1, 4), (.max, 0), (.min, 0), (.max, 4), (.min, 10), (.max, 1),
        (.min, 3), (.max, 38), (10_000_000_000_000_000, 0), (100_000_000_000_000_000_000_000_000_000_000_000_000, 2),
    ]

    @Test func aNumericGoesThereAndBackExactlyAndIsTheDecimalThatItShouldBe() throws {
        let connection = try database.connect()
        for (unscaled, scale) in Self.values {
            let numeric = Numeric(unscaled: unscaled, scale: scale)
            let row = try connection.query(
                "SELECT $1, $1::text, $2::text::numeric", numeric, numeric.description
            ).single()
            #expect(try row.string(1) == numeric.description)
            #expect(try row.numeric(0, scale: scale) == unscaled)
            #expect(try row.numeric(0) == numeric)
            #expect(try row.numeric(2) == numeric)
        }
    }

    @Test func randomNumericsGoThereAndBackThroughACopy() throws {
        let connection = try database.connect()
        try connection.executeScript("CREATE TABLE amounts (id int, scale int, amount numeric, shown text)")
        var generator = SystemRandomNumberGenerator()
        var rows = CopyRows()
        var expected: [Int128] = []
        for id in 0..<5_000 {
            let unscaled = Int128.random(in: .min...(.max), using: &generator) >> Int128.random(in: 0...127)
            let scale = id % 12
            rows.beginRow(columns: 4)
            rows.append(Int32(id))
            rows.append(Int32(scale))
            rows.append(numeric: unscaled, scale: scale)
            rows.append(Numeric(unscaled: unscaled, scale: scale).description)
            expected.append(unscaled)
        }
        try connection.copyIn("COPY amounts FROM STDIN (FORMAT binary)") { try $0.write(rows) }
        let wrong = try connection.query("SELECT count(*) FROM amounts WHERE amount::text <> shown").single()
        #expect(try wrong.int(0) == 0)
        var read: [Int128] = []
        try connection.copyOut("COPY (SELECT scale, amount FROM amounts ORDER BY id) TO STDOUT (FORMAT binary)") {
            read.append(try $0.numeric(1, scale: Int($0.int32(0))))
        }
        #expect(read == expected)
    }

    @Test func aNumericIsReadAtALargerScale() throws {
        let connection = try database.connect()
        let row = try connection.query("SELECT 1.5, 0.0001, 120000::numeric, -0.05").single()
        #expect(try row.numeric(0, scale: 10) == 15_000_000_000)
        #expect(try row.numeric(1, scale: 6) == 100)
        #expect(try row.numeric(2, scale: 3) == 120_000_000)
        #expect(try row.numeric(3, scale: 2) == -5)
    }

    @Test func aNumericThatCannotBeKeptExactlyIsRefusedWithItsColumn() throws {
        let connection = try database.connect()
        let refusals = [
            ("'NaN'::numeric", "is NaN or infinite"), ("'-Infinity'::numeric", "is NaN or infinite"),
            ("1.00001", "has more decimals than are kept (4)"), ("0.00000001", "has more decimals than are kept (4)"),
            ("1e38", "does not fit in 128 bits"), ("1e60", "does not fit in 128 bits"),
        ]
        for (sql, problem) in refusals {
            let row = try connection.query("SELECT \(sql) AS amount").single()
            #expect(throws: DatabaseError(message: "column \"amount\" \(problem)")) { try row.numeric(0, scale: 4) }
        }
    }

    @Test(arguments: [(5, 2, "0.05"), (-5, 2, "-0.05"), (12_345, 0, "12345"), (12_345, 4, "1.2345"), (0, 2, "0.00")])
    func textIsDecimal(unscaled: Int, scale: Int, text: String) {
        #expect(Numeric(unscaled: Int128(unscaled), scale: scale).description == text)
    }
}

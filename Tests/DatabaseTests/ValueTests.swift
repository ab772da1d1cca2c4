import Foundation
import Testbed
import Testing

@testable import Database

struct ValueTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
    }

    @Test func everyTypeGoesThereAndBack() throws {
        let connection = try database.connect()
        func there<T: DatabaseValue & Equatable>(_ value: T) throws {
            let row = try connection.query("SELECT $1 AS value", value).single()
            #expect(try row["value", as: T.self] == value)
        }
        try there("Größe 請求書 👍")
        try there("")
        try there(true)
        try there(Int16.min)
        try there(Int32.max)
        try there(Int64.min)
        try there(Int.max)
        try there(UUIDBytes(high: 1, low: .max))
        try there(UUID())
        try there([0, 1, 255] as [UInt8])
        try there([] as [UInt8])
        try there(Day(daysSince2000: -1))
        try there(Instant(microsecondsSince2000: -1))
        try there([1, -2, .max])
        try there([] as [Int64])
        try there(["a", "", "{,}"])
        try there([UUIDBytes(high: 0, low: 7)])
        try there([[1], [], [0, 255]] as [[UInt8]])
        try there([true, false])
        try there([Day(daysSince2000: 9000)])
        try there([Numeric(unscaled: -15, scale: 1), Numeric(unscaled: 0, scale: 0)])
        try there(["a", nil, ""] as [String?])
        try there([nil] as [Int?])
    }

    @Test func nilIsNull() throws {
        let connection = try database.connect()
        let none: Int? = nil
        let row = try connection.query("SELECT $1::bigint AS value, 1 AS one", none).single()
        #expect(try row.isNull(0))
        #expect(try row["value", as: Int?.self] == nil)
        #expect(try row[0, as: Int64?.self] == nil)
        #expect(try row["one", as: Int32?.self] == 1)
    }

    @Test func aStatementTakesNullsAndValuesInTurn() throws {
        let connection = try database.connect()
        for value in [nil, 1, nil, 2] as [Int?] {
            #expect(try connection.query("SELECT $1::bigint", value).single()[0, as: Int?.self] == value)
        }
        #expect(try connection.query("SELECT $1::bigint", 3 as Int32).single().int(0) == 3)
    }

    @Test func datesAndInstantsMeanWhatTheServerSays() throws {
        let connection = try database.connect()
        let row = try connection.query(
            "SELECT date '2000-01-02', timestamptz '1999-12-31 23:59:59.999999Z', $1 = date '2026-02-28', $2::text",
            Day(daysSince2000: 9555), Instant(Date(timeIntervalSince1970: 1_700_000_000.25))
        ).single()
        #expect(try row.day(0) == 1)
        #expect(try row.timestamp(1) == -1)
        #expect(try row.bool(2))
        #expect(try row.string(3) == "2023-11-14 22:13:20.25+00")
    }

    @Test func aColumnOfAnotherTypeIsNamedInTheError() throws {
        let connection = try database.connect()
        let row = try connection.query("SELECT 1 AS amount, NULL::text AS name").single()
        #expect(throws: DatabaseError(message: "column \"amount\" is of type int4, and was read as uuid")) {
            try row.uuid(0)
        }
        #expect(throws: DatabaseError(message: "column \"amount\" is of type int4, and was read as text")) {
            try row.string(0)
        }
        #expect(throws: DatabaseError(message: "column \"name\" is null")) { try row.string(1) }
        #expect(throws: DatabaseError(message: "the result has 2 columns, and no column 3")) { try row.int(2) }
        #expect(throws: DatabaseError.self) { try row["other", as: Int.self] }
    }

    @Test func oneRowIsExpectedToBeOne() throws {
        let connection = try database.connect()
        #expect(throws: DatabaseError(message: "one row was expected, and there are 0")) {
            try connection.query("SELECT 1 WHERE false").single()
        }
    }
}

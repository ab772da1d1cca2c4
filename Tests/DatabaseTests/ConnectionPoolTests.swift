import Service
import Testbed
import Testing

@testable import Database

struct ConnectionPoolTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
    }

    private func pool(size: Int, timeout: Duration = .seconds(30)) -> ConnectionPool {
        ConnectionPool(url: database.url, size: size, applicationName: "tests", timeout: timeout)
    }

    @Test func aConnectionIsUsedAgain() throws {
        let pool = pool(size: 2)
        let first = try pool.withConnection { $0.backendProcess }
        #expect(try pool.withConnection { $0.backendProcess } == first)
        try pool.withConnection { outer in
            let inner = try pool.withConnection { $0.backendProcess }
            #expect(inner != outer.backendProcess)
        }
    }

    @Test func aConnectionThatWasLostIsReplaced() throws {
        let pool = pool(size: 1)
        let first = try pool.withConnection { $0.backendProcess }
        // While idle,
        try database.connect().execute("SELECT pg_terminate_backend($1, 5000)", first)
        let second = try pool.withConnection { connection in
            _ = try connection.query("SELECT 1")
            return connection.backendProcess
        }
        #expect(second != first)
        // and while in use.
        #expect(throws: DatabaseError.self) {
            try pool.withConnection { connection in
                try database.connect().execute("SELECT pg_terminate_backend($1, 5000)", second)
                _ = try connection.query("SELECT 1")
            }
        }
        #expect(try pool.withConnection { try $0.query("SELECT 1").single().int(0) } == 1)
    }

    @Test func aConnectionWithAnOpenTransactionIsNotUsedAgain() throws {
        let pool = pool(size: 1)
        let first = try pool.withConnection { connection in
            try connection.executeScript("BEGIN")
            return connection.backendProcess
        }
        #expect(try pool.withConnection { $0.backendProcess } != first)
    }

    @Test func whoWaitsInVainIsToldWhy() throws {
        let pool = pool(size: 1, timeout: .milliseconds(1))
        try pool.withConnection { _ in
            let error = #expect(throws: DatabaseError.self) { try pool.withConnection { _ in } }
            #expect(error?.message.contains("all 1 connections of tests have been in use") == true)
        }
    }

    @Test func manyThreadsShareAFewConnections() throws {
        let pool = pool(size: 3)
        try database.connect().executeScript("CREATE TABLE numbers (id int)")
        let threads = (0..<8).map { thread in
            WorkerThread(name: "other") {
                for number in 0..<50 {
                    try pool.withConnection {
                        try $0.execute("INSERT INTO numbers VALUES ($1)", thread * 50 + number)
                    }
                }
            }
        }
        for thread in threads { try thread.join() }
        #expect(
            try pool.withConnection { try $0.query("SELECT count(DISTINCT id) FROM numbers").single().int(0) } == 400)
    }
}

import Foundation
import Service
import Synchronization
import Testbed
import Testing

@testable import Database

struct TransactionTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
        try database.connect().executeScript(
            "CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL); INSERT INTO accounts VALUES (1, 0), (2, 0)"
        )
    }

    private func balances() throws -> [Int] {
        try database.connect().query("SELECT balance FROM accounts ORDER BY id").map { try $0.int(0) }
    }

    @Test func whatThrowsIsRolledBack() throws {
        struct Refused: Error {}
        let connection = try database.connect()
        #expect(throws: Refused.self) {
            try connection.transaction {
                try connection.execute("UPDATE accounts SET balance = 1")
                throw Refused()
            }
        }
        #expect(try balances() == [0, 0])
        #expect(!connection.isInTransaction)
    }

    @Test func aSerializationFailureIsTriedAgain() throws {
        let connection = try database.connect()
        let other = try database.connect()
        var attempts = 0
        try connection.transaction(.serializable) {
            attempts += 1
            let balance = try connection.query("SELECT balance FROM accounts WHERE id = 1").single().int(0)
            if attempts == 1 { try other.execute("UPDATE accounts SET balance = 10 WHERE id = 1") }
            try connection.execute("UPDATE accounts SET balance = $1 WHERE id = 1", balance + 1)
        }
        #expect(attempts == 2)
        #expect(try balances() == [11, 0])
    }

    @Test func retriesHaveAnEnd() throws {
        let connection = try database.connect()
        let other = try database.connect()
        var attempts = 0
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction(.repeatableRead, retries: 2) {
                attempts += 1
                _ = try connection.query("SELECT balance FROM accounts")
                try other.execute("UPDATE accounts SET balance = balance + 10 WHERE id = 1")
                try connection.execute("UPDATE accounts SET balance = 0 WHERE id = 1")
            }
        }
        #expect(attempts == 3)
        #expect(error?.isSerializationFailure == true)
        #expect(error?.isTransient == true)
    }

    @Test func aDeadlockIsTriedAgain() throws {
        let bothLocked = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
        let attempts = Atomic(0)
        let threads = (0...1).map { mine in
            WorkerThread(name: "other") { [database] in
                let connection = try database.connect()
                try connection.executeScript("SET deadlock_timeout = '10ms'")
                var isFirst = true
                try connection.transaction {
                    attempts.add(1, ordering: .relaxed)
                    try connection.execute("UPDATE accounts SET balance = balance + 1 WHERE id = $1", mine + 1)
                    if isFirst {
                        isFirst = false
                        bothLocked[mine].signal()
                        bothLocked[1 - mine].wait()
                    }
                    try connection.execute("UPDATE accounts SET balance = balance + 1 WHERE id = $1", 2 - mine)
                }
            }
        }
        for thread in threads { try thread.join() }
        #expect(try balances() == [2, 2])
        #expect(attempts.load(ordering: .relaxed) >= 3)
    }

    @Test func aSavepointFailsOnItsOwn() throws {
        let connection = try database.connect()
        try connection.transaction {
            try connection.execute("UPDATE accounts SET balance = 5 WHERE id = 1")
            let error = #expect(throws: DatabaseError.self) {
                try connection.savepoint {
                    try connection.execute("UPDATE accounts SET balance = 6")
                    try connection.savepoint { try connection.execute("INSERT INTO accounts VALUES (1, 0)") }
                }
            }
            #expect(error?.isUniqueViolation == true)
            try connection.savepoint { try connection.execute("UPDATE accounts SET balance = 7 WHERE id = 2") }
        }
        #expect(try balances() == [5, 7])
    }

    @Test func aTransactionWithAFailureThatWasSwallowedDoesNotPassForCommitted() throws {
        let connection = try database.connect()
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction {
                try connection.execute("UPDATE accounts SET balance = 5")
                _ = try? connection.execute("INSERT INTO accounts VALUES (1, 0)")
            }
        }
        #expect(error?.message.contains("rolled back instead of committed") == true)
        #expect(try balances() == [0, 0])
    }

    @Test func aTransactionInATransactionIsRefused() throws {
        let connection = try database.connect()
        #expect(throws: DatabaseError.self) { try connection.transaction { try connection.transaction {} } }
        #expect(!connection.isInTransaction)
    }

    @Test func aConnectionLostInTheCommitLeavesItUnknown() throws {
        let connection = try database.connect()
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction {
                try connection.execute("UPDATE accounts SET balance = 5")
                connection.cancelHandle.disconnect()
            }
        }
        #expect(error?.isCommitUnknown == true)
        #expect(error?.isConnectionLost == true)
        #expect(!connection.isUsable)
    }

    @Test func aSchemaThatChangesUnderAPreparedStatementIsNoticed() throws {
        let connection = try database.connect()
        let other = try database.connect()
        let sql = "SELECT * FROM accounts WHERE id = $1"
        #expect(try connection.query(sql, 1).columnNames == ["id", "balance"])
        try other.executeScript("ALTER TABLE accounts ADD currency text")
        #expect(try connection.query(sql, 1).columnNames.count == 3)
        try other.executeScript("ALTER TABLE accounts ADD owner text")
        let names = try connection.transaction { try connection.query(sql, 1).columnNames }
        #expect(names.count == 4)
    }

    @Test func statementsBeyondTheCacheAreStillRun() throws {
        let connection = try database.connect()
        for round in 0..<2 {
            for number in 0..<300 {
                #expect(try connection.query("SELECT \(number) + $1", round).single().int(0) == number + round)
            }
        }
        #expect(try connection.query("SELECT count(*) FROM pg_prepared_statements").single().int(0) <= 200)
    }
}

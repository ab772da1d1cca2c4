import Foundation
import Service
import Testbed
import Testing

@testable import Database

struct ConnectionTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
    }

    @Test func aSessionIsInUTCWithItsNameAndTimeouts() throws {
        let connection = try Connection(
            url: database.url, applicationName: "finance-consumer",
            options: ConnectionOptions(lockTimeout: .milliseconds(1500)))
        func setting(_ name: String) throws -> String {
            try connection.query("SELECT current_setting($1)", name).single().string(0)
        }
        #expect(try setting("TimeZone") == "UTC")
        #expect(try setting("client_encoding") == "UTF8")
        #expect(try setting("application_name") == "finance-consumer")
        #expect(try setting("idle_in_transaction_session_timeout") == "1min")
        #expect(try setting("lock_timeout") == "1500ms")
        #expect(connection.database == database.name)
    }

    @Test func aRefusalNamesTheConstraintAndNoValues() throws {
        let connection = try database.connect()
        try connection.executeScript(
            """
            CREATE TABLE companies (id text PRIMARY KEY CHECK (id <> 'bad'));
            CREATE TABLE projects (id int, company text NOT NULL CONSTRAINT their_company REFERENCES companies)
            """)
        func refusal(_ sql: String, _ value: String?) -> DatabaseError? {
            #expect(throws: DatabaseError.self) { try connection.execute(sql, value) }
        }
        let company = "INSERT INTO companies VALUES ($1)"
        try connection.execute(company, "usmf")
        let duplicate = refusal(company, "usmf")
        #expect(duplicate?.isUniqueViolation == true)
        #expect(duplicate?.table == "companies")
        #expect(
            duplicate?.description == """
                duplicate key value violates unique constraint "companies_pkey" (SQLSTATE 23505) \
                in: INSERT INTO companies VALUES ($1)
                """)
        #expect(duplicate?.isTransient == false)
        #expect(refusal(company, "bad")?.sqlState == "23514")
        let project = "INSERT INTO projects VALUES (1, $1)"
        #expect(refusal(project, "demf")?.sqlState == "23503")
        #expect(refusal(project, "demf")?.constraint == "their_company")
        #expect(refusal(project, nil)?.sqlState == "23502")
    }

    @Test func aTerminatedSessionIsLost() throws {
        let connection = try database.connect()
        try database.connect().execute("SELECT pg_terminate_backend($1, 5000)", connection.backendProcess)
        let error = #expect(throws: DatabaseError.self) { try connection.query("SELECT 1") }
        #expect(error?.isConnectionLost == true)
        #expect(error?.isTransient == true)
        #expect(!connection.isUsable)
    }

    @Test("A session that ends while it loads or reads is lost", arguments: ["in", "out", "stream"])
    func lostInTheMiddle(direction: String) throws {
        let connection = try database.connect()
        try connection.executeScript("CREATE TABLE numbers (id bigint)")
        let other = try database.connect()
        let process = connection.backendProcess
        let many = "SELECT i, repeat('x', 1000) FROM generate_series(1, 1000000) i"
        let error = #expect(throws: DatabaseError.self) {
            switch direction {
            case "in":
                try connection.copyIn("COPY numbers FROM STDIN (FORMAT binary)") { sink in
                    try other.execute("SELECT pg_terminate_backend($1, 5000)", process)
                    var rows = CopyRows()
                    rows.beginRow(columns: 1)
                    rows.append(1)
                    for _ in 0..<1000 { try sink.write(rows) }
                }
            case "out":
                try connection.copyOut("COPY (\(many)) TO STDOUT (FORMAT binary)") { _ in
                    try other.execute("SELECT pg_terminate_backend($1)", process)
                }
            default:
                try connection.forEach(many, parameters: []) { _ in
                    try other.execute("SELECT pg_terminate_backend($1)", process)
                }
            }
        }
        #expect(error?.isConnectionLost == true)
        #expect(!connection.isUsable)
    }

    @Test func aStatementIsCancelledFromAnotherThread() throws {
        let connection = try database.connect()
        let canceller = WorkerThread(name: "other") {
            [database, process = connection.backendProcess, handle = connection.cancelHandle] in
            let observer = try database.connect()
            let sleeping = "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'"
            try eventually { try !observer.query(sleeping, process).isEmpty }
            handle.cancelStatement()
        }
        let error = #expect(throws: DatabaseError.self) { try connection.query("SELECT pg_sleep(600)") }
        try canceller.join()
        #expect(error?.isCancelled == true)
        #expect(error?.isConnectionLost == false)
        #expect(try connection.query("SELECT 1").single().int(0) == 1)
    }

    @Test func aWaitIsCutFromAnotherThread() throws {
        let connection = try database.connect()
        let cutter = WorkerThread(name: "other") { [handle = connection.cancelHandle] in handle.disconnect() }
        let error = #expect(throws: DatabaseError.self) { try connection.waitForNotification(timeout: .seconds(600)) }
        try cutter.join()
        #expect(error?.isConnectionLost == true)
    }

    @Test func notificationsArriveAfterTheCommit() throws {
        let listener = try database.connect()
        let teller = try database.connect()
        try listener.listen("out \"box\"")
        #expect(try listener.waitForNotification(timeout: .zero) == nil)
        try teller.transaction {
            try teller.notify("out \"box\"", payload: "請求")
            #expect(try listener.waitForNotification(timeout: .zero) == nil)
        }
        try teller.notify("out \"box\"")
        let first = try listener.waitForNotification(timeout: .seconds(600))
        #expect(first?.channel == "out \"box\"")
        #expect(first?.payload == "請求")
        #expect(try listener.waitForNotification(timeout: .seconds(600))?.payload == "")
    }

    @Test func aLockIsHeldByOneTransaction() throws {
        let first = try database.connect()
        let second = try database.connect()
        try second.executeScript("SET lock_timeout = '50ms'")
        try first.transaction {
            try first.lockUntilTransactionEnds(7)
            let refusal = #expect(throws: DatabaseError.self) {
                try second.transaction(retries: 0) { try second.lockUntilTransactionEnds(7) }
            }
            #expect(refusal?.isLockTimeout == true)
        }
        try second.transaction { try second.lockUntilTransactionEnds(7) }
    }

    @Test func warningsAreHandedOnAndNoticesAreNot() throws {
        let warnings = Warnings()
        let connection = try Connection(
            url: database.url, applicationName: "tests", options: ConnectionOptions(onWarning: { warnings.append($0) }))
        try connection.executeScript("DO $$ BEGIN RAISE NOTICE 'small'; RAISE WARNING 'mind the gap'; END $$")
        #expect(warnings.all.count == 1)
        #expect(warnings.all.first?.contains("mind the gap") == true)
    }

    @Test func anUnreachableDatabaseIsNamedWithoutItsPassword() throws {
        let error = #expect(throws: DatabaseError.self) {
            try Connection(url: "postgres://clerk:hunter2@127.0.0.1:1/finance", applicationName: "tests")
        }
        #expect(error?.isConnectionLost == true)
        #expect(error?.description.contains("postgres://clerk@127.0.0.1:1/finance can't be reached") == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func aDatabaseThatIsNotThereIsNoOutage() throws {
        let url = database.url.replacingOccurrences(of: database.name, with: "nowhere")
        let error = #expect(throws: DatabaseError.self) { try Connection(url: url, applicationName: "tests") }
        #expect(error?.isTransient == false)
        #expect(error?.description.contains("\"nowhere\" does not exist") == true)
    }

    @Test(
        "A mistyped URL is refused without a word of its password",
        arguments: [
            "postgres//app:hunter2@db/finance", "postgres:/app:hunter2@db/finance", "postgres:app:hunter2@db/finance",
            "postgres:///app:hunter2@db/finance", "postgress://app:hunter2@db/finance", "app:hunter2@db/finance",
            "postgres://app:x@hunter2@db/finance", "postgres://app:x/hunter2@db/finance",
            "postgres://app:hunter2db/finance",
            "postgres://app;hunter2@db/finance",
            "postgres://app%3Ahunter2@db/finance",
            "postgres://app@db/finance&password=hunter2", "postgres://app@db/finance;password=hunter2",
            "postgres://db/finance?user=app;password=hunter2", "postgres://app@db:hunter2/finance",
            "host=db user=app;password=hunter2", "host=db passwrd=hunter2", "host=db password='hunter2",
            "jdbc:postgresql://db/finance?user=app&password=hunter2", "postgres://app:hunter2@db:99999/finance",
            "postgres://app:hunter2@db:99999999999999999999/finance", "hunter2", "postgres://app:%ZZhunter2@db/finance",
            "postgres://app:hunter2@db/finance?sslpasword=hunter2", "host=/run;password=hunter2",
        ])
    func mistypedURL(url: String) {
        let error = #expect(throws: DatabaseError.self, "\(url)") {
            try Connection(url: url, applicationName: "test")
        }
        #expect(error?.description.contains("hunter2") == false, "\(error?.description ?? "")")
        #expect(error?.isConnectionLost == false, "It will not be cured by waiting.")
    }

    @Test(
        "URLs as people write them are taken",
        arguments: [
            "postgres://app:p%40ss%2Fw%3A@db.example.com:5432/finance?sslmode=require", "postgresql:///finance",
            "postgres://app@[::1]:5432/finance",
            "postgres://a:b@db1:5432,db2:5433/finance?target_session_attrs=read-write",
            "host=/run/my\\ postgresql dbname=finance", "postgres:///f?host=%2Ftmp%2Fledgerbus+test%2F1&port=5432", "",
            "postgres://app%40server:x@server.postgres.database.azure.com/finance", "host=db password='a b=c;d@e'",
        ])
    func usualURL(url: String) {
        #expect(throws: Never.self) { try Connection.check(url: url) }
    }

    @Test func aURLThatCannotBeReadIsNotRepeated() throws {
        let error = #expect(throws: DatabaseError.self) {
            try Connection(url: "postgres://clerk:%zzhunter2@host/finance", applicationName: "tests")
        }
        #expect(error?.description.contains("hunter2") == false)
        #expect(error?.isTransient == false)
    }
}

import Bus
import Database
import Foundation
import Glibc
import Testbed

extension World {
    fileprivate func anySide(_ random: inout SeededRandom) -> Side {
        Bool.random(using: &random) ? .dataverse : .finance
    }
}

/// A side's server crashes, or is stopped, and is there again a while later.
struct DatabaseRestarted: Fault {
    let name = "database-restart"
    let lasts = 0.0...10.0

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let side = world.anySide(&random)
        let mode: PrivateCluster.StopMode = Bool.random(using: &random) ? .immediate : .fast
        let server = world.server(side)
        try server.stop(mode)
        return Injection(what: "\(side.rawValue)'s server is stopped, \(mode.rawValue)") { try server.restart() }
    }
}

/// Connections to a database are ended at random, again and again.
struct ConnectionsKilled: Fault {
    let name = "connections-killed"
    let lasts = 0.0...1.0

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let side = world.anySide(&random)
        let connection = try world.connect(side)
        let rounds = Int.random(in: 1...20, using: &random)
        var killed = 0
        for _ in 0..<rounds {
            killed += try connection.value(
                Int.self,
                """
                SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'torture'
                    AND random() < 0.4
                """)
            usleep(UInt32.random(in: 10_000...300_000, using: &random))
        }
        return Injection(what: "\(killed) connections to \(side.rawValue)'s database are ended")
    }
}

/// A database refuses every third write, as one does whose transactions are in each other's way, or that has no room.
struct DatabaseRefuses: Fault {
    let name = "database-refuses"
    let lasts = 1.0...8.0

    /// Serialization failure, deadlock, lock timeout, statement timeout, disk full, out of memory, read-only.
    private static let states = ["40001", "40P01", "55P03", "57014", "53100", "53200", "25006"]
    private static let tables: [Side: [String]] = [
        .dataverse: ["consumer_positions", "outbox_pending", "outbox_lease", "accounting_details", "actuals"],
        .finance: [
            "consumer_positions", "outbox_pending", "outbox_lease", "actuals_staging", "posting_requests",
            "ledger_entries",
            "number_sequences", "integration_journal_lines",
        ],
    ]

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let side = world.anySide(&random)
        let state = Self.states[Int.random(in: 0..<Self.states.count, using: &random)]
        let tables = Self.tables[side] ?? []
        try change(
            world, side,
            """
            CREATE FUNCTION torture_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF random() < 0.33 THEN RAISE EXCEPTION 'injected by the torture' USING ERRCODE = '\(state)'; END IF;
                RETURN NULL;
            END $$
            """)
        for table in tables {
            try change(
                world, side,
                """
                CREATE TRIGGER torture_refuse AFTER INSERT OR UPDATE OR DELETE ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION torture_refuse()
                """)
        }
        return Injection(what: "\(side.rawValue)'s database refuses every third write with \(state)") {
            for table in tables { try change(world, side, "DROP TRIGGER IF EXISTS torture_refuse ON \(table)") }
            try change(world, side, "DROP FUNCTION torture_refuse()")
        }
    }

    /// Waits for the table, but not so long that others queue up behind.
    private func change(_ world: World, _ side: Side, _ sql: String) throws {
        try retrying { try world.connect(side).executeScript("SET lock_timeout = 500; \(sql)") }
    }
}

/// Somebody who is not of the bus holds a table that all need.
struct TableLocked: Fault {
    let name = "table-locked"
    let lasts = 0.0...0.5

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let side = world.anySide(&random)
        let table = ["consumer_positions", "outbox_pending", "outbox_lease"][Int.random(in: 0..<3, using: &random)]
        let seconds = Double.random(in: 1...12, using: &random)
        try retrying {
            try world.connect(side).executeScript(
                "BEGIN; LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(\(seconds)); COMMIT")
        }
        return Injection(what: "\(table) of \(side.rawValue) was locked for \(String(format: "%.1f", seconds)) s")
    }
}

/// A side's database is reached over a network that falls silent, or loses the answers to commits.
struct DatabaseNetworkFails: Fault {
    enum Kind: String { case silent, loseAnswers }

    let kind: Kind
    var name: String { kind == .silent ? "database-silent" : "commit-answers-lost" }
    var lasts: ClosedRange<Double> { kind == .silent ? 5.0...40.0 : 3.0...8.0 }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let side = world.anySide(&random)
        let server = world.server(side)
        guard let direct = server.tcpURL(database: side.rawValue) else { throw TortureError("no way by TCP") }
        let proxy = try SilentProxy(to: direct)
        let between = try proxy.url(direct)
        point(world, side, to: between)
        for name in world.processes.names { world.processes.restart(name) }
        usleep(3_000_000)
        let what: String
        switch kind {
        case .silent:
            proxy.fallSilent()
            what = "the network to \(side.rawValue)'s database forwards nothing"
        case .loseAnswers:
            let times = Int.random(in: 5...40, using: &random)
            proxy.loseAnswers(to: "COMMIT", times: times)
            what = "up to \(times) answers to commits of \(side.rawValue)'s database are lost"
        }
        return Injection(what: what) {
            point(world, side, to: direct)
            proxy.speak()
            for name in world.processes.names { world.processes.restart(name) }
            proxy.close()
        }
    }

    private func point(_ world: World, _ side: Side, to url: String) {
        world.redirect { if side == .dataverse { $0.dataverse = url } else { $0.finance = url } }
    }
}

/// A side's server goes on with a clock that is an hour off.
struct DatabaseClockJumps: Fault {
    let name = "database-clock"
    let lasts = 2.0...8.0

    private static let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"

    func isPossible(in world: World) -> Bool { FileManager.default.fileExists(atPath: Self.library) }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let side = world.anySide(&random)
        let server = world.server(side)
        let offset = Bool.random(using: &random) ? "+1h" : "-1h"
        let disguise = ["LD_PRELOAD": Self.library, "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"]
        for (variable, value) in disguise { setenv(variable, value, 1) }
        defer { for variable in disguise.keys { unsetenv(variable) } }
        try server.restart()
        return Injection(what: "\(side.rawValue)'s clock is off by \(offset)") { try server.restart() }
    }
}

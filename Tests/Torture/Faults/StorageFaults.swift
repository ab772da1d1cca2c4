import Bus
import Database
import Foundation
import Glibc
import Testbed

/// The disk that a side's database is on has no more room, so that the server itself refuses what needs some.
struct DiskFull: Fault {
    let name = "disk-full"
    let lasts = 2.0...15.0

    func isPossible(in world: World) -> Bool { world.disk(.dataverse) != nil || world.disk(.finance) != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let side: Side = Bool.random(using: &random) ? .dataverse : .finance
        guard let disk = world.disk(side) ?? world.disk(side == .finance ? .dataverse : .finance) else {
            throw TortureError("no database has a disk of its own")
        }
        let kilobytes = Int.random(in: 0...512, using: &random)
        try disk.fill(leaving: kilobytes)
        return Injection(what: "\(disk.folder) has \(kilobytes) kB left") {
            try disk.grow(toMegabytes: World.diskSize)
        }
    }
}

/// A side's server dies, and its standby, which has all that was answered, is promoted a while later. Processes find both in
/// their URL, and reach a server that takes no writes until then.
struct DatabaseFailsOver: Fault {
    let name = "database-fails-over"
    let lasts = 0.0...10.0
    /// Others hold on to the server that there was.
    let isAlone = true

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let side: Side = Bool.random(using: &random) ? .dataverse : .finance
        let (primary, number) = (world.server(side), UInt32.random(in: 0...UInt32.max, using: &random))
        let port = try World.freePort()
        let folder = "\(world.folder)/\(side.rawValue)-\(number)"
        let spaces = try Connection(url: primary.url(database: "postgres"), applicationName: "torture").values(
            String.self, "SELECT pg_tablespace_location(oid) FROM pg_tablespace WHERE spcname = 'disk'")
        let standby = try TestCluster.standby(
            of: primary, port: port, in: folder,
            spaces: Dictionary(uniqueKeysWithValues: spaces.map { ($0, "\(folder)-disk") }))
        guard let old = primary.tcpURL(database: side.rawValue), let new = standby.tcpURL(database: side.rawValue),
            let oldPort = URLComponents(string: old)?.port
        else { throw TortureError("no way by TCP") }
        try synchronize(primary)
        point(world, side, to: old.replacing(":\(oldPort)/", with: ":\(oldPort),127.0.0.1:\(port)/"))
        for name in world.processes.names { world.processes.restart(name) }
        usleep(UInt32.random(in: 1_000_000...5_000_000, using: &random))
        try primary.stop(.immediate)
        return Injection(what: "\(side.rawValue)'s server is dead, and its standby takes no writes") {
            try Connection(url: standby.url(database: "postgres"), applicationName: "torture").executeScript(
                "SELECT pg_promote()")
            world.replace(side, by: standby)
            try primary.remove()
            // Processes go on with the address of both.
            point(world, side, to: new)
        }
    }

    /// From now on a commit is answered when the standby has it too.
    private func synchronize(_ primary: PrivateCluster) throws {
        let server = try Connection(url: primary.url(database: "postgres"), applicationName: "torture")
        try server.executeScript("ALTER SYSTEM SET synchronous_standby_names = '*'")
        try server.executeScript("SELECT pg_reload_conf()")
        try retrying {
            let count = try server.value(
                Int.self, "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')")
            guard count > 0 else { throw TortureError("the standby does not follow") }
        }
        // Who began to commit before that is through.
        usleep(500_000)
    }

    private func point(_ world: World, _ side: Side, to url: String) {
        world.redirect { if side == .dataverse { $0.dataverse = url } else { $0.finance = url } }
    }
}

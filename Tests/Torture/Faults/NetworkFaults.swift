import Bus
import Database
import Foundation
import Glibc
import Testbed

/// What Toxiproxy makes of the network to a side's database, for the processes and for commands.
struct NetworkFails: Fault {
    /// As Toxiproxy has it.
    enum Toxic: String, CaseIterable {
        case latency, bandwidth, slicer
        case limitData = "limit_data"
        case timeout
        case resetPeer = "reset_peer"

        /// Of a fault of it on some way.
        func name(on way: String) -> String { "\(way)-\(rawValue.replacing("_", with: "-"))" }
    }

    let toxic: Toxic
    var name: String { toxic.name(on: "network") }
    let lasts = 3.0...15.0

    func isPossible(in world: World) -> Bool { Toxiproxy.home != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let proxies = try Toxiproxy(folder: world.folder)
        let direct = world.addresses
        let side: Side = Bool.random(using: &random) ? .dataverse : .finance
        guard let url = world.server(side).tcpURL(database: side.rawValue), let port = URLComponents(string: url)?.port
        else {
            throw TortureError("no way by TCP")
        }
        let between = try proxies.stand(before: port)
        world.redirect {
            let proxied = url.replacing(":\(port)/", with: ":\(between)/")
            if side == .dataverse { $0.dataverse = proxied } else { $0.finance = proxied }
        }
        for name in world.processes.names { world.processes.restart(name) }
        usleep(2_000_000)
        try proxies.add(toxic, toxic.attributes(&random))
        return Injection(what: "\(toxic.rawValue) on the way to \(side.rawValue)'s database") {
            world.redirect { addresses in
                if side == .dataverse {
                    addresses.dataverse = direct.dataverse
                } else {
                    addresses.finance = direct.finance
                }
            }
            proxies.end()
            for name in world.processes.names { world.processes.restart(name) }
        }
    }

}

extension NetworkFails.Toxic {
    func attributes(_ random: inout SeededRandom) -> [String: Int] {
        switch self {
        case .latency: ["latency": Int.random(in: 20...400, using: &random), "jitter": 50]
        case .bandwidth: ["rate": Int.random(in: 50...500, using: &random)]
        case .slicer: ["average_size": Int.random(in: 20...500, using: &random), "size_variation": 10, "delay": 100]
        case .limitData: ["bytes": Int.random(in: 500...200_000, using: &random)]
        case .timeout: ["timeout": 0]
        case .resetPeer: ["timeout": Int.random(in: 0...1_000, using: &random)]
        }
    }
}

/// A Toxiproxy, and the ways that go through it.
final class Toxiproxy: Sendable {
    /// The folder of the program, by `LEDGERBUS_TEST_TOXIPROXY_HOME`; nil when it does not say.
    static let home = ProcessInfo.processInfo.environment["LEDGERBUS_TEST_TOXIPROXY_HOME"].flatMap {
        $0.isEmpty ? nil : $0
    }

    private let child: Child
    private let port: Int
    private let folder: String

    init(folder: String) throws {
        guard let home = Self.home else {
            throw TortureError("LEDGERBUS_TEST_TOXIPROXY_HOME does not say where Toxiproxy is")
        }
        self.folder = folder
        port = try World.freePort()
        child = try Child(
            "\(home)/toxiproxy-server", ["-host", "127.0.0.1", "-port", "\(port)"], environment: [:],
            output: "\(folder)/toxiproxy.log", errors: "\(folder)/toxiproxy.log")
    }

    /// The name of a way when there is one.
    static let way = "way"
    private static let streams = ["upstream", "downstream"]

    /// Listens for who wants to a port of 127.0.0.1.
    ///
    /// - parameter port: where; any that is free when it is left out.
    /// - returns: where.
    @discardableResult
    func stand(before target: Int, at port: Int? = nil, as way: String = way) throws -> Int {
        let own = try port ?? World.freePort()
        try retrying {
            try ask(
                "/proxies", #"{"name":"\#(way)","listen":"127.0.0.1:\#(own)","upstream":"127.0.0.1:\#(target)"}"#)
        }
        return own
    }

    /// Lets nobody onto a way, and those off it who are on it, or lets them on again.
    func open(_ way: String, _ isOpen: Bool) throws { try ask("/proxies/\(way)", #"{"enabled":\#(isOpen)}"#) }

    /// Does something to what goes a way, in both directions.
    func add(_ toxic: NetworkFails.Toxic, _ attributes: [String: Int], on way: String = way) throws {
        let list = attributes.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ",")
        for stream in Self.streams {
            try ask(
                "/proxies/\(way)/toxics",
                #"{"name":"\#(toxic.rawValue)-\#(stream)","type":"\#(toxic.rawValue)","stream":"\#(stream)","attributes":{\#(list)}}"#
            )
        }
    }

    /// Does it no longer.
    func remove(_ toxic: NetworkFails.Toxic, from way: String) throws {
        for stream in Self.streams { try ask("/proxies/\(way)/toxics/\(toxic.rawValue)-\(stream)", method: "DELETE") }
    }

    func end() {
        child.send(SIGKILL)
        _ = child.end(within: .seconds(5))
    }

    private func ask(_ path: String, _ body: String = "", method: String = "POST") throws {
        let curl = try Child(
            "/usr/bin/curl", ["-sf", "-X", method, "http://127.0.0.1:\(port)\(path)", "-d", body], environment: [:],
            output: "\(folder)/toxiproxy.log", errors: "\(folder)/toxiproxy.log")
        guard curl.end(within: .seconds(10)) == 0 else { throw TortureError("Toxiproxy does not take \(body)") }
    }
}

import Foundation
import Testbed

/// Something that goes wrong with what the bus stands on.
protocol Fault: Sendable {
    /// By which the command line and reports name it.
    var name: String { get }
    /// How long it lasts, in seconds.
    var lasts: ClosedRange<Double> { get }
    /// Whether no other may be there meanwhile.
    var isAlone: Bool { get }
    /// Whether a world can have it.
    func isPossible(in world: World) -> Bool
    /// Makes it happen.
    ///
    /// - throws: when it cannot be made; nothing of it is left then.
    func inject(into world: World, using random: inout SeededRandom) throws -> Injection
}

extension Fault {
    var lasts: ClosedRange<Double> { 0.5...5 }

    var isAlone: Bool { false }

    func isPossible(in world: World) -> Bool { true }
}

/// A fault that is there.
struct Injection: Sendable {
    /// What exactly was done, for the history.
    let what: String
    /// Whether processes may end by themselves while it lasts, and a little longer: a supervisor starts them again.
    var letsProcessesEnd = false
    /// Takes it away again.
    var heal: @Sendable () throws -> Void = {}
}

/// Every fault there is, by name.
enum Faults {
    static let all: [any Fault] =
        ofProcesses + ofBrokers + ofMessages + ofDatabases + ofNetworks

    private static let ofProcesses: [any Fault] = [
        KillProcess(), EndProcess(), Crash(), Zombie(), ZombieAtPoint(), RebalanceStorm(), ScaleUpAndDown(),
    ]

    private static let ofBrokers: [any Fault] = [
        EmbeddedBrokerDown(), EmbeddedBrokerSlow(), EmbeddedAcknowledgementsLost(), EmbeddedLeadersMove(),
        EmbeddedCoordinatorsMove(), EmbeddedRequestsFail(), EmbeddedBrokerReplaced(), BrokerAway.killed,
        BrokerAway.paused,
    ]

    private static let ofMessages: [any Fault] = [MessagesAgain(), ReplayFromZero()]

    private static let ofDatabases: [any Fault] = [
        DatabaseRestarted(), ConnectionsKilled(), DatabaseRefuses(), TableLocked(), DatabaseNetworkFails(kind: .silent),
        DatabaseNetworkFails(kind: .loseAnswers), DatabaseClockJumps(), DiskFull(), DatabaseFailsOver(),
    ]

    private static let ofNetworks: [any Fault] =
        NetworkFails.Toxic.allCases.map(NetworkFails.init) + NetworkFails.Toxic.allCases.map(BrokerNetworkFails.init)

    static func named(_ names: [String]) throws -> [any Fault] {
        try names.map { name in
            guard let fault = all.first(where: { $0.name == name }) else {
                throw TortureError("there is no fault \(name); --list names them")
            }
            return fault
        }
    }
}

import Foundation
import Testing

@testable import Service

/// A supervisor's socket: what systemd listens on.
private final class Supervisor {
    let descriptor: Int32
    let name: String

    init(abstract: Bool) throws {
        let unique = "ledgerbus-notify-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        name = abstract ? "@\(unique)" : NSTemporaryDirectory() + unique
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(name.utf8)
        if abstract { path[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(2 + path.count)) }
        }
        try #require(status == 0)
    }

    deinit {
        close(descriptor)
        if !name.hasPrefix("@") { unlink(name) }
    }

    /// What has come, in its order.
    var notices: [String] {
        var notices: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return notices }
            notices.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }
}

struct SupervisorNoticeTests {
    @Test(arguments: [true, false])
    func theSupervisorIsTold(abstract: Bool) throws {
        let supervisor = try Supervisor(abstract: abstract)
        let notice = try #require(SupervisorNotice(environment: ["NOTIFY_SOCKET": supervisor.name]))
        notice.status("waiting for\nthe database")
        notice.ready()
        notice.watchdog()
        notice.stopping()
        #expect(supervisor.notices == ["STATUS=waiting for the database", "READY=1", "WATCHDOG=1", "STOPPING=1"])
    }

    @Test(arguments: ["", "relative", "@", "/" + String(repeating: "x", count: 200)])
    func nobodyIsToldWhoseSocketCannotBe(_ name: String) {
        #expect(SupervisorNotice(environment: ["NOTIFY_SOCKET": name]) == nil)
        #expect(SupervisorNotice(environment: [:]) == nil)
    }

    @Test func aSupervisorThatIsGoneKeepsNobodyFromWork() throws {
        let notice = try #require(SupervisorNotice(environment: ["NOTIFY_SOCKET": "/nowhere/at/all"]))
        notice.ready()
    }

    @Test(
        arguments: [
            (["WATCHDOG_USEC": "30000000"], Duration.seconds(15)),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"], .seconds(15)),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"], nil),
            (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "x"], nil), ([:], nil),
        ] as [([String: String], Duration?)])
    func theWatchdogIsServedTwiceInItsTime(_ environment: [String: String], _ interval: Duration?) {
        let notice = SupervisorNotice(
            environment: environment.merging(["NOTIFY_SOCKET": "@x"]) { $1 }, process: 7)
        #expect(notice?.watchdogInterval == interval)
    }
}

struct HealthReporterTests {
    @Test func theSupervisorHearsHowTheProcessIsAndThatItLives() throws {
        let supervisor = try Supervisor(abstract: true)
        let clock = ManualClock()
        let health = Health { clock.now }
        let recorder = LogRecorder()
        let notice = SupervisorNotice(
            environment: ["NOTIFY_SOCKET": supervisor.name, "WATCHDOG_USEC": "20000000"], process: 7)
        let reporter = HealthReporter(health, notice: notice, logger: recorder.logger())
        health.report("start", "it waits for its database")
        reporter.turn(at: clock.now)
        #expect(
            supervisor.notices == [
                "STATUS=not ready: start: it waits for its database", "EXTEND_TIMEOUT_USEC=60000000",
            ])
        reporter.turn(at: clock.now)
        #expect(supervisor.notices == [], "nothing is new")
        clock.advance(by: .seconds(10))
        reporter.turn(at: clock.now)
        #expect(supervisor.notices == ["EXTEND_TIMEOUT_USEC=60000000"], "so that it is not ended meanwhile")

        health.report("start", nil)
        reporter.started()
        #expect(supervisor.notices == ["READY=1", "STATUS=ready"])
        clock.advance(by: .seconds(10))
        reporter.turn(at: clock.now)
        #expect(supervisor.notices == ["WATCHDOG=1"])

        health.report("outbox", "nothing is acknowledged")
        reporter.turn(at: clock.now)
        #expect(supervisor.notices == ["STATUS=not ready: outbox: nothing is acknowledged"])
        health.report("outbox", nil)
        reporter.turn(at: clock.now)
        #expect(supervisor.notices == ["STATUS=ready"])
        #expect(recorder.lines.count == 2)
        #expect(
            recorder.lines[0].contains("error finance-consumer: not ready reasons=\"outbox: nothing is acknowledged\""))
        #expect(recorder.lines[1].contains("ready again"))

        let loop = health.heartbeat("consumer", allowing: .seconds(30))
        loop.beat()
        clock.advance(by: .seconds(31))
        reporter.turn(at: clock.now)
        #expect(supervisor.notices == [], "a loop does not turn: the supervisor ends it")

        reporter.stopping()
        #expect(supervisor.notices == ["STOPPING=1"])
    }
}

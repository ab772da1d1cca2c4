import Synchronization
import Testing

@testable import Service

/// A clock that goes when it is told to.
final class ManualClock: Sendable {
    private let start = ContinuousClock.now
    private let passed = Mutex(Duration.zero)

    var now: ContinuousClock.Instant { start + passed.withLock { $0 } }

    func advance(by duration: Duration) { passed.withLock { $0 += duration } }
}

struct HealthTests {
    private let clock = ManualClock()
    private let health: Health
    private let registry = MetricsRegistry()

    init() {
        health = Health { [clock] in clock.now }
    }

    private func get(_ path: String, isTrusted: Bool = true) -> HTTPResponse {
        HealthPages(health, registry).respond(to: HTTPRequest(method: "GET", path: path, isTrusted: isTrusted))
    }

    @Test func aProcessIsReadyOnceItHasStarted() {
        #expect(health.obstacles == ["it is starting"])
        health.started()
        #expect(health.isReady)
    }

    @Test func whatItWaitsForAtTheStartIsTheReason() {
        health.report("database", "it does not answer")
        #expect(health.obstacles == ["database: it does not answer"])
    }

    @Test func aPartThatIsStuckMakesItUnreadyUntilItGetsOn() {
        health.started()
        health.report("outbox", "not delivered for 2 min")
        health.report("consumer", "stands still")
        #expect(health.obstacles == ["consumer: stands still", "outbox: not delivered for 2 min"])
        health.report("consumer", nil)
        health.report("outbox", nil)
        #expect(health.isReady)
    }

    @Test func aProcessThatStopsIsNotReady() {
        health.started()
        health.stopping()
        health.started()
        #expect(health.obstacles == ["it is stopping"])
    }

    @Test func aLoopThatDoesNotTurnIsNotAlive() {
        let loop = health.heartbeat("consumer", allowing: .seconds(60))
        clock.advance(by: .seconds(600))
        #expect(health.isLive, "it has not begun")
        loop.beat()
        clock.advance(by: .seconds(60))
        #expect(health.isLive)
        clock.advance(by: .seconds(1))
        #expect(health.standingStill == ["consumer has not turned for 1 min 1 s"])
        loop.beat()
        #expect(health.isLive)
        loop.end()
        clock.advance(by: .seconds(600))
        #expect(health.isLive, "it has ended")
    }

    @Test(arguments: ["/readyz", "/health/ready"])
    func thePageOfReadinessHasTheReasons(_ path: String) {
        health.started()
        #expect(get(path).status == 200)
        #expect(get(path).body == "{\"ready\":true,\"reasons\":[]}\n")
        health.report("outbox", "a \"b\"")
        #expect(get(path).status == 503)
        #expect(get(path).body == "{\"ready\":false,\"reasons\":[\"outbox: a \\\"b\\\"\"]}\n")
    }

    @Test(arguments: ["/livez", "/health/live"])
    func thePageOfLivenessHasTheLoopsThatStand(_ path: String) {
        let loop = health.heartbeat("relay", allowing: .seconds(5))
        loop.beat()
        #expect(get(path).body == "{\"live\":true,\"reasons\":[]}\n")
        clock.advance(by: .seconds(6))
        #expect(get(path).status == 503)
        #expect(get(path).body == "{\"live\":false,\"reasons\":[\"relay has not turned for 6 s\"]}\n")
    }

    @Test func whoHasNoTokenIsToldWhetherAndNothingElse() {
        health.report("database", "db1 does not answer")
        #expect(get("/readyz", isTrusted: false).status == 503)
        #expect(get("/readyz", isTrusted: false).body.isEmpty)
        #expect(get("/livez", isTrusted: false).status == 200)
        #expect(get("/livez", isTrusted: false).body.isEmpty)
        #expect(get("/metrics", isTrusted: false).status == 401)
        #expect(get("/metrics").status == 200)
        #expect(get("/nowhere").status == 404)
    }
}

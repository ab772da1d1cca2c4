import Foundation
import Synchronization
import Testing

@testable import Service

/// Does its work on a thread until told to stop, and tells the test what happens.
private struct LoopingService: Service {
    let started: AsyncStream<Void>.Continuation

    func run() async throws {
        try await runOnThread(name: "loop") {
            started.yield()
            while !GracefulShutdown.current.wait(upTo: .seconds(3600)) {}
        }
        started.finish()
    }
}

private struct ClosureService: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws { try await body() }
}

/// Signals are the whole process's, so these run one after another.
@Suite(.serialized)
struct ServiceGroupTests {
    private let recorder = LogRecorder()

    private func configuration(_ services: [any Service], signals: [UnixSignal] = []) -> ServiceGroupConfiguration {
        ServiceGroupConfiguration(services: services, gracefulShutdownSignals: signals, logger: recorder.logger())
    }

    @Test func aSignalStopsEveryService() async throws {
        let (started, continuation) = AsyncStream<Void>.makeStream()
        let (others, otherContinuation) = AsyncStream<Void>.makeStream()
        let group = ServiceGroup(
            configuration: configuration(
                [LoopingService(started: continuation), LoopingService(started: otherContinuation)], signals: [.sigusr1]
            ))
        async let run: Void = group.run()
        for await _ in started { break }
        for await _ in others { break }
        kill(getpid(), SIGUSR1)
        try await run
        #expect(recorder.lines.contains { $0.hasSuffix("stopping signal=SIGUSR1") })
    }

    @Test func aFailingServiceStopsTheOthersAndItsErrorSurfaces() async throws {
        struct Unwell: Error {}
        let (started, continuation) = AsyncStream<Void>.makeStream()
        let failing = ClosureService {
            for await _ in started { break }
            throw Unwell()
        }
        let group = ServiceGroup(configuration: configuration([LoopingService(started: continuation), failing]))
        await #expect(throws: Unwell.self) { try await group.run() }
        #expect(recorder.lines.contains { $0.contains("service failed error=Unwell() service=ClosureService") })
    }

    @Test func theFirstErrorIsTheGroups() async throws {
        struct First: Error {}
        struct Second: Error {}
        let late = ClosureService {
            await GracefulShutdown.current.requested()
            throw Second()
        }
        let group = ServiceGroup(configuration: configuration([late, ClosureService { throw First() }]))
        await #expect(throws: First.self) { try await group.run() }
    }

    @Test func aServiceThatReturnsStopsTheGroupUnlessToldOtherwise() async throws {
        let (_, continuation) = AsyncStream<Void>.makeStream()
        try await ServiceGroup(
            configuration: configuration([LoopingService(started: continuation), ClosureService {}])
        ).run()

        let returned = GracefulShutdown()
        let patient = ClosureService {
            await returned.requested()
            #expect(!GracefulShutdown.current.isRequested)
        }
        let configuration = ServiceGroupConfiguration(
            services: [
                .init(service: patient),
                .init(service: ClosureService { returned.request() }, successTerminationBehavior: .ignore),
            ], gracefulShutdownSignals: [], logger: recorder.logger())
        try await ServiceGroup(configuration: configuration).run()
    }

    @Test func aServiceThatIgnoresTheShutdownIsLeftBehind() async throws {
        let left = GracefulShutdown()
        let code = Mutex<Int32?>(nil)
        // Ends only once the group has given it up.
        let stubborn = ClosureService { await left.requested() }
        var configuration = configuration([stubborn])
        configuration.maximumGracefulShutdownDuration = .milliseconds(10)
        configuration.leave = { exitCode in
            code.withLock { $0 = exitCode }
            left.request()
        }
        let group = ServiceGroup(configuration: configuration)
        group.triggerGracefulShutdown()
        try await group.run()
        #expect(code.withLock { $0 } == 1)
        #expect(recorder.lines.last?.contains("did not stop in time") == true)
        #expect(recorder.lines.last?.hasSuffix("service=[ClosureService]") == true)
    }

    @Test func aSecondInterruptLeavesAtOnce() async throws {
        let left = GracefulShutdown()
        let code = Mutex<Int32?>(nil)
        let (started, continuation) = AsyncStream<Void>.makeStream()
        let stubborn = ClosureService {
            continuation.yield()
            await GracefulShutdown.current.requested()
            kill(getpid(), SIGINT)
            await left.requested()
        }
        var configuration = configuration([stubborn], signals: [.sigint])
        configuration.leave = { exitCode in
            code.withLock { $0 = exitCode }
            left.request()
        }
        let group = ServiceGroup(configuration: configuration)
        async let run: Void = group.run()
        for await _ in started { break }
        kill(getpid(), SIGINT)
        try await run
        #expect(code.withLock { $0 } == 130)
    }

    @Test func cancellingTheTaskStopsTheServices() async throws {
        let (started, continuation) = AsyncStream<Void>.makeStream()
        let group = ServiceGroup(configuration: configuration([LoopingService(started: continuation)]))
        let task = Task { try await group.run() }
        var starts = started.makeAsyncIterator()
        #expect(await starts.next() != nil)
        task.cancel()
        try await task.value
        #expect(await starts.next() == nil, "the service has left its loop")
    }

    @Test func afterTheTrapASignalDoesWhatItDidBefore() {
        let before = GracefulShutdown()
        let outer = SignalTrap(requesting: before, on: [.sigusr2])
        let inner = SignalTrap([.sigusr2]) { _ in Issue.record("The inner trap was cancelled.") }
        inner.cancel()
        kill(getpid(), SIGUSR2)
        #expect(before.wait(upTo: .seconds(60)))
        outer.cancel()
        var action = sigaction()
        sigaction(SIGUSR2, nil, &action)
        #expect(action.__sigaction_handler.sa_handler == nil)
    }
}

struct GracefulShutdownTests {
    @Test func callbacksAreCalledOnceInOrderEvenWhenLate() {
        let shutdown = GracefulShutdown()
        let calls = Mutex<[Int]>([])
        shutdown.onRequest { calls.withLock { $0.append(1) } }
        shutdown.onRequest { calls.withLock { $0.append(2) } }
        shutdown.request()
        shutdown.request()
        shutdown.onRequest { calls.withLock { $0.append(3) } }
        #expect(calls.withLock { $0 } == [1, 2, 3])
        #expect(shutdown.isRequested)
        #expect(shutdown.wait(upTo: .zero))
    }

    @Test func waitingThreadsReturnEarly() throws {
        let shutdown = GracefulShutdown()
        let waiter = WorkerThread(name: "waiter") { shutdown.wait(upTo: .seconds(3600)) }
        #expect(try waiter.join(upTo: .zero) == nil)
        shutdown.request()
        #expect(try waiter.join())
    }

    @Test func outsideOfAGroupNobodyRequestsIt() {
        #expect(!GracefulShutdown.current.wait(upTo: .zero))
    }

    @Test func aThreadHandsBackItsResultOrError() async throws {
        struct Lost: Error {}
        #expect(try await runOnThread(name: "adds") { 1 + 1 } == 2)
        await #expect(throws: Lost.self) { try await runOnThread(name: "fails") { throw Lost() } }
    }
}

struct BackoffTests {
    @Test func waitsDoubleUpToTheMaximum() {
        var backoff = Backoff(initial: .seconds(1), maximum: .seconds(5), jitter: 0)
        let waits = (0..<5).map { _ in backoff.next() }
        #expect(waits == [.seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5)])
        backoff.reset()
        let afterSuccess = backoff.next()
        #expect(afterSuccess == .seconds(1))
    }

    @Test func jitterTakesAPartOfTheWait() {
        var backoff = Backoff(initial: .seconds(8), maximum: .seconds(8), jitter: 0.5, random: { 0.5 })
        let wait = backoff.next()
        #expect(wait == .seconds(6))
    }

    @Test func aRequestedShutdownEndsTheWait() {
        let shutdown = GracefulShutdown()
        shutdown.request()
        var backoff = Backoff(initial: .seconds(3600), maximum: .seconds(3600))
        let isRequested = backoff.wait(shutdown)
        #expect(isRequested)
    }
}

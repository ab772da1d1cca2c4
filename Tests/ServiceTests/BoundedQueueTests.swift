import Synchronization
import Testing

@testable import Service

struct BoundedQueueTests {
    @Test func everyElementOfTwoProducersReachesOneOfTwoConsumers() throws {
        let queue = BoundedQueue<Int>(capacity: 3)
        let producers = (0..<2).map { half in
            WorkerThread(name: "producer") {
                for number in 0..<5000 { try queue.push(2 * number + half) }
            }
        }
        let consumers = (0..<2).map { _ in
            WorkerThread(name: "consumer") {
                var taken: [Int] = []
                while let number = try queue.pop() { taken.append(number) }
                return taken
            }
        }
        for producer in producers { try producer.join() }
        queue.close()
        let taken = try consumers.flatMap { try $0.join() }
        #expect(taken.sorted() == Array(0..<10_000))
        #expect(queue.isFinished)
    }

    @Test func closingWakesWaitersAndLeavesWhatIsIn() throws {
        let full = BoundedQueue<Int>(capacity: 1)
        try full.push(1)
        let pusher = WorkerThread(name: "pusher") { try full.push(2) }
        full.close()
        #expect(throws: QueueClosed.self) { try pusher.join() }
        #expect(try full.pop() == 1)
        #expect(try full.pop() == nil)

        let empty = BoundedQueue<Int>(capacity: 1)
        let popper = WorkerThread(name: "popper") { try empty.pop() }
        empty.close()
        #expect(try popper.join() == nil)
    }

    @Test func aFailureReachesBothSidesAtOnce() throws {
        struct Lost: Error {}
        let queue = BoundedQueue<Int>(capacity: 1)
        try queue.push(1)
        let pusher = WorkerThread(name: "pusher") { try queue.push(2) }
        queue.fail(Lost())
        #expect(throws: Lost.self) { try pusher.join() }
        #expect(throws: Lost.self) { try queue.pop() }
        #expect(queue.isFinished && queue.count == 0)
    }

    @Test func waitingEndsWhenTheTimeIsUp() throws {
        let queue = BoundedQueue<Int>(capacity: 1)
        #expect(try queue.pop(timeout: .milliseconds(5)) == nil)
        #expect(!queue.isFinished)
        #expect(try queue.push(1, timeout: .zero))
        #expect(try !queue.push(2, timeout: .milliseconds(5)))
        #expect(queue.count == 1)
    }
}

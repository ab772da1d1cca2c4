import Bus
import Database
import Kafka

/// The work of posting workers: requests that wait, and those that this process carries out.
struct PostingWork: WorkSource {
    let active: ActivePostings
    let meter: PostingMeter
    let mayPost: @Sendable (Connection) throws -> Bool

    var part: String { "posting" }

    /// The last steps of a large document have no checkpoint between them.
    private static let patience = 5

    func look(_ connection: Connection, _ admin: Admin) throws -> [Work] {
        let waiting = try PostingRequestStore(connection: connection).waiting()
        meter.waiting(waiting.open)
        let own = active.all
        // What others carry out they tell themselves; what must not be posted yet waits for the consumer.
        let isBarred = own.isEmpty ? try !mayPost(connection) : false
        return [
            Work(
                "requests", waiting: isBarred ? 0 : waiting.unclaimed + Int64(own.count), unit: "postings",
                done: meter.progress + own.reduce(0) { $0 + Int64($1.progress.rowsDone) }, patience: Self.patience)
        ]
    }
}

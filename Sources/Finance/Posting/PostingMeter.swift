import Bus
import Contracts
import Service

/// What has become of a posting in the hands of a worker.
enum PostingOutcome {
    case posted(PostedDocument)
    /// It cannot be posted, which the document says.
    case refused
    /// Another worker has it.
    case lost
    /// The worker stops; another will do it.
    case givenBack

    /// As metrics call it.
    var label: String {
        switch self {
        case .posted: "posted"
        case .refused: "refused"
        case .lost: "lost"
        case .givenBack: "given-back"
        }
    }
}

/// Measures postings: how long each took, and how many lines were posted.
struct PostingMeter: Sendable {
    private let metrics: MetricsRegistry
    private let ended = Counter()

    init(_ metrics: MetricsRegistry) { self.metrics = metrics }

    /// So many are asked for and not carried out.
    func waiting(_ count: Int64) { metrics.gauge(BusMetrics.postingsWaiting).record(count) }

    /// How many postings have come to an end.
    var progress: Int64 { ended.value }

    /// What carries requests out, measured.
    func measuring(_ carryOut: @escaping PostingWorker.CarryOut) -> PostingWorker.CarryOut {
        { request, progress in
            let start = ContinuousClock.now
            let outcome = try carryOut(request, progress)
            let kind = request.kind.rawValue
            metrics.histogram(BusMetrics.postingDuration, kind, outcome.label).record(.now - start)
            if case .posted(let posted) = outcome {
                metrics.counter(BusMetrics.postedLines, kind).increment(by: posted.lines)
            }
            ended.increment()
            return outcome
        }
    }
}

public import Bus
public import Contracts
import Database

/// Records the commands of `posting-requested`; workers carry them out, whatever the topic's partitions do meanwhile
/// (design §5, Posting).
public struct PostingRequestedHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .postingRequested }

    public func makeCollector() throws -> any MessageCollector { PostingRequestCollector(choices: choices) }
}

private final class PostingRequestCollector: MessageCollector {
    private let decoder: MessageDecoder<PostingRequested>
    private var requests: [PostingRequested] = []

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws(ContractError) {
        requests.append(try decoder.decode(value))
    }

    func write(to connection: Connection) throws {
        guard !requests.isEmpty else { return }
        try PostingRequestStore(connection: connection).record(requests)
    }
}

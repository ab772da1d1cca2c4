public import Bus
public import Contracts
import Database

/// Records the commands of `posting-requested`; workers carry them out,
/// whatever the topic's partitions do meanwhile (design §5, Posting).
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

    /// A command that comes twice is recorded once.
    func write(to connection: Connection) throws {
        guard !requests.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO posting_requests (command_id, data_area_id, kind, number, invoice_date, requested_by)
            SELECT command_id, data_area_id, kind, number, invoice_date::date, requested_by
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
                AS request (command_id, data_area_id, kind, number, invoice_date, requested_by)
            ON CONFLICT (command_id) DO NOTHING
            """, requests.map(\.commandId), requests.map(\.company), requests.map(\.kind.rawValue),
            requests.map(\.number), requests.map(\.invoiceDate?.description), requests.map(\.requestedBy))
        try connection.notify(PostingRequest.requestedChannel)
    }
}

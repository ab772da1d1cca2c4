public import Bus
public import Contracts
import Database

/// Reads back which vouchers this database published: after it was restored from a backup, its sequence is behind them, and
/// must not give them out again (`domain.md` §9.27).
public struct PublishedDetailHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .accountingDetail }

    public func makeCollector() -> any MessageCollector { PublishedDetailCollector(choices: choices) }
}

private final class PublishedDetailCollector: MessageCollector {
    private let decoder: MessageDecoder<AccountingDetail>
    private var vouchers = SeenNumbers()

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        let detail = try decoder.decode(value)
        vouchers.see(detail.voucher, of: .voucher, company: detail.company)
    }

    func write(to connection: Connection) throws {
        try NumberSequenceStore(connection: connection).see(vouchers)
    }
}

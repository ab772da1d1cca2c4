public import Bus
public import Contracts
import Database

/// Takes Finance's accounting details over: voucher, accounting date, rate,
/// accounting amount and sales tax of an actual (`domain.md` §6.14).
///
/// Of an actual's details the one with the highest posting version counts.
public struct AccountingDetailHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .accountingDetail }

    public func makeCollector() -> any MessageCollector { AccountingDetailCollector(choices: choices) }
}

/// One batch of accounting details.
private final class AccountingDetailCollector: MessageCollector {
    private let decoder: MessageDecoder<AccountingDetail>
    private var batch = AccountingDetailStore.Batch()

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        let detail = try decoder.decode(value)
        try batch.append(
            AccountingDetailRow(detail: detail), key: detail.actualId, version: detail.postingVersion,
            note: AccountingDetailStore.Note(
                invoiceId: detail.invoiceId, accountingAmount: detail.accountingAmount,
                place: MessageRefusal.Place(partition: source.partition, offset: source.offset)))
    }

    func write(to connection: Connection) throws {
        guard !batch.isEmpty else { return }
        let newest = batch.newest()
        let unknown = try ActualStore(connection: connection).unknown(newest.map(\.key))
        guard unknown.isEmpty else {
            // Every message of these ids at once, not the newest alone.
            let keys = Set(unknown.map { newest[$0].key })
            var reasons: [MessageRefusal.Place: String] = [:]
            for arrival in batch.arrivals(where: keys.contains) {
                reasons[arrival.note.place] = "actual \(arrival.key) is unknown in this Dataverse database"
            }
            throw MessageRefusal(topic: .accountingDetail, reasons: reasons)
        }
        try AccountingDetailStore(connection: connection).write(newest, of: batch)
    }

    func removeAll() { batch.removeAll() }
}

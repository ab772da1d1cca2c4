public import Contracts
public import Database

/// The numbers, as `errors list` prints them, of messages that did not take effect, by what they are about.
public enum ErrorNumbers {
    /// - parameters:
    ///   - topic: one whose keys are ids.
    ///   - ids: what the messages are about.
    ///   - prefix: the side's letter.
    /// - returns: of each id that has such a message one number, of a dead letter rather than of one that waits.
    /// - throws: `DatabaseError`.
    public static func find(
        _ topic: TopicName, about ids: [GUID], prefix: String, _ connection: Connection
    ) throws -> [GUID: String] {
        guard !ids.isEmpty else { return [:] }
        let keys = ids.map { Array($0.description.utf8) }
        var numbers: [GUID: String] = [:]
        for waiting in try HeldMessageStore.numbers(of: topic, keys: keys, on: connection) {
            waiting.guid.map { numbers[$0] = "\(prefix)W\(waiting.id)" }
        }
        for letter in try DeadLetterStore.numbers(of: topic, keys: keys, on: connection) {
            letter.guid.map { numbers[$0] = "\(prefix)\(letter.id)" }
        }
        return numbers
    }
}

/// A message by its key.
struct KeyedNumber: Record {
    var key: [UInt8]
    var id: Int64

    var guid: GUID? { GUID(String(decoding: key, as: UTF8.self)) }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        KeyedNumber(key: try column("key", row?.key), id: try column("id", row?.id))
    }
}

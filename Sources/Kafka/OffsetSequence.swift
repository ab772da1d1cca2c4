/// Watches that the offsets of each partition follow one another.
struct OffsetSequence {
    struct Gap: CustomStringConvertible {
        let partition: TopicPartition
        let offsets: Range<Int64>

        var description: String {
            "\(partition) has no messages at offsets \(offsets.lowerBound) to \(offsets.upperBound - 1)"
        }
    }

    /// All offsets that were passed over.
    private(set) var skipped: Int64 = 0
    private var gaps: [Gap] = []
    private var next: [TopicPartition: Int64] = [:]
    // Messages come in runs of a partition: only its last one has to look at the table.
    private var current: (topic: String, partition: Int32, next: Int64)?

    /// Begins at an offset, or at whatever comes first.
    mutating func restart(_ partition: TopicPartition, at offset: Int64?) {
        settle()
        next[partition] = offset
    }

    mutating func pass(_ topic: String, _ partition: Int32, _ offset: Int64) {
        if current == nil || current?.partition != partition || current?.topic != topic {
            settle()
            current = (topic, partition, next[TopicPartition(topic: topic, partition: partition)] ?? offset)
        }
        if let expected = current?.next, expected < offset {
            skipped += offset - expected
            gaps.append(Gap(partition: .init(topic: topic, partition: partition), offsets: expected..<offset))
        }
        current?.next = offset + 1
    }

    /// The gaps since the last call.
    mutating func takeGaps() -> [Gap] {
        defer { gaps = [] }
        return gaps
    }

    private mutating func settle() {
        guard let (topic, partition, next) = current else { return }
        self.next[TopicPartition(topic: topic, partition: partition)] = next
        current = nil
    }
}

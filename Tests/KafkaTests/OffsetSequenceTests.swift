import Testing

@testable import Kafka

struct OffsetSequenceTests {
    @Test("Offsets that follow one another leave no gap, wherever a partition starts")
    func noGap() {
        var sequence = OffsetSequence()
        sequence.restart(TopicPartition(topic: "a", partition: 1), at: 5)
        for offset in Int64(5)..<8 {
            sequence.pass("a", 0, offset + 100)
            sequence.pass("a", 1, offset)
            sequence.pass("b", 1, offset)
        }
        sequence.restart(TopicPartition(topic: "a", partition: 1), at: 2)
        sequence.pass("a", 1, 2)
        #expect(sequence.skipped == 0)
        #expect(sequence.takeGaps().isEmpty)
    }

    @Test("A message that does not come next is told, with what is missing before it")
    func gap() {
        var sequence = OffsetSequence()
        sequence.restart(TopicPartition(topic: "a", partition: 0), at: 3)
        sequence.pass("a", 0, 5)
        sequence.pass("b", 0, 1)
        sequence.pass("a", 0, 6)
        sequence.pass("a", 0, 8)
        #expect(sequence.skipped == 3)
        #expect(
            sequence.takeGaps().map(\.description) == [
                "a[0] has no messages at offsets 3 to 4", "a[0] has no messages at offsets 7 to 7",
            ])
        #expect(sequence.takeGaps().isEmpty)
    }
}

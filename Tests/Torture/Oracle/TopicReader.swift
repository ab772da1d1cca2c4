import Bus
import Contracts
import Foundation
import Kafka

/// Reads what a topic holds.
struct TopicReader {
    /// A message, copied out of its batch.
    struct Copied: Sendable {
        let key: [UInt8]?
        let value: [UInt8]?
        let headers: [(String, [UInt8])]

        /// Gives its bytes as the producer takes them, with the mark of what a fault has published.
        func withPointers(
            _ body: (
                UnsafeRawBufferPointer?, UnsafeRawBufferPointer?, [(String, UnsafeRawBufferPointer)]
            ) throws -> Void
        ) rethrows {
            var copies: [UnsafeMutableRawBufferPointer] = []
            defer { for copy in copies { copy.deallocate() } }
            func copy(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
                let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
                copy.copyBytes(from: bytes)
                copies.append(copy)
                return UnsafeRawBufferPointer(rebasing: copy[..<bytes.count])
            }
            var pointers = headers.map { ($0.0, copy($0.1)) }
            pointers.append((TopicOracle.injectedHeader, copy([0x31])))
            try body(key.map(copy), value.map(copy), pointers)
        }
    }

    let world: World

    /// The first messages of a topic, without those that a fault has published.
    func messages(of topic: TopicName, most: Int) throws -> [Copied] {
        var copies: [Copied] = []
        try forEach(of: topic) { batch, index in
            guard batch.header(index, "torture") == nil else { return true }
            let message = batch[index]
            copies.append(
                Copied(
                    key: message.key.map { Array($0) }, value: message.value.map { Array($0) },
                    headers: batch.headers(index).map { ($0.name, Array($0.value)) }))
            return copies.count < most
        }
        return copies
    }

    /// Reads what a topic holds now, in the order of each partition.
    ///
    /// - parameter body: whether to go on.
    /// - throws: ``TortureError`` when not all of it comes.
    func forEach(of topic: TopicName, _ body: (MessageBatch, Int) -> Bool) throws {
        let configuration = try world.configuration(.dataverse)
        let name = configuration.clusterName(topic.rawValue)
        let partitions = (0..<(configuration.catalogue.declaration(topic.rawValue)?.partitions ?? 0)).map {
            TopicPartition(topic: name, partition: Int32($0))
        }
        let marks = try world.admin().watermarks(partitions)
        let expected = marks.values.reduce(0) { $0 + $1.count }
        guard expected > 0 else { return }
        let consumer = try BatchConsumer(
            configuration.kafka, group: "torture-\(topic.rawValue)-\(UInt32.random(in: 0...UInt32.max))",
            topics: [name], clientID: "torture", handler: FromTheBeginning())
        defer { consumer.close(timeout: .seconds(20)) }
        try consumer.start()
        var count: Int64 = 0
        while count < expected {
            guard let batch = try consumer.next(timeout: .seconds(60)) else {
                throw TortureError("\(name) cannot be read: \(count) of \(expected) messages came")
            }
            for index in 0..<batch.count where !body(batch, index) { return }
            count += Int64(batch.count)
        }
    }
}

private struct FromTheBeginning: AssignmentHandler {
    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset] {
        Dictionary(uniqueKeysWithValues: partitions.map { ($0, .beginning) })
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) {}
}

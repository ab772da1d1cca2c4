import CRdKafka
import Service

extension ConsumerThread {
    /// Takes back what nobody took, leaves the group and destroys the client, as far as the time that `close` gave goes.
    func end() {
        let deadline = shared.withLock { state in
            _ = state.takeBack(topics) { _ in true }
            return state.closeDeadline ?? .now + .seconds(5)
        }
        let hasLeft = hasRun ? leave(by: deadline) : true
        client.context.rebalance = nil
        rd_kafka_queue_destroy(events)
        rd_kafka_queue_destroy(messages)
        // Messages that somebody still looks at are librdkafka's: then it stays.
        let isReleased = outstanding.waitForNone(deadline - .now)
        if !hasLeft || !isReleased {
            client.context.log?(
                .warning, "CLOSE",
                "the consumer did not end in time: \(isReleased ? "the group's coordinator does not answer" : "a batch is held")"
            )
        }
        let isDestroyed = isReleased && client.destroy(timeout: deadline - .now, leavingGroup: hasLeft)
        shared.withLock { state in
            state.assignment = []
            state.end = hasLeft && isDestroyed ? .clean : .abandoned
        }
    }

    /// False when the group's coordinator did not answer in time. The handler has heard of the revocation then as well.
    private func leave(by deadline: ContinuousClock.Instant) -> Bool {
        for queue in [messages, events] { rd_kafka_queue_cb_event_enable(queue, nil, nil) }
        guard let farewell = rd_kafka_queue_new(client.handle) else { return false }
        defer { rd_kafka_queue_destroy(farewell) }
        if let error = rd_kafka_consumer_close_queue(client.handle, farewell) {
            fail(KafkaError(consuming: error, doing: "leave the group"))
            return false
        }
        while rd_kafka_consumer_closed(client.handle) == 0 {
            guard ContinuousClock.now < deadline else { return false }
            if let event = rd_kafka_consume_queue(farewell, 20) { rd_kafka_message_destroy(event) }
        }
        return true
    }
}

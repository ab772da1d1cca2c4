import CRdKafka
import Service

extension ConsumerThread {
    /// Called by librdkafka while this thread polls or closes.
    func rebalance(
        _ code: rd_kafka_resp_err_t, _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
    ) {
        let partitions = UnsafePointer(list).partitions
        let isCooperative = rd_kafka_rebalance_protocol(client.handle).map { String(cString: $0) } == "COOPERATIVE"
        switch code {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
            assign(partitions, list, isCooperative: isCooperative)
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
            revoke(partitions, list, isCooperative: isCooperative)
        default:
            rd_kafka_assign(client.handle, nil)
        }
    }

    private func assign(
        _ partitions: [TopicPartition], _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>,
        isCooperative: Bool
    ) {
        do {
            let starts = partitions.isEmpty ? [:] : try handler.assigned(partitions)
            for (index, partition) in partitions.enumerated() {
                guard let place = starts[partition]?.placed else {
                    throw KafkaError(
                        .assignmentFailed, "Nothing says where to start reading \(partition)",
                        topic: partition.topic, partition: partition.partition)
                }
                list.pointee.elems[index].offset = place.offset
                sequence.restart(partition, at: place.next)
            }
        } catch {
            fail(
                KafkaError(.assignmentFailed, "Could not find out where to start reading: \(error)", isRetriable: true))
            // The member stays in the group without reading, until it is closed.
            if isCooperative { list.pointee.cnt = 0 } else { rd_kafka_assign(client.handle, nil) }
            if isCooperative { finish(rd_kafka_incremental_assign(client.handle, list)) }
            return
        }
        // Before they are assigned, so that no message goes to the queue of events.
        for partition in partitions {
            guard let queue = rd_kafka_queue_get_partition(client.handle, partition.topic, partition.partition) else {
                continue
            }
            rd_kafka_queue_forward(queue, messages)
            rd_kafka_queue_destroy(queue)
        }
        shared.withLock { state in
            if isCooperative { state.assignment.formUnion(partitions) } else { state.assignment = Set(partitions) }
        }
        if isCooperative {
            finish(rd_kafka_incremental_assign(client.handle, list))
        } else {
            finish(rd_kafka_assign(client.handle, list))
        }
    }

    private func revoke(
        _ partitions: [TopicPartition], _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>,
        isCooperative: Bool
    ) {
        let revoked = Set(partitions)
        let lost = rd_kafka_assignment_lost(client.handle) != 0
        _ = shared.withLock { state in
            state.assignment.subtract(revoked)
            state.endOffsets = state.endOffsets.filter { !revoked.contains($0.key) }
            return state.takeBack(topics) { revoked.contains($0) }
        }
        resume(revoked)
        if !partitions.isEmpty { handler.revoked(partitions, lost: lost) }
        if isCooperative {
            finish(rd_kafka_incremental_unassign(client.handle, list))
        } else {
            finish(rd_kafka_assign(client.handle, nil))
        }
    }

    private func finish(_ code: rd_kafka_resp_err_t) {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        fail(client.failure(code, doing: "take over the assigned partitions"))
    }

    private func finish(_ error: OpaquePointer?) {
        guard let error else { return }
        fail(KafkaError(consuming: error, doing: "take over the assigned partitions"))
    }
}

import CRdKafka

extension Admin {
    /// Sends an admin request, waits for its answer and reads it, before it is destroyed. `doing` completes
    /// "Could not …".
    func ask<Answer>(
        _ operation: rd_kafka_admin_op_t, doing: String, waitsForCluster: Bool = false,
        send: (_ options: OpaquePointer, _ answers: OpaquePointer) -> Void,
        read: (_ event: OpaquePointer) throws -> Answer
    ) throws -> Answer {
        guard let options = rd_kafka_AdminOptions_new(client.handle, operation),
            let answers = rd_kafka_queue_new(client.handle)
        else { throw client.failure(RD_KAFKA_RESP_ERR__FAIL, doing: doing) }
        defer {
            rd_kafka_queue_destroy(answers)
            rd_kafka_AdminOptions_destroy(options)
        }
        rd_kafka_AdminOptions_set_request_timeout(options, timeout.milliseconds, nil, 0)
        if waitsForCluster {
            rd_kafka_AdminOptions_set_operation_timeout(options, timeout.milliseconds, nil, 0)
        }
        send(options, answers)
        guard let event = rd_kafka_queue_poll(answers, (timeout + .seconds(5)).milliseconds) else {
            serve(client.handle)
            throw client.failure(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: doing)
        }
        defer { rd_kafka_event_destroy(event) }
        let code = rd_kafka_event_error(event)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            serve(client.handle)
            if code == RD_KAFKA_RESP_ERR__TIMED_OUT || code == RD_KAFKA_RESP_ERR__TRANSPORT {
                throw client.failure(code, doing: doing)
            }
            let text = rd_kafka_event_error_string(event).map { String(cString: $0) } ?? KafkaError.text(code)
            throw KafkaError(.init(code), "Could not \(doing): \(text)")
        }
        return try read(event)
    }

    /// Throws the first error among the results, a topic each.
    func check(
        _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, doing: String
    ) throws {
        for case let result? in UnsafeBufferPointer(start: results, count: count) {
            let code = rd_kafka_topic_result_error(result)
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            let topic = String(cString: rd_kafka_topic_result_name(result))
            let text = rd_kafka_topic_result_error_string(result).map { String(cString: $0) } ?? KafkaError.text(code)
            throw KafkaError(.init(code), "Could not \(doing) \(topic): \(text)", topic: topic)
        }
    }
}

import CRdKafka

/// A setting of a topic, as the cluster has it.
public struct ConfigurationEntry: Sendable, Hashable {
    public let name: String
    /// Nil when the cluster keeps it secret.
    public let value: String?
    /// It was set for this topic; otherwise it is the broker's or Kafka's own default.
    public let isSetOnTopic: Bool
    public let isReadOnly: Bool
}

extension Admin {
    /// The settings of a topic, by name.
    public func configuration(of topic: String) throws -> [ConfigurationEntry] {
        var resource: OpaquePointer? = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)
        defer { rd_kafka_ConfigResource_destroy(resource) }
        let doing = "ask for the configuration of \(topic)"
        return try ask(
            RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, doing: doing,
            send: { options, answers in
                rd_kafka_DescribeConfigs(client.handle, &resource, 1, options, answers)
            },
            read: { event in
                var count = 0
                let results = rd_kafka_DescribeConfigs_result_resources(
                    rd_kafka_event_DescribeConfigs_result(event), &count)
                let found = try checkResource(results, count, doing: doing, topic: topic)
                var entryCount = 0
                let entries = rd_kafka_ConfigResource_configs(found, &entryCount)
                return UnsafeBufferPointer(start: entries, count: entryCount).compactMap { $0 }.map { entry in
                    ConfigurationEntry(
                        name: String(cString: rd_kafka_ConfigEntry_name(entry)),
                        value: rd_kafka_ConfigEntry_value(entry).map { String(cString: $0) },
                        isSetOnTopic: rd_kafka_ConfigEntry_source(entry) == RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG,
                        isReadOnly: rd_kafka_ConfigEntry_is_read_only(entry) == 1)
                }.sorted { $0.name < $1.name }
            })
    }

    /// Changes some settings of a topic and leaves its others as they are; nil takes a setting back to the default.
    /// Waits until the cluster answers with them.
    ///
    /// The request replaces all settings of the topic, so what is set and not named here is sent along: two who change
    /// the same topic at the same moment may undo each other.
    public func alterConfiguration(of topic: String, _ changes: [String: String?]) throws {
        var values = try valuesSet(on: topic)
        for (name, value) in changes { values[name] = value }
        var resource: OpaquePointer? = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)
        defer { rd_kafka_ConfigResource_destroy(resource) }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            rd_kafka_ConfigResource_set_config(resource, name, value)
        }
        let doing = "change the configuration of \(topic)"
        try ask(
            RD_KAFKA_ADMIN_OP_ALTERCONFIGS, doing: doing,
            send: { options, answers in
                rd_kafka_AlterConfigs(client.handle, &resource, 1, options, answers)
            },
            read: { event in
                var count = 0
                let results = rd_kafka_AlterConfigs_result_resources(
                    rd_kafka_event_AlterConfigs_result(event), &count)
                _ = try checkResource(results, count, doing: doing, topic: topic)
            })
        try awaitCluster(doing: "see the new configuration of \(topic)") { try valuesSet(on: topic) == values }
    }

    private func valuesSet(on topic: String) throws -> [String: String] {
        var values: [String: String] = [:]
        for entry in try configuration(of: topic) where entry.isSetOnTopic { values[entry.name] = entry.value }
        return values
    }

    private func checkResource(
        _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, doing: String, topic: String
    ) throws -> OpaquePointer {
        guard count == 1, let result = results?[0] else {
            throw KafkaError(.init(RD_KAFKA_RESP_ERR__FAIL), "Could not \(doing): the answer is empty", topic: topic)
        }
        let code = rd_kafka_ConfigResource_error(result)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let text = rd_kafka_ConfigResource_error_string(result).map { String(cString: $0) }
            throw KafkaError(.init(code), "Could not \(doing): \(text ?? KafkaError.text(code))", topic: topic)
        }
        return result
    }
}

import CRdKafka
import Foundation

/// A consumer group and who is in it.
public struct GroupDescription: Sendable, Hashable {
    public struct Member: Sendable, Hashable {
        public let id: String
        public let clientID: String
        public let host: String
        /// The `group.instance.id` of a static member.
        public let instanceID: String?
        public let partitions: [TopicPartition]
    }

    public let id: String
    /// Kafka's word for it: `Stable`, `Empty`, `PreparingRebalance`, `CompletingRebalance`, `Dead` or `Unknown`.
    public let state: String
    public let assignor: String
    public let members: [Member]
}

extension Admin {
    /// The ids of all groups that this client may see.
    public func groups() throws -> [String] {
        let doing = "list the consumer groups"
        return try ask(
            RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, doing: doing,
            send: { options, answers in
                rd_kafka_ListConsumerGroups(client.handle, options, answers)
            },
            read: { event in
                let result = rd_kafka_event_ListConsumerGroups_result(event)
                var failures = 0
                let errors = rd_kafka_ListConsumerGroups_result_errors(result, &failures)
                if failures > 0, let error = errors?[0] { throw Self.failure(error, doing: doing) }
                var count = 0
                let groups = rd_kafka_ListConsumerGroups_result_valid(result, &count)
                return UnsafeBufferPointer(start: groups, count: count).compactMap { $0 }.map {
                    String(cString: rd_kafka_ConsumerGroupListing_group_id($0))
                }.sorted()
            })
    }

    /// Groups with their members. One that does not exist comes back as `Dead`, or fails, as the broker has it.
    public func describeGroups(_ groups: [String]) throws -> [GroupDescription] {
        guard !groups.isEmpty else { return [] }
        let doing = "describe consumer groups"
        let names = groups.map { strdup($0) }
        defer { for name in names { free(name) } }
        var pointers = names.map { UnsafePointer<CChar>($0) }
        return try ask(
            RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, doing: doing,
            send: { options, answers in
                rd_kafka_DescribeConsumerGroups(client.handle, &pointers, pointers.count, options, answers)
            },
            read: { event in
                var count = 0
                let results = rd_kafka_DescribeConsumerGroups_result_groups(
                    rd_kafka_event_DescribeConsumerGroups_result(event), &count)
                return try UnsafeBufferPointer(start: results, count: count).compactMap { $0 }.map { group in
                    if let error = rd_kafka_ConsumerGroupDescription_error(group) {
                        let id = String(cString: rd_kafka_ConsumerGroupDescription_group_id(group))
                        throw Self.failure(error, doing: "describe the consumer group \(id)")
                    }
                    return GroupDescription(group)
                }
            })
    }

    static func failure(_ error: OpaquePointer, doing: String) -> KafkaError {
        KafkaError(
            .init(rd_kafka_error_code(error)),
            "Could not \(doing): \(String(cString: rd_kafka_error_string(error)))")
    }
}

extension GroupDescription {
    fileprivate init(_ group: OpaquePointer) {
        id = String(cString: rd_kafka_ConsumerGroupDescription_group_id(group))
        state = String(
            cString: rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupDescription_state(group)))
        assignor = rd_kafka_ConsumerGroupDescription_partition_assignor(group).map { String(cString: $0) } ?? ""
        members = (0..<rd_kafka_ConsumerGroupDescription_member_count(group)).compactMap {
            rd_kafka_ConsumerGroupDescription_member(group, $0).map(Member.init)
        }.sorted { $0.id < $1.id }
    }
}

extension GroupDescription.Member {
    fileprivate init(_ member: OpaquePointer) {
        func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
        id = text(rd_kafka_MemberDescription_consumer_id(member)) ?? ""
        clientID = text(rd_kafka_MemberDescription_client_id(member)) ?? ""
        host = text(rd_kafka_MemberDescription_host(member)) ?? ""
        instanceID = text(rd_kafka_MemberDescription_group_instance_id(member))
        partitions =
            rd_kafka_MemberDescription_assignment(member)
            .flatMap { rd_kafka_MemberAssignment_partitions($0) }?.partitions.sorted() ?? []
    }
}

import Contracts

/// Which messages this program understands, by the schema that they name.
enum KnownSchema {
    /// The newest major version of a schema.
    static let majorVersion = 1

    /// The major version that a message's `ce_dataschema` names, when it is one that this program does not know yet. A
    /// message that names no schema of its topic's is read as it is.
    static func newerMajor(_ uri: UnsafeRawBufferPointer?, of topic: TopicName) -> Int? {
        guard let uri, let major = SchemaVersion.major(inURI: uri, of: topic.rawValue), major > majorVersion else {
            return nil
        }
        return major
    }

    /// What a message of a newer schema waits for.
    static func upgradeReason(_ major: Int, _ consumer: Program) -> String {
        "schema version \(major), and this program knows \(majorVersion): upgrade \(consumer.rawValue)"
    }
}

extension FailureCode {
    /// The message is of a newer schema than this program knows.
    public static let schemaTooNew = FailureCode("schema-too-new")
}

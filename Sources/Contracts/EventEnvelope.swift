/// The CloudEvents headers of a message (Kafka binding, binary mode; design §2).
public enum EventHeader {
    public static let specificationVersion = "ce_specversion"
    public static let id = "ce_id"
    public static let source = "ce_source"
    public static let type = "ce_type"
    public static let subject = "ce_subject"
    public static let time = "ce_time"
    public static let dataSchema = "ce_dataschema"
    public static let contentType = "content-type"
    public static let traceParent = "traceparent"
}

extension TopicDeclaration {
    /// The headers that every message of the topic shares.
    ///
    /// - parameter source: who publishes, `/contoso/dataverse`.
    public func constantHeaders(source: String) -> [(String, String)] {
        var headers = [
            (EventHeader.specificationVersion, "1.0"),
            (EventHeader.source, source),
            (EventHeader.type, "ledgerbus.\(name)"),
            (EventHeader.contentType, "application/json"),
        ]
        if let version { headers.append((EventHeader.dataSchema, SchemaVersion.uri(topic: name, version: version))) }
        return headers
    }
}

/// The version that a message's `ce_dataschema` header names.
public enum SchemaVersion {
    /// The URI of a topic's schema: `https://ledgerbus/schemas/actual-created/1.0`.
    public static func uri(topic: String, version: String) -> String {
        "\(base)\(topic)/\(version)"
    }

    /// What all of our schemas' URIs begin with.
    private static let base = "https://ledgerbus/schemas/"

    /// The major version in the URI of a topic's schema; nil when it is not that, as on a message that was typed by hand
    /// or comes from a stranger.
    ///
    /// - parameter topic: without the environment's prefix.
    public static func major(inURI uri: UnsafeRawBufferPointer, of topic: String) -> Int? {
        guard uri.starts(with: base.utf8), let slash = uri.lastIndex(of: UInt8(ascii: "/")),
            uri[..<slash].dropFirst(base.utf8.count).elementsEqual(topic.utf8)
        else { return nil }
        var major: Int?
        for byte in uri[uri.index(after: slash)...] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                return byte == UInt8(ascii: ".") ? major : nil
            }
            major = min((major ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), 1_000_000)
        }
        return major
    }
}

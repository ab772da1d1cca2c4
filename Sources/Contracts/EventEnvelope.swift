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

/// The header `traceparent` (W3C Trace Context): its trace is the invoice where there is one, so that all messages of an
/// invoice are one trace, and its span the event.
public enum TraceParent {
    /// The trace's 32 digits; nil when the header is of no version that we write.
    public static func trace(_ header: UnsafeRawBufferPointer) -> String? {
        guard header.count == 55, header.starts(with: "00-".utf8), header[35] == UInt8(ascii: "-"),
            header[3..<35].allSatisfy({
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            })
        else { return nil }
        return String(decoding: UnsafeRawBufferPointer(rebasing: header[3..<35]), as: UTF8.self)
    }

    /// The trace as the id that it is made of.
    public static func guid(_ header: [UInt8]) -> GUID? {
        guard let trace = header.withUnsafeBytes(trace) else { return nil }
        var text = trace
        for place in [20, 16, 12, 8] { text.insert("-", at: text.index(text.startIndex, offsetBy: place)) }
        return GUID(text)
    }
}

import Foundation
import YAML

/// A topic as it is declared in `Topics/NAME.yaml`.
public struct TopicDeclaration: Hashable, Sendable {
    /// The name, without the environment's prefix.
    public var name: String
    /// What the key is, in words.
    public var key: String
    /// The programs that write the topic.
    public var producers: [String]
    /// The consumer groups that read the topic, without the environment's prefix.
    public var consumers: [String]
    /// The file of the value's JSON Schema; nil on a dead-letter topic.
    public var schema: String?
    /// The schema's version, `MAJOR.MINOR`; nil on a dead-letter topic.
    public var version: String?
    public var partitions: Int
    public var replication: Int
    /// The topic's configuration on the broker (`retention.ms`, `cleanup.policy`, …).
    public var configuration: [String: String]

    /// Reads one declaration.
    ///
    /// - throws: `YAMLError` with file, line and key.
    public init(yaml: [UInt8], file: String) throws {
        let node = try YAML.parse(yaml, file: file)
        try node.onlyKeys([
            "name", "key", "producers", "consumers", "schema", "version", "partitions", "replication", "configuration",
        ])
        name = try node.string("name")
        key = try node.string("key")
        producers = try node.strings("producers")
        consumers = try node.strings("consumers")
        schema = try node.optionalString("schema")
        version = try node.optionalString("version")
        partitions = try node.int("partitions")
        replication = try node.int("replication")
        configuration = [:]
        for (key, value) in try node.mapping("configuration").entries {
            configuration[key] = try value.asString()
        }
    }
}

/// The declared topics. They are compiled into every binary from `Topics/`; a folder can declare some of them otherwise.
public struct TopicCatalogue: Sendable {
    /// All declarations, by name.
    public private(set) var declarations: [TopicDeclaration]

    /// - throws: `YAMLError` when a declaration is malformed, which a test rules out.
    public init() throws {
        declarations = try TopicFiles.declarations.map { try TopicDeclaration(yaml: $0.bytes, file: $0.file) }
    }

    /// The declared topics, those of a folder in the place of ours.
    ///
    /// - parameter folder: of files such as `Topics/actual-created.yaml`, of all topics or of some; nil is none.
    /// - throws: `YAMLError` with file, line and key; ``TopicFolderProblem``.
    public init(folder: String?) throws {
        try self.init()
        guard let folder else { return }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw TopicFolderProblem(description: "the folder of topics \(folder) cannot be read; is it there?")
        }
        let files = names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
        guard !files.isEmpty else {
            throw TopicFolderProblem(
                description: "the folder of topics \(folder) has no file such as actual-created.yaml")
        }
        var declarations = declarations
        for name in files {
            let file = "\(folder)/\(name)"
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw TopicFolderProblem(description: "\(file) cannot be read")
            }
            let declared = try TopicDeclaration(yaml: Array(bytes), file: file)
            guard let index = declarations.firstIndex(where: { $0.name == declared.name }) else {
                throw TopicFolderProblem(
                    description: "\(file) declares \(declared.name), which is no topic of ours: those are "
                        + declarations.map(\.name).joined(separator: ", "))
            }
            declarations[index] = declared
        }
        self.declarations = declarations
    }

    /// The declaration of a topic, by its name without prefix.
    public func declaration(_ name: String) -> TopicDeclaration? {
        declarations.first { $0.name == name }
    }

    /// The JSON Schema of a topic's value.
    public func schema(_ topic: TopicName) -> [UInt8] { TopicFiles.schema(topic) }
}

/// A folder that declares no topics of ours.
public struct TopicFolderProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}

enum TopicFiles {
    static let declarations: [(file: String, bytes: [UInt8])] = [
        ("Topics/accounting-detail.yaml", PackageResources.accounting_detail_yaml),
        ("Topics/accounting-detail.dead-letter.yaml", PackageResources.accounting_detail_dead_letter_yaml),
        ("Topics/actual-created.yaml", PackageResources.actual_created_yaml),
        ("Topics/actual-created.dead-letter.yaml", PackageResources.actual_created_dead_letter_yaml),
        ("Topics/invoice-confirmed.yaml", PackageResources.invoice_confirmed_yaml),
        ("Topics/invoice-confirmed.dead-letter.yaml", PackageResources.invoice_confirmed_dead_letter_yaml),
        ("Topics/invoice-posted.yaml", PackageResources.invoice_posted_yaml),
        ("Topics/invoice-posted.dead-letter.yaml", PackageResources.invoice_posted_dead_letter_yaml),
        ("Topics/posting-requested.yaml", PackageResources.posting_requested_yaml),
        ("Topics/posting-requested.dead-letter.yaml", PackageResources.posting_requested_dead_letter_yaml),
        ("Topics/transaction-connected.yaml", PackageResources.transaction_connected_yaml),
        ("Topics/transaction-connected.dead-letter.yaml", PackageResources.transaction_connected_dead_letter_yaml),
    ]

    static func schema(_ topic: TopicName) -> [UInt8] {
        switch topic {
        case .accountingDetail: PackageResources.accounting_detail_json
        case .actualCreated: PackageResources.actual_created_json
        case .invoiceConfirmed: PackageResources.invoice_confirmed_json
        case .invoicePosted: PackageResources.invoice_posted_json
        case .postingRequested: PackageResources.posting_requested_json
        case .transactionConnected: PackageResources.transaction_connected_json
        }
    }
}

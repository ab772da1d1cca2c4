import Contracts
import Foundation
import JSON
import Testing

struct TopicCatalogueTests {
    private let catalogue: TopicCatalogue

    init() throws { catalogue = try TopicCatalogue() }

    @Test("There is a declaration for every topic and its dead letters, and no other")
    func complete() {
        let declared = Set(catalogue.declarations.map(\.name))
        #expect(declared == Set(TopicName.allCases.flatMap { [$0.rawValue, $0.deadLetter] }))
        #expect(catalogue.declarations.count == 2 * TopicName.allCases.count)
    }

    @Test("A topic names its schema, its version, who writes and who reads it", arguments: TopicName.allCases)
    func declaration(_ topic: TopicName) throws {
        let declaration = try #require(catalogue.declaration(topic.rawValue))
        #expect(declaration.schema == "\(topic.rawValue).json")
        #expect(declaration.version == "1.0")
        #expect(!declaration.producers.isEmpty)
        #expect(!declaration.consumers.isEmpty)
        #expect(declaration.configuration["cleanup.policy"] == "delete")
        #expect(declaration.configuration["retention.ms"] == "-1")
        let letters = try #require(catalogue.declaration(topic.deadLetter))
        #expect(letters.partitions == declaration.partitions)
        #expect(letters.schema == nil)
        #expect(letters.configuration["retention.ms"] == "-1")
    }

    @Test("A schema describes the fields that the message has as it reads them, and no other", arguments: Contract.all)
    func schema(_ contract: Contract) throws {
        let schema = try JSONValue(parsing: catalogue.schema(contract.topic))
        #expect(
            schema["$id"]?.string == SchemaVersion.uri(topic: contract.topic.rawValue, version: "1.0"))
        let properties = try #require(schema["properties"]?.object)
        #expect(Set(properties.names) == Set(contract.fields))
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        #expect(Set(required) == Set(contract.descriptions.filter(\.isRequired).map(\.name)))
        for field in contract.descriptions {
            var property = try #require(properties[field.name]?.object)
            #expect(property["description"]?.string?.isEmpty == false)
            property["description"] = nil
            #expect(Set(property.members) == Set(schemaMembers(field)), "\(field.name)")
        }
    }

    /// What a field's schema says beside its description.
    private func schemaMembers(_ field: FieldDescription) -> [JSONObject.Member] {
        var members: [String: JSONValue] = [:]
        var type = "string"
        switch field.kind {
        case .text(let most):
            members["maxLength"] = .number("\(most)")
            if field.isRequired { members["minLength"] = .number("1") }
        case .id:
            members["pattern"] = .string("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
        case .integer, .choice: type = "integer"
        case .boolean: type = "boolean"
        case .decimal(let digits, let places):
            members["pattern"] = .string("^-?[0-9]{1,\(digits)}\\.[0-9]{\(places)}$")
        case .date: members["format"] = .string("date")
        case .company: members["pattern"] = .string("^[0-9A-Za-z]{1,4}$")
        case .currency: members["pattern"] = .string("^[A-Z]{3}$")
        case .currencyPrecision:
            type = "integer"
            members["minimum"] = .number("0")
            members["maximum"] = .number("4")
        case .digest: members["pattern"] = .string("^[0-9a-f]{64}$")
        case .label(let words): members["enum"] = .array(words.map(JSONValue.string))
        }
        members["type"] = field.isRequired ? .string(type) : .array([.string(type), .string("null")])
        var object = JSONObject()
        for (name, value) in members { object[name] = value }
        return object.members
    }

    @Test("A declaration with a misspelled key is refused with its line")
    func misspelled() {
        let yaml = Array("name: a\nkey: b\nproducer: [c]\n".utf8)
        let error = #expect(throws: (any Error).self) { try TopicDeclaration(yaml: yaml, file: "Topics/a.yaml") }
        #expect("\(error.map { "\($0)" } ?? "")".contains("Topics/a.yaml:3"))
    }
}

/// Topics that a folder declares otherwise.
struct TopicFolderTests {
    private func folder(_ files: [String: String]) throws -> String {
        let folder = NSTemporaryDirectory() + "topics-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        return folder
    }

    private func declaration(_ name: String, partitions: Int) -> String {
        """
        name: \(name)
        key: actual id
        producers: [dataverse-producer]
        consumers: [finance-consumer]
        partitions: \(partitions)
        replication: 2
        configuration:
          retention.ms: -1

        """
    }

    @Test("A file of a folder takes the place of our declaration, and the others stay")
    func overlay() throws {
        let folder = try folder([
            "actuals.yaml": declaration("actual-created", partitions: 24), "._actuals.yaml": "\0", "notes.txt": "x",
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ours = try TopicCatalogue()
        let catalogue = try TopicCatalogue(folder: folder)
        #expect(catalogue.declaration("actual-created")?.partitions == 24)
        #expect(catalogue.declaration("actual-created")?.replication == 2)
        #expect(
            catalogue.declarations.filter { $0.name != "actual-created" }
                == ours.declarations.filter { $0.name != "actual-created" })
        #expect(try TopicCatalogue(folder: nil).declarations == ours.declarations)
    }

    @Test("A folder that is not there, is empty, or declares a topic that is none of ours is refused by name")
    func refused() throws {
        let empty = try folder([:])
        let foreign = try folder(["x.yaml": declaration("x", partitions: 1)])
        defer { for folder in [empty, foreign] { try? FileManager.default.removeItem(atPath: folder) } }
        for (folder, said) in [
            ("/nowhere/topics", "cannot be read"), (empty, "has no file"), (foreign, "x.yaml declares x"),
        ] {
            let problem = #expect(throws: TopicFolderProblem.self) { try TopicCatalogue(folder: folder) }
            #expect(problem?.description.contains(said) ?? false)
        }
    }
}

import Contracts
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

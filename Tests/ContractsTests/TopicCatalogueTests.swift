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

    @Test("A schema describes the fields that the message has, and no other", arguments: Contract.all)
    func schema(_ contract: Contract) throws {
        let schema = try JSONValue(parsing: catalogue.schema(contract.topic))
        #expect(
            schema["$id"]?.string == SchemaVersion.uri(topic: contract.topic.rawValue, version: "1.0"))
        let properties = try #require(schema["properties"]?.object)
        #expect(Set(properties.names) == Set(contract.fields))
    }

    @Test("A declaration with a misspelled key is refused with its line")
    func misspelled() {
        let yaml = Array("name: a\nkey: b\nproducer: [c]\n".utf8)
        let error = #expect(throws: (any Error).self) { try TopicDeclaration(yaml: yaml, file: "Topics/a.yaml") }
        #expect("\(error.map { "\($0)" } ?? "")".contains("Topics/a.yaml:3"))
    }
}

import Contracts
import Testing

struct EventEnvelopeTests {
    @Test(
        "The major version of a schema is read from its URI",
        arguments: [
            ("https://ledgerbus/schemas/actual-created/1.0", 1), ("https://ledgerbus/schemas/actual-created/2.7", 2),
            ("https://ledgerbus/schemas/actual-created/12", 12), ("https://ledgerbus/schemas/actual-created/3.", 3),
            ("https://ledgerbus/schemas/actual-created/1000001.0", 1_000_000),
            ("https://ledgerbus/schemas/actual-created/99999999999999999999999.0", 1_000_000),
        ])
    func major(_ uri: String, _ major: Int) {
        #expect(Array(uri.utf8).withUnsafeBytes { SchemaVersion.major(inURI: $0, of: "actual-created") } == major)
    }

    @Test(
        "A URI without a version has none",
        arguments: [
            "", "1.0", "https://ledgerbus/", "https://ledgerbus/schemas/actual-created/",
            "https://ledgerbus/schemas/actual-created", "https://ledgerbus/schemas/actual-created/v1",
            "https://ledgerbus/schemas/actual-created/.5", "https://ledgerbus/schemas/actual-created/1a",
            "https://ledgerbus/schemas/actual-created/-1",
        ])
    func noMajor(_ uri: String) {
        #expect(Array(uri.utf8).withUnsafeBytes { SchemaVersion.major(inURI: $0, of: "actual-created") } == nil)
    }

    @Test(
        "A URI that is not of the topic's own schema has no version of ours",
        arguments: [
            "/3.0", "x/12", "http://ledgerbus/schemas/actual-created/2.0", "https://schemas.contoso.com/actual/7.1",
            "https://ledgerbus/schemas/invoice-posted/2.0", "https://ledgerbus/schemas//2.0",
            "https://ledgerbus/schemas/actual-created/x/2.0", " https://ledgerbus/schemas/actual-created/2.0",
            "https://ledgerbus.example/schemas/actual-created/2.0",
        ])
    func stranger(_ uri: String) {
        #expect(Array(uri.utf8).withUnsafeBytes { SchemaVersion.major(inURI: $0, of: "actual-created") } == nil)
    }

    @Test("Every message of a topic says what it is and which schema it has")
    func constantHeaders() throws {
        let catalogue = try TopicCatalogue()
        for topic in TopicName.allCases {
            let declaration = try #require(catalogue.declaration(topic.rawValue))
            let headers = Dictionary(uniqueKeysWithValues: declaration.constantHeaders(source: "/contoso/finance"))
            #expect(headers["ce_specversion"] == "1.0")
            #expect(headers["ce_source"] == "/contoso/finance")
            #expect(headers["ce_type"] == "ledgerbus.\(topic.rawValue)")
            #expect(headers["content-type"] == "application/json")
            #expect(headers["ce_dataschema"] == "https://ledgerbus/schemas/\(topic.rawValue)/1.0")
        }
    }
}

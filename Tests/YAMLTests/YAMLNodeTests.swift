import Testing
import YAML

@Suite("Reading values from YAML")
struct YAMLNodeTests {
    static let topic = """
        # a topic
        name: actual-created
        key: "actual id"
        partitions: 6
        compacted: false
        consumers: [finance-consumer, 'audit']
        producers:
          - dataverse-producer
        configuration:
          cleanup.policy: delete
          retention.ms: -1
          min.insync.replicas: 2
        note:
        text: |
          two
          lines
        """

    /// The description of the error that `body` throws.
    static func refusal(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("Values are read by key, in the type that is asked for")
    func readsValues() throws {
        let node = try YAML.parse(Self.topic, file: "topic.yaml")
        #expect(try node.string("name") == "actual-created")
        #expect(try node.string("key") == "actual id")
        #expect(try node.int("partitions") == 6)
        #expect(try node.bool("compacted") == false)
        #expect(try node.strings("consumers") == ["finance-consumer", "audit"])
        #expect(try node.strings("producers") == ["dataverse-producer"])
        #expect(try node.mapping("configuration").int("retention.ms") == -1)
        #expect(try node.string("text") == "two\nlines")
        #expect(try node.optionalString("note") == nil)
        #expect(try node.optionalInt("absent") == nil)
    }

    @Test("The members of a mapping keep the file's order")
    func keepsOrder() throws {
        let node = try YAML.parse(Self.topic, file: "topic.yaml").mapping("configuration")
        #expect(node.entries.map(\.key) == ["cleanup.policy", "retention.ms", "min.insync.replicas"])
        #expect(try node.entries.map { try $0.value.asString() } == ["delete", "-1", "2"])
    }

    @Test("A node knows its line, column and style")
    func knowsItsPlace() throws {
        let node = try YAML.parse(Self.topic, file: "topic.yaml")
        let key = try #require(node["key"])
        #expect(key.line == 3)
        #expect(key.column == 6)
        guard case .scalar("actual id", .quoted) = key.content else {
            Issue.record("key is not quoted")
            return
        }
        guard case .scalar("6", .plain)? = node["partitions"]?.content else {
            Issue.record("partitions is not plain")
            return
        }
    }

    @Test("A value of the wrong type is refused with file, line and key")
    func refusesWrongTypes() throws {
        let node = try YAML.parse(Self.topic, file: "topic.yaml")
        #expect(
            Self.refusal { _ = try node.int("name") } == "topic.yaml:2: key \"name\" must be a whole number")
        #expect(Self.refusal { _ = try node.int("key") } == "topic.yaml:3: key \"key\" must be a whole number")
        #expect(Self.refusal { _ = try node.bool("name") } == "topic.yaml:2: key \"name\" must be true or false")
        #expect(Self.refusal { _ = try node.strings("name") } == "topic.yaml:2: key \"name\" must be a list")
        #expect(
            Self.refusal { _ = try node.string("consumers") } == "topic.yaml:6: key \"consumers\" must be a text")
        #expect(
            Self.refusal { _ = try node.mapping("name") }
                == "topic.yaml:2: key \"name\" must be a mapping of keys to values")
        #expect(
            Self.refusal { _ = try node.mapping("configuration").bool("retention.ms") }
                == "topic.yaml:11: key \"configuration.retention.ms\" must be true or false")
        #expect(Self.refusal { _ = try node.string("note") }?.hasSuffix("key \"note\" must not be empty") == true)
    }

    @Test("A required key that is missing is named with the line of its mapping")
    func namesMissingKeys() throws {
        let node = try YAML.parse(Self.topic, file: "topic.yaml")
        #expect(Self.refusal { _ = try node.string("schema") } == "topic.yaml:2: key \"schema\" is missing")
        #expect(
            Self.refusal { _ = try node.mapping("configuration").int("max.bytes") }
                == "topic.yaml:10: key \"configuration.max.bytes\" is missing")
    }

    @Test("An unknown key is refused with the key that was probably meant")
    func namesTheClosestKey() throws {
        let node = try YAML.parse("name: x\npartition: 6\n", file: "topic.yaml")
        #expect(
            Self.refusal { try node.onlyKeys(["name", "partitions", "replication"]) }
                == "topic.yaml:2: key \"partition\" is unknown; did you mean \"partitions\"?")
        #expect(
            Self.refusal { try node.onlyKeys(["name", "url"]) }
                == "topic.yaml:2: key \"partition\" is unknown; known are name, url")
        try node.onlyKeys(["name", "partition", "url"])
    }

    @Test("Only true and false are truth values")
    func refusesYesAndOn() throws {
        for word in ["yes", "no", "on", "off", "True", "\"true\"", "1"] {
            let node = try YAML.parse("flag: \(word)", file: "f.yaml")
            #expect(Self.refusal { _ = try node.bool("flag") } == "f.yaml:1: key \"flag\" must be true or false")
        }
    }

    @Test("Whole numbers are decimal, and as large as Int")
    func readsWholeNumbers() throws {
        #expect(try YAML.parse("n: 9223372036854775807", file: "f").int("n") == .max)
        for text in ["9223372036854775808", "+1", "1.0", "0x10", "1_000", "1e3", "~", ""] {
            let node = try YAML.parse("n: \(text)", file: "f")
            #expect(Self.refusal { _ = try node.int("n") } == "f:1: key \"n\" must be a whole number")
        }
    }
}

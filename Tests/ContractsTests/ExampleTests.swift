import Contracts
import Foundation
import Testing

/// The examples in `Examples/TOPIC/`: what `valid-…` and `invalid-FIELD-…` files hold, the decoder and the JSON Schema
/// have to agree on.
struct ExampleTests {
    private let choices: ChoiceTables

    init() throws { choices = try ChoiceTables() }

    @Test("The decoder reads every valid example", arguments: try Example.all().filter(\.isValid))
    func valid(_ example: Example) throws {
        let written = try example.contract.rewrite(example.bytes, choices)
        #expect(try example.contract.rewrite(written, choices) == written)
    }

    @Test(
        "The decoder refuses every invalid example, and names the field",
        arguments: try Example.all().filter { !$0.isValid })
    func invalid(_ example: Example) throws {
        let error = try #require(example.contract.error(decoding: example.bytes, choices))
        if example.field == "json" {
            guard case .notJSON = error else {
                Issue.record("\(error)")
                return
            }
        } else {
            #expect(error.description.contains("\"\(example.field)\""))
        }
    }

    @Test("There are valid and invalid examples of every topic")
    func complete() throws {
        let examples = try Example.all()
        for topic in TopicName.allCases {
            let own = examples.filter { $0.contract.topic == topic }
            #expect(Set(own.map(\.isValid)) == [true, false])
        }
    }

    @Test("The JSON Schemas agree with the decoder on every example, and accept what is really written")
    func schemas() throws {
        guard let checker = SchemaChecker.available else {
            print("SKIPPED: no Python with jsonschema is here to check the JSON Schemas with")
            return
        }
        var documents = try Example.all().map { example in
            SchemaChecker.Document(
                name: "\(example.contract.topic.rawValue)/\(example.name)", topic: example.contract.topic,
                bytes: example.bytes)
        }
        let examples = documents.count
        for contract in Contract.all {
            for (number, sample) in contract.samples.enumerated() {
                documents.append(
                    .init(name: "\(contract.topic.rawValue)/sample \(number)", topic: contract.topic, bytes: sample))
            }
        }
        let verdicts = try checker.verdicts(on: documents)
        #expect(verdicts.count == documents.count)
        for (index, verdict) in verdicts.enumerated() {
            let isValid = index >= examples || documents[index].name.contains("/valid-")
            #expect((verdict == nil) == isValid, "\(documents[index].name): \(verdict ?? "is valid")")
        }
    }
}

/// One file of `Examples/`.
struct Example: Sendable, CustomTestStringConvertible {
    let contract: Contract
    let name: String
    let bytes: [UInt8]

    var isValid: Bool { name.hasPrefix("valid-") }
    /// The field that an invalid example is about.
    var field: String { String(name.split(separator: "-").dropFirst().first ?? "") }
    var testDescription: String { "\(contract.topic.rawValue)/\(name)" }

    static func all() throws -> [Example] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Examples")
        return try Contract.all.flatMap { contract in
            let topic = folder.appendingPathComponent(contract.topic.rawValue)
            return try FileManager.default.contentsOfDirectory(atPath: topic.path).sorted().map { name in
                Example(
                    contract: contract, name: name,
                    bytes: Array(try Data(contentsOf: topic.appendingPathComponent(name))))
            }
        }
    }
}

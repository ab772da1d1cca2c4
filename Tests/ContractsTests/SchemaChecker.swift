import Contracts
import Foundation

/// Checks documents against the topics' JSON Schemas with Python's `jsonschema`, all in one process.
struct SchemaChecker {
    struct Document {
        let name: String
        let topic: TopicName
        let bytes: [UInt8]
    }

    private let python: String

    /// The checker of the first Python that has `jsonschema`; nil when none has.
    static var available: SchemaChecker? {
        for python in ["python3", "/usr/bin/python3"] {
            if (try? run(python, ["-c", "import jsonschema"], input: Data()))?.status == 0 {
                return SchemaChecker(python: python)
            }
        }
        return nil
    }

    /// What is wrong with each document; nil when it is valid.
    func verdicts(on documents: [Document]) throws -> [String?] {
        var schemas: [String: String] = [:]
        let catalogue = try TopicCatalogue()
        for topic in TopicName.allCases {
            schemas[topic.rawValue] = String(decoding: catalogue.schema(topic), as: UTF8.self)
        }
        let input: [String: Any] = [
            "schemas": schemas,
            "documents": documents.map { [$0.topic.rawValue, String(decoding: $0.bytes, as: UTF8.self)] },
        ]
        let outcome = try Self.run(
            python, ["-c", Self.script], input: try JSONSerialization.data(withJSONObject: input))
        guard outcome.status == 0, let verdicts = try JSONSerialization.jsonObject(with: outcome.output) as? [Any]
        else {
            throw Failure(description: "\(python) ended with \(outcome.status)")
        }
        return verdicts.map { $0 as? String }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let script = """
        import json, sys, jsonschema
        given = json.load(sys.stdin)
        validators = {}
        for topic, text in given["schemas"].items():
            schema = json.loads(text)
            validator = jsonschema.validators.validator_for(schema)
            validator.check_schema(schema)
            validators[topic] = validator(schema, format_checker=jsonschema.FormatChecker())
        verdicts = []
        for topic, text in given["documents"]:
            try:
                validators[topic].validate(json.loads(text))
                verdicts.append(None)
            except (ValueError, jsonschema.ValidationError) as error:
                verdicts.append(getattr(error, "message", str(error)))
        json.dump(verdicts, sys.stdout)
        """

    private static func run(_ python: String, _ arguments: [String], input: Data) throws -> (
        status: Int32, output: Data
    ) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python] + arguments
        let stdin = Pipe()
        let stdout = Pipe()
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The script reads all of it before it writes.
        try stdin.fileHandleForWriting.write(contentsOf: input)
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}

/// What is fuzzed. Each takes bytes from outside, and may refuse them, but neither crash, hang nor take them otherwise than
/// they are.
enum FuzzTarget: String, CaseIterable {
    case messages, headers, json, pages, yaml, setup, configuration, values, arguments

    /// - throws: what keeps the target from being made.
    func make() throws -> (UnsafeRawBufferPointer) -> Void {
        switch self {
        case .messages: try fuzzMessages()
        case .headers: try fuzzHeaders()
        case .json: fuzzJSON()
        case .pages: try fuzzPages()
        case .yaml: fuzzYAML
        case .setup: fuzzSetup
        case .configuration: fuzzConfiguration
        case .values: fuzzValues
        case .arguments: fuzzArguments
        }
    }
}

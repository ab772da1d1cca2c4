import CYAML

/// Builds nodes from libyaml's events.
struct YAMLParser: ~Copyable {
    private let file: String
    /// On the heap, because libyaml keeps pointers into it.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// What libyaml reads from, for as long as the parser lives.
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var event = yaml_event_t()

    private static let mostLevels = 64

    init(bytes: [UInt8], file: String) {
        self.file = file
        // libyaml takes a byte order mark for the first key's, and no null pointer.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        input = .allocate(capacity: max(text.count, 1))
        _ = input.initialize(from: text)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, text.count)
    }

    deinit {
        var event = event
        yaml_event_delete(&event)
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The one document of the file.
    mutating func document() throws(YAMLError) -> YAMLNode {
        try next()  // the start of the stream
        try next()
        guard event.type == YAML_DOCUMENT_START_EVENT else {
            throw YAMLError(file: file, line: 1, message: "the file is empty")
        }
        try next()
        let root = try node(path: "", level: 0)
        try next()  // the end of the document
        try next()
        guard event.type == YAML_STREAM_END_EVENT else { throw refused("a second document is not supported") }
        return root
    }

    /// The node that the current event starts.
    private mutating func node(path: String, level: Int) throws(YAMLError) -> YAMLNode {
        let line = line
        let column = Int(event.start_mark.column) + 1
        guard level <= Self.mostLevels else { throw refused("lists and mappings nest deeper than 64 levels") }
        let content: YAMLNode.Content
        switch event.type {
        case YAML_SCALAR_EVENT:
            let (text, style) = try scalar()
            content = .scalar(text, style: style)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try refuse(anchor: start.anchor, tag: start.tag)
            content = .sequence(try items(path: path, level: level))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try refuse(anchor: start.anchor, tag: start.tag)
            content = .mapping(try members(path: path, level: level))
        default: throw refused("aliases (*name) are not supported; write the value out")
        }
        return YAMLNode(content: content, file: file, line: line, column: column, path: path)
    }

    private mutating func items(path: String, level: Int) throws(YAMLError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        try next()
        while event.type != YAML_SEQUENCE_END_EVENT {
            items.append(try node(path: "\(path)[\(items.count)]", level: level + 1))
            try next()
        }
        return items
    }

    private mutating func members(path: String, level: Int) throws(YAMLError) -> [YAMLNode.Member] {
        var members: [YAMLNode.Member] = []
        var lines: [String: Int] = [:]
        try next()
        while event.type != YAML_MAPPING_END_EVENT {
            guard event.type == YAML_SCALAR_EVENT else { throw refused("a key must be a text") }
            let line = line
            let (key, style) = try scalar()
            if key == "<<", style == .plain {
                throw refused("merge keys (<<) are not supported; write the members out")
            }
            let keyPath = path.isEmpty ? key : "\(path).\(key)"
            if let first = lines.updateValue(line, forKey: key) {
                throw refused("key \"\(keyPath)\" stands twice, first on line \(first)")
            }
            try next()
            let value = try node(path: keyPath, level: level + 1)
            members.append(YAMLNode.Member(key: key, line: line, value: value))
            try next()
        }
        return members
    }

    /// The text of the current scalar.
    private func scalar() throws(YAMLError) -> (String, YAMLNode.ScalarStyle) {
        let scalar = event.data.scalar
        try refuse(anchor: scalar.anchor, tag: scalar.tag)
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        guard !bytes.contains(0) else { throw refused("a text holds U+0000, which nothing that takes it can hold") }
        let text = String(decoding: bytes, as: UTF8.self)
        return (text, scalar.style == YAML_PLAIN_SCALAR_STYLE ? .plain : .quoted)
    }

    private func refuse(anchor: UnsafePointer<UInt8>?, tag: UnsafePointer<UInt8>?) throws(YAMLError) {
        if anchor != nil { throw refused("anchors (&name) are not supported") }
        if tag != nil { throw refused("tags (!name) are not supported") }
    }

    /// The line of the current event, from 1.
    private var line: Int { Int(event.start_mark.line) + 1 }

    private func refused(_ message: String) -> YAMLError { YAMLError(file: file, line: line, message: message) }

    /// Goes to the next event.
    private mutating func next() throws(YAMLError) {
        yaml_event_delete(&event)
        guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
    }

    private func syntaxError() -> YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "no memory"
        if parser.pointee.error == YAML_READER_ERROR {
            // libyaml gives a byte here, not a line.
            let before = input.prefix(parser.pointee.problem_offset)
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            return YAMLError(file: file, line: line, message: "not valid YAML: \(problem)")
        }
        let line = Int(parser.pointee.problem_mark.line) + 1
        return YAMLError(file: file, line: line, message: "not valid YAML: \(problem)")
    }
}

import CYAML
import Text

/// Writes values by libyaml's events, so that it decides what is to be quoted.
struct YAMLEmitter: ~Copyable {
    private let emitter: UnsafeMutablePointer<yaml_emitter_t>
    private let bytes: UnsafeMutablePointer<[UInt8]>

    /// A text with what a terminal would act on, or a reader be misled by, is written in ASCII with escapes.
    static func text(of value: YAMLValue) -> String {
        let text = text(of: value, isASCII: false)
        return text.escapedLines() == text ? text : self.text(of: value, isASCII: true)
    }

    private static func text(of value: YAMLValue, isASCII: Bool) -> String {
        let emitter = YAMLEmitter(isASCII: isASCII)
        emitter.write(value)
        return String(decoding: emitter.bytes.pointee, as: UTF8.self)
    }

    private init(isASCII: Bool) {
        emitter = .allocate(capacity: 1)
        emitter.initialize(to: yaml_emitter_t())
        bytes = .allocate(capacity: 1)
        bytes.initialize(to: [])
        yaml_emitter_initialize(emitter)
        yaml_emitter_set_unicode(emitter, isASCII ? 0 : 1)
        yaml_emitter_set_width(emitter, -1)
        yaml_emitter_set_output(emitter, appendWritten, bytes)
    }

    deinit {
        yaml_emitter_delete(emitter)
        emitter.deallocate()
        bytes.deinitialize(count: 1)
        bytes.deallocate()
    }

    private func write(_ value: YAMLValue) {
        emit { yaml_stream_start_event_initialize(&$0, YAML_UTF8_ENCODING) }
        emit { yaml_document_start_event_initialize(&$0, nil, nil, nil, 1) }
        node(value)
        emit { yaml_document_end_event_initialize(&$0, 1) }
        emit { yaml_stream_end_event_initialize(&$0) }
    }

    private func node(_ value: YAMLValue) {
        switch value {
        case .plain(let text): scalar(text, YAML_PLAIN_SCALAR_STYLE)
        case .text(let text): self.text(text)
        case .sequence(let items):
            emit { yaml_sequence_start_event_initialize(&$0, nil, nil, 1, YAML_BLOCK_SEQUENCE_STYLE) }
            for item in items { node(item) }
            emit { yaml_sequence_end_event_initialize(&$0) }
        case .mapping(let members): mapping(members, YAML_BLOCK_MAPPING_STYLE)
        case .row(let members): mapping(members, YAML_FLOW_MAPPING_STYLE)
        }
    }

    private func mapping(_ members: [YAMLValue.Member], _ style: yaml_mapping_style_t) {
        emit { yaml_mapping_start_event_initialize(&$0, nil, nil, 1, style) }
        for member in members {
            text(member.key)
            node(member.value)
        }
        emit { yaml_mapping_end_event_initialize(&$0) }
    }

    /// A text that says nothing, a null or a merge key when it stands plain is quoted; of others the emitter knows.
    private func text(_ text: String) {
        let isPlain = !YAMLNode.nullTexts.contains(text) && text != "<<"
        scalar(text, isPlain ? YAML_ANY_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE)
    }

    private func scalar(_ text: String, _ style: yaml_scalar_style_t) {
        var text = text
        text.withUTF8 { bytes in
            emit {
                yaml_scalar_event_initialize(&$0, nil, nil, bytes.baseAddress, Int32(bytes.count), 1, 1, style)
            }
        }
    }

    /// Events are only refused for want of memory, or in an order that is none.
    private func emit(_ initialize: (inout yaml_event_t) -> Int32) {
        var event = yaml_event_t()
        guard initialize(&event) == 1, yaml_emitter_emit(emitter, &event) == 1 else {
            preconditionFailure(
                "no YAML can be written: \(emitter.pointee.problem.map { String(cString: $0) } ?? "no memory")")
        }
    }
}

/// Takes what libyaml has written.
private func appendWritten(
    to bytes: UnsafeMutableRawPointer?, start: UnsafeMutablePointer<UInt8>?, count: Int
) -> Int32 {
    guard let bytes = bytes?.assumingMemoryBound(to: [UInt8].self) else { return 0 }
    bytes.pointee.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    return 1
}

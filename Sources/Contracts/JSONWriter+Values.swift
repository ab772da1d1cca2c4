import JSON

extension JSONWriter {
    mutating func member(_ name: StaticString, _ value: GUID) {
        member(name, quoted: 36) { value.write(to: $0) }
    }

    mutating func member(_ name: StaticString, _ value: GUID?) {
        if let value { member(name, value) }
    }

    mutating func member(_ name: StaticString, _ value: some ExactDecimal) {
        member(name, quoted: 48) { value.write(to: $0) }
    }

    mutating func member(_ name: StaticString, _ value: CalendarDate) { member(name, value.description) }

    mutating func member(_ name: StaticString, _ value: CalendarDate?) {
        if let value { member(name, value) }
    }

    mutating func member(_ name: StaticString, _ value: ControlDigest) { member(name, value.description) }

    mutating func member(_ name: StaticString, _ value: PostingKind) { member(name, value.rawValue) }

    mutating func member(_ name: StaticString, _ value: PostedStatus) { member(name, value.rawValue) }
}

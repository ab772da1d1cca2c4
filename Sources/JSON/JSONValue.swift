import CSimdJSON

/// A JSON value as a tree, for what is small or seldom. ``FieldReader`` is for the rest.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number as its raw text, so that no digit is lost.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of a JSON object in their order, with different names.
public struct JSONObject: Hashable, Sendable {
    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSONValue
    }

    public private(set) var members: [Member] = []

    public init() {}

    /// The value of a member; nil when there is none. Setting nil removes the member.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.name == name }?.value }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The names, in order.
    public var names: [String] { members.map(\.name) }

    init(distinct members: [Member]) {
        self.members = members
    }
}

extension JSONValue {
    /// The member of an object; nil when there is none, or the value is no object.
    public subscript(name: String) -> JSONValue? { object?[name] }

    /// The element of an array; nil when there is none, or the value is no array.
    public subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }

    public var isNull: Bool { self == .null }
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    /// A number's raw text.
    public var number: String? { if case .number(let value) = self { value } else { nil } }
    /// A number without fraction and exponent that `Int` can hold.
    public var int: Int? { number.flatMap { Int($0) } }
    public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
}

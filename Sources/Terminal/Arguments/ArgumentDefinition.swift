import Synchronization

/// What the parser and the help know of one declared property.
struct ArgumentDefinition: Sendable {
    enum Kind {
        case positional
        case option
        case flag
    }

    var kind: Kind
    var names: [ArgumentName] = []
    var valueName: String
    var abstract: String
    var isRequired = false
    var isRepeating = false
    var defaultValue: String?
    var allowedValues: [String] = []
    var completesFiles = false
    var isGiven: @Sendable () -> Bool
    /// Takes one value (empty for a flag) under the name with which it was given.
    var assign: @Sendable (_ value: String, _ name: ArgumentName?) throws -> Void

    /// How the usage line and errors name it: `--topic <topic>`, `<file>`.
    var display: String {
        switch kind {
        case .positional: "<\(valueName)>"
        case .option: "\(names.last?.description ?? "") <\(valueName)>"
        case .flag: names.first(where: { $0.description.hasPrefix("--") })?.description ?? "\(names.first, default: "")"
        }
    }
}

/// A property wrapper that declares arguments.
protocol ArgumentDeclaring {
    /// - Parameter label: the property's name.
    func definitions(label: String) -> [ArgumentDefinition]

    func validate() throws
}

extension ArgumentDeclaring {
    func validate() throws {}
}

/// Where a wrapper keeps its value; commands are read after parsing, and their copies share it.
final class ArgumentBox<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var isGiven = false
    }

    private let state: Mutex<State>

    init(_ value: Value?) {
        state = Mutex(State(value: value))
    }

    var isGiven: Bool { state.withLock { $0.isGiven } }

    var value: Value {
        get {
            guard let value = state.withLock({ $0.value }) else {
                preconditionFailure("A required argument was read before the command was parsed.")
            }
            return value
        }
        set { state.withLock { $0.value = newValue } }
    }

    /// Changes the value because the user gave one; the first time, `change` is told so.
    func give(_ change: (_ current: Value?, _ isFirst: Bool) -> Value) {
        state.withLock {
            $0.value = change($0.value, !$0.isGiven)
            $0.isGiven = true
        }
    }
}

/// The definitions of every wrapper of a command or option group, in the order of declaration.
func argumentDefinitions(of arguments: any ParsableArguments) -> [ArgumentDefinition] {
    Mirror(reflecting: arguments).children.flatMap { child -> [ArgumentDefinition] in
        guard let declaring = child.value as? any ArgumentDeclaring, let label = child.label else { return [] }
        return declaring.definitions(label: String(label.drop { $0 == "_" }))
    }
}

/// A value that one argument, or several, can be made into: the value itself, an optional of it, or an array.
struct ArgumentValue<Value: Sendable>: Sendable {
    var box: ArgumentBox<Value>
    var isRequired: Bool
    var isRepeating: Bool
    var defaultValue: String?
    var allowedValues: [String]
    var expectation: String?
    var completesFiles: Bool
    var give: @Sendable (ArgumentBox<Value>, String) -> Bool

    static func single(_ initial: Value?) -> Self where Value: ExpressibleByArgument {
        Self(
            Value.self, initial: initial, isRequired: initial == nil, isRepeating: false,
            defaultValue: initial?.defaultValueDescription
        ) { box, value in box.give { _, _ in value } }
    }

    static func optional<Wrapped: ExpressibleByArgument>(_ initial: Wrapped?) -> Self where Value == Wrapped? {
        Self(
            Wrapped.self, initial: .some(initial), isRequired: false, isRepeating: false,
            defaultValue: initial?.defaultValueDescription
        ) { box, value in box.give { _, _ in value } }
    }

    static func array<Element: ExpressibleByArgument>(_ initial: [Element]?) -> Self where Value == [Element] {
        let described = initial?.map(\.defaultValueDescription).joined(separator: ", ")
        return Self(
            Element.self, initial: initial ?? [], isRequired: initial == nil, isRepeating: true,
            defaultValue: described.flatMap { $0.isEmpty ? nil : $0 }
        ) { box, value in box.give { current, isFirst in isFirst ? [value] : (current ?? []) + [value] } }
    }

    private init<Element: ExpressibleByArgument>(
        _ element: Element.Type, initial: Value?, isRequired: Bool, isRepeating: Bool, defaultValue: String?,
        give: @escaping @Sendable (ArgumentBox<Value>, Element) -> Void
    ) {
        box = ArgumentBox(initial)
        self.isRequired = isRequired
        self.isRepeating = isRepeating
        self.defaultValue = defaultValue
        allowedValues = Element.allValueStrings
        expectation = Element.expectation
        completesFiles = Element.completesFiles
        self.give = { box, text in
            guard let value = Element(argument: text) else { return false }
            give(box, value)
            return true
        }
    }

    func definition(
        kind: ArgumentDefinition.Kind, names: [ArgumentName], label: String, help: ArgumentHelp?
    ) -> ArgumentDefinition {
        let valueName = help?.valueName ?? label.dashed
        let box = box
        let give = give
        let expected =
            allowedValues.isEmpty
            ? expectation.map { ": expected \($0)" } ?? ""
            : ": allowed are \(allowedValues.map { "'\($0)'" }.joined(separator: ", "))"
        return ArgumentDefinition(
            kind: kind, names: names, valueName: valueName, abstract: help?.abstract ?? "", isRequired: isRequired,
            isRepeating: isRepeating, defaultValue: defaultValue, allowedValues: allowedValues,
            completesFiles: completesFiles, isGiven: { box.isGiven },
            assign: { text, name in
                guard give(box, text) else {
                    let place = name.map { "\($0) <\(valueName)>" } ?? "<\(valueName)>"
                    throw ValidationError("the value '\(text)' is invalid for '\(place)'\(expected)")
                }
            })
    }
}

/// A positional argument. An array takes all that are left.
///
/// Without an initial value it is required, unless its type is optional.
@propertyWrapper
public struct Argument<Value: Sendable>: Sendable, ArgumentDeclaring {
    private let value: ArgumentValue<Value>
    private let help: ArgumentHelp?

    public var wrappedValue: Value {
        get { value.box.value }
        nonmutating set { value.box.value = newValue }
    }

    func definitions(label: String) -> [ArgumentDefinition] {
        [value.definition(kind: .positional, names: [], label: label, help: help)]
    }
}

extension Argument where Value: ExpressibleByArgument {
    public init(wrappedValue: Value, help: ArgumentHelp? = nil) {
        value = .single(wrappedValue)
        self.help = help
    }

    public init(help: ArgumentHelp? = nil) {
        value = .single(nil)
        self.help = help
    }
}

extension Argument {
    public init<Wrapped: ExpressibleByArgument>(wrappedValue: Wrapped?, help: ArgumentHelp? = nil)
    where Value == Wrapped? {
        value = .optional(wrappedValue)
        self.help = help
    }

    public init<Wrapped: ExpressibleByArgument>(help: ArgumentHelp? = nil) where Value == Wrapped? {
        value = .optional(nil)
        self.help = help
    }
}

extension Argument {
    public init<Element: ExpressibleByArgument>(wrappedValue: [Element], help: ArgumentHelp? = nil)
    where Value == [Element] {
        value = .array(wrappedValue)
        self.help = help
    }

    public init<Element: ExpressibleByArgument>(help: ArgumentHelp? = nil) where Value == [Element] {
        value = .array(nil)
        self.help = help
    }
}

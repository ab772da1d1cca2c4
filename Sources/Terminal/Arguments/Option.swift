/// An option with a value: `--topic invoice-confirmed` or `--topic=invoice-confirmed`. An array may be given several times.
///
/// Without an initial value it is required, unless its type is optional.
@propertyWrapper
public struct Option<Value: Sendable>: Sendable, ArgumentDeclaring {
    private let value: ArgumentValue<Value>
    private let name: NameSpecification
    private let help: ArgumentHelp?

    public var wrappedValue: Value {
        get { value.box.value }
        nonmutating set { value.box.value = newValue }
    }

    func definitions(label: String) -> [ArgumentDefinition] {
        [value.definition(kind: .option, names: name.names(label: label), label: label, help: help)]
    }
}

extension Option where Value: ExpressibleByArgument {
    public init(wrappedValue: Value, name: NameSpecification = .long, help: ArgumentHelp? = nil) {
        value = .single(wrappedValue)
        self.name = name
        self.help = help
    }

    public init(name: NameSpecification = .long, help: ArgumentHelp? = nil) {
        value = .single(nil)
        self.name = name
        self.help = help
    }
}

extension Option {
    public init<Wrapped: ExpressibleByArgument>(
        wrappedValue: Wrapped?, name: NameSpecification = .long, help: ArgumentHelp? = nil
    ) where Value == Wrapped? {
        value = .optional(wrappedValue)
        self.name = name
        self.help = help
    }

    public init<Wrapped: ExpressibleByArgument>(name: NameSpecification = .long, help: ArgumentHelp? = nil)
    where Value == Wrapped? {
        value = .optional(nil)
        self.name = name
        self.help = help
    }
}

extension Option {
    public init<Element: ExpressibleByArgument>(
        wrappedValue: [Element], name: NameSpecification = .long, help: ArgumentHelp? = nil
    ) where Value == [Element] {
        value = .array(wrappedValue)
        self.name = name
        self.help = help
    }

    public init<Element: ExpressibleByArgument>(name: NameSpecification = .long, help: ArgumentHelp? = nil)
    where Value == [Element] {
        value = .array(nil)
        self.name = name
        self.help = help
    }
}

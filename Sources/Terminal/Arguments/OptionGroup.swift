/// Options that several commands share, declared once in a ``ParsableArguments`` type.
@propertyWrapper
public struct OptionGroup<Value: ParsableArguments>: Sendable, ArgumentDeclaring {
    private let box: ArgumentBox<Value>

    public init() {
        box = ArgumentBox(Value())
    }

    public var wrappedValue: Value {
        get { box.value }
        nonmutating set { box.value = newValue }
    }

    func definitions(label: String) -> [ArgumentDefinition] {
        argumentDefinitions(of: box.value)
    }

    func validate() throws {
        try validateArguments(&box.value)
    }
}

/// Validates the groups of a command first, then the command.
func validateArguments(_ arguments: inout some ParsableArguments) throws {
    for child in Mirror(reflecting: arguments).children {
        try (child.value as? any ArgumentDeclaring)?.validate()
    }
    try arguments.validate()
}

/// The options of every command that shows something.
public struct OutputOptions: ParsableArguments {
    /// Print one JSON document, for programs, instead of text for people.
    @Flag(help: "Print one JSON document instead of text.") public var json = false

    public init() {}
}

/// A switch without a value: `--json`.
@propertyWrapper
public struct Flag: Sendable, ArgumentDeclaring {
    private let box: ArgumentBox<Bool>
    private let name: NameSpecification
    private let help: ArgumentHelp?

    public init(wrappedValue: Bool, name: NameSpecification = .long, help: ArgumentHelp? = nil) {
        box = ArgumentBox(wrappedValue)
        self.name = name
        self.help = help
    }

    public var wrappedValue: Bool {
        get { box.value }
        nonmutating set { box.value = newValue }
    }

    func definitions(label: String) -> [ArgumentDefinition] {
        let names = name.names(label: label)
        let box = box
        return [
            ArgumentDefinition(
                kind: .flag, names: names, valueName: label.dashed, abstract: help?.abstract ?? "",
                defaultValue: nil,
                isGiven: { box.isGiven },
                assign: { _, _ in box.give { _, _ in true } })
        ]
    }
}

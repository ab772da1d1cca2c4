/// Whether a flag can also be given as its opposite.
public enum FlagInversion: Sendable {
    /// `--no-` before the name says false.
    case prefixedNo
}

/// A switch without a value: `--json`.
@propertyWrapper
public struct Flag: Sendable, ArgumentDeclaring {
    private let box: ArgumentBox<Bool>
    private let name: NameSpecification
    private let inversion: FlagInversion?
    private let help: ArgumentHelp?

    /// - Parameter inversion: needed for a flag that is on unless it is switched off.
    public init(
        wrappedValue: Bool, name: NameSpecification = .long, inversion: FlagInversion? = nil, help: ArgumentHelp? = nil
    ) {
        box = ArgumentBox(wrappedValue)
        self.name = name
        self.inversion = inversion
        self.help = help
    }

    public var wrappedValue: Bool {
        get { box.value }
        nonmutating set { box.value = newValue }
    }

    func definitions(label: String) -> [ArgumentDefinition] {
        let names = name.names(label: label)
        let opposites = inversion == nil ? [] : names.compactMap(\.opposite)
        let box = box
        let standing = names.last.flatMap { box.value ? $0 : $0.opposite }
        return [
            ArgumentDefinition(
                kind: .flag, names: names + opposites, valueName: label.dashed, abstract: help?.abstract ?? "",
                defaultValue: inversion == nil ? nil : standing?.description,
                isGiven: { box.isGiven },
                assign: { _, name in
                    let value = name.map { !opposites.contains($0) } ?? true
                    box.give { _, _ in value }
                })
        ]
    }
}

extension ArgumentName {
    fileprivate var opposite: ArgumentName? {
        if case .long(let name) = self { .long("no-\(name)") } else { nil }
    }
}

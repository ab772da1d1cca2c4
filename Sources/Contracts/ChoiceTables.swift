/// The codes of one choice: the published ones, and those that configuration adds.
public struct ChoiceTable<Meaning: Choice>: Sendable {
    private let meanings: [Int: Meaning]
    private let codes: [Meaning: Int]

    /// - throws: ``ChoiceConfigurationError`` when a label is no meaning of
    ///   this choice, or a published code is given another meaning.
    init(additional: [Int: String]) throws(ChoiceConfigurationError) {
        var meanings = Meaning.publishedCodes
        for (code, label) in additional {
            guard let meaning = Meaning(rawValue: label) else {
                throw ChoiceConfigurationError(
                    problem: "choices.\(Meaning.column).\(code): \"\(label)\" is no meaning of this choice; "
                        + "use one of \(Meaning.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            if let published = Meaning.publishedCodes[code], published != meaning {
                throw ChoiceConfigurationError(
                    problem: "choices.\(Meaning.column).\(code): this code is published as \"\(published.rawValue)\" "
                        + "and cannot be given another meaning; remove the line")
            }
            meanings[code] = meaning
        }
        self.meanings = meanings
        // Of several codes, the smallest; but a published one before any that configuration adds.
        var codes: [Meaning: Int] = [:]
        for (code, meaning) in meanings.sorted(by: { $0.key > $1.key }) { codes[meaning] = code }
        for (code, meaning) in Meaning.publishedCodes { codes[meaning] = code }
        self.codes = codes
    }

    /// The meaning of a code.
    ///
    /// - throws: ``ContractError/unknownChoice(column:code:)``.
    public func meaning(of code: Int) throws(ContractError) -> Meaning {
        guard let meaning = meanings[code] else { throw .unknownChoice(column: Meaning.column, code: code) }
        return meaning
    }

    /// The code of a meaning; nil when it is neither published nor configured.
    public func code(of meaning: Meaning) -> Int? { codes[meaning] }

    /// The code of a meaning.
    ///
    /// - throws: ``ContractError/unconfiguredChoice(column:label:)`` when it
    ///   is neither published nor configured.
    public func requiredCode(of meaning: Meaning) throws(ContractError) -> Int {
        guard let code = codes[meaning] else {
            throw .unconfiguredChoice(column: Meaning.column, label: meaning.rawValue)
        }
        return code
    }
}

/// Every choice that messages and Web API pages use.
public struct ChoiceTables: Sendable {
    public let transactionType: ChoiceTable<TransactionType>
    public let transactionClass: ChoiceTable<TransactionClass>
    public let billingType: ChoiceTable<BillingType>
    public let billingStatus: ChoiceTable<BillingStatus>
    public let adjustmentStatus: ChoiceTable<AdjustmentStatus>
    public let billingMethod: ChoiceTable<BillingMethod>
    public let projectInvoiceStatus: ChoiceTable<ProjectInvoiceStatus>
    public let milestoneInvoiceStatus: ChoiceTable<MilestoneInvoiceStatus>
    public let notToExceedStatus: ChoiceTable<NotToExceedStatus>

    /// The columns whose codes configuration can add to.
    public static let columns = [
        TransactionType.column, TransactionClass.column, BillingType.column, BillingStatus.column,
        AdjustmentStatus.column, BillingMethod.column, ProjectInvoiceStatus.column, MilestoneInvoiceStatus.column,
        NotToExceedStatus.column,
    ]

    /// Adds codes to the published ones.
    ///
    /// - parameter additional: by column and code, the label of the meaning
    ///   (configuration `choices.COLUMN.CODE: LABEL`).
    /// - throws: ``ChoiceConfigurationError`` when a column or label does not
    ///   exist, or a published code is given another meaning.
    public init(additional: [String: [Int: String]] = [:]) throws(ChoiceConfigurationError) {
        for column in additional.keys where !Self.columns.contains(column) {
            throw ChoiceConfigurationError(
                problem: "choices.\(column): no such choice; the choices are \(Self.columns.joined(separator: ", "))")
        }
        transactionType = try ChoiceTable(additional: additional[TransactionType.column] ?? [:])
        transactionClass = try ChoiceTable(additional: additional[TransactionClass.column] ?? [:])
        billingType = try ChoiceTable(additional: additional[BillingType.column] ?? [:])
        billingStatus = try ChoiceTable(additional: additional[BillingStatus.column] ?? [:])
        adjustmentStatus = try ChoiceTable(additional: additional[AdjustmentStatus.column] ?? [:])
        billingMethod = try ChoiceTable(additional: additional[BillingMethod.column] ?? [:])
        projectInvoiceStatus = try ChoiceTable(additional: additional[ProjectInvoiceStatus.column] ?? [:])
        milestoneInvoiceStatus = try ChoiceTable(additional: additional[MilestoneInvoiceStatus.column] ?? [:])
        notToExceedStatus = try ChoiceTable(additional: additional[NotToExceedStatus.column] ?? [:])
    }
}

/// A `choices.…` line of configuration that cannot be.
public struct ChoiceConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    let problem: String
    public var description: String { problem }
}

import Contracts

/// What publishing an actual needs to know: its own row, and the rows that it refers to, as far as they are here.
struct ActualFacts: Hashable, Sendable {
    /// A transaction connection from the actual to another one.
    struct Link: Hashable, Sendable {
        var actualId: GUID
        /// The connection's.
        var rowVersion: Int
        /// The other one; nil while it is not here.
        var basis: BasisActual?
    }

    /// What the actual stands on, with what it refers to.
    struct Basis: Hashable, Sendable {
        var actual: BasisActual
        var belonging: Belonging
        /// Of the invoice that it is on.
        var invoiceNumber: String?
    }

    /// The header of the invoice that a billed sale is on.
    struct InvoiceHeader: Hashable, Sendable {
        var number: String
        var belonging: Belonging
    }

    var actual: Actual
    var project: Project?
    /// The actual's own, or its project's.
    var contract: ProjectContract?
    var contractLine: ContractLine?
    /// The actual's own, or its contract's.
    var customer: Account?
    var currency: Currency?
    var category: Category?
    var resource: BookableResource?
    var product: Product?
    var company: ActualCompany
    /// The currency of the contracting unit, where units settle with each other.
    var contractingUnitCurrency: Currency?
    /// The lines of the invoice that a billed sale is on, by their ids; looked up only where the contract line has no
    /// billing method.
    var invoiceLines: [InvoiceLine] = []
    var links = ActualLinks()
    /// What the actual itself says.
    var belonging: Belonging
    /// Nil while it is not here.
    var invoice: InvoiceHeader?
    /// The unbilled sale that it bills; nil while it is not here.
    var unbilledSale: Basis?
    /// The actual that it takes back; nil while it is not here.
    var original: Basis?
    /// Nil in a database without a cut-over.
    var cutover: CutoverFacts?

    var contractId: GUID? { actual.facts.projectContractId ?? project?.projectContractId }
    /// The unit that has the contract, which may be another company's than the one that does the work.
    var contractingUnitId: GUID? {
        contract?.contractingUnitId ?? project?.contractingUnitId ?? actual.facts.contractingUnitId
    }
    var customerId: GUID? { actual.facts.customerId ?? contract?.customerId }
}

/// The actuals that an actual is connected to as the first transaction (`domain.md` §3).
struct ActualLinks: Hashable, Sendable {
    /// The unbilled sale that a billed sale bills.
    var unbilledSale: ActualFacts.Link?
    /// The actual that a reversal takes back; of a billed sale, the one that it corrects.
    var original: ActualFacts.Link?
    /// A second unbilled sale: which of them is meant, nobody knows.
    var otherUnbilledSale: GUID?
    /// A second original.
    var otherOriginal: GUID?
}

extension ActualLinks {
    /// What it stands on, as far as that is here.
    var bases: [BasisActual] { [unbilledSale?.basis, original?.basis].compactMap(\.self) }

    /// Takes a connection into account.
    ///
    /// - parameter link: the connection's second actual.
    mutating func add(_ link: ActualFacts.Link, as role: ConnectionRole) {
        switch role {
        case .unbilledSales:
            if let known = unbilledSale, known.actualId != link.actualId { otherUnbilledSale = link.actualId }
            unbilledSale = unbilledSale ?? link
        case .original:
            if let known = original, known.actualId != link.actualId { otherOriginal = link.actualId }
            original = original ?? link
        case .cost, .billedSales, .reversing, .replacing: break
        }
    }
}

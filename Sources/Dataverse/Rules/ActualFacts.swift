import Contracts

/// What publishing an actual needs to know: its own row, and the rows that it refers to, as far as they are here.
struct ActualFacts: Hashable, Sendable {
    /// A transaction connection from the actual to another one.
    struct Link: Hashable, Sendable {
        var actualId: GUID
        /// The connection's.
        var rowVersion: Int
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
    var company: ActualCompany
    /// The lines of the invoice that a billed sale is on, by their ids; looked up only where the contract line has no
    /// billing method.
    var invoiceLines: [InvoiceLine] = []
    var links = ActualLinks()

    var contractId: GUID? { actual.facts.projectContractId ?? project?.projectContractId }
    var customerId: GUID? { actual.facts.customerId ?? contract?.customerId }
}

/// The actuals that an actual is connected to as the first transaction (`domain.md` §3).
struct ActualLinks: Hashable, Sendable {
    /// The unbilled sale that a billed sale bills.
    var unbilledSale: ActualFacts.Link?
    /// The actual that a reversal takes back; of a billed sale, the one that it corrects.
    var original: ActualFacts.Link?
}

extension ActualLinks {
    /// Takes a connection into account; of several of a kind the first stands.
    mutating func add(_ connection: TransactionConnection) {
        guard connection.isBetweenActuals else { return }
        let link = ActualFacts.Link(actualId: connection.transaction2Id, rowVersion: connection.rowVersion)
        switch (
            ConnectionRole(rawValue: connection.transaction1Role), ConnectionRole(rawValue: connection.transaction2Role)
        ) {
        case (.billedSales, .unbilledSales): unbilledSale = unbilledSale ?? link
        case (.reversing, .original): original = original ?? link
        default: break
        }
    }
}

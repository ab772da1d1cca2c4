import Bus
import Contracts
import Service
import Testbed

@testable import Database
@testable import Dataverse
@testable import Finance

/// Dataverse and Finance, each on a database of its own, with all that the product does but for Kafka: between them is a
/// bus that carries what is in the outboxes in any order, in pieces, and some of it twice.
final class TwoSides {
    let dataverse: Connection
    let finance: Connection
    let configuration: DataverseConfiguration
    let choices: ChoiceTables
    let pool: ConnectionPool
    private let databases: [TestDatabase]
    private let toFinance: LooseBus
    private let toDataverse: LooseBus
    private let toPosting: LooseBus

    /// - parameter setup: Finance's set-up file.
    init(setup: String) throws {
        let (dataverseDatabase, financeDatabase) = (
            try TestDatabase(DataverseSchema.migrations), try TestDatabase(FinanceSchema.migrations)
        )
        databases = [dataverseDatabase, financeDatabase]
        dataverse = try dataverseDatabase.connect()
        finance = try financeDatabase.connect()
        pool = ConnectionPool(url: financeDatabase.url, size: 6, applicationName: "tests")
        choices = try ChoiceTables(additional: [TransactionClass.column: [192_350_005: "Retainer"]])
        configuration = DataverseConfiguration(choices: choices)
        toFinance = LooseBus(
            from: dataverse, to: finance,
            handlers: [
                InvoiceConfirmedHandler(choices: choices), ActualCreatedHandler(choices: choices),
                TransactionConnectedHandler(choices: choices),
            ])
        toDataverse = LooseBus(
            from: finance, to: dataverse,
            handlers: [AccountingDetailHandler(choices: choices), InvoicePostedHandler(choices: choices)])
        toPosting = LooseBus(
            from: finance, to: finance, handlers: [PostingRequestedHandler(choices: choices)])
        _ = try FinanceConfiguration(parsing: Array(setup.utf8), file: "finance.yaml").apply(to: finance)
    }

    /// Carries some of what is under way, in any order, and some of it again.
    func carrySome(using random: inout SeededRandom) throws {
        try toFinance.carry(share: 0.2...0.9, using: &random)
        try toDataverse.carry(share: 0.2...0.9, using: &random)
    }

    /// Carries all that is under way, in any order.
    func carryAll(using random: inout SeededRandom) throws {
        try toFinance.carry(share: 1...1, using: &random)
        try toDataverse.carry(share: 1...1, using: &random)
    }

    /// Import from staging, then posting of all that can be posted.
    ///
    /// - returns: what could not be posted, each as it is said.
    @discardableResult
    func importAndPost(using random: inout SeededRandom) throws -> [String] {
        _ = try ImportFromStaging(pool: pool).run()
        let refused = try post(.journals, using: &random)
        _ = try ImportFromStaging(pool: pool).run()
        return try refused + post(.proposals, using: &random)
    }

    /// Carries, imports and posts until nothing more comes of it.
    ///
    /// - returns: what could not be posted in the end.
    @discardableResult
    func settle(using random: inout SeededRandom) throws -> [String] {
        var refused: [String] = []
        // A posting can make ready what waits: a correction of a correction takes a round for each.
        for _ in 0..<4 {
            try carryAll(using: &random)
            refused = try importAndPost(using: &random)
        }
        try carryAll(using: &random)
        return refused
    }

    private func post(_ selection: PostingSelection, using random: inout SeededRandom) throws -> [String] {
        let requests = PostingRequests(choices: choices)
        let requested = try requests.publish(selection, requestedBy: "tests", on: finance)
        try toPosting.carry(share: 1...1, using: &random)
        let worker = PostingWorker(
            claims: PostingClaims(worker: "test", lease: .seconds(30)), active: ActivePostings(),
            databaseURL: databases[1].url, setups: SetupCache(), zone: .utc, choices: choices, chunk: 1_000,
            shutdown: GracefulShutdown(), logger: Self.silentLogger, atCheckpoint: { _ in })
        while try worker.workOnce(finance) {}
        return try requests.states(of: requested, on: finance).filter { $0.status != .posted }
            .map { "\($0.request.number): \($0.message ?? $0.label)" }
    }

    private static var silentLogger: Logger {
        var logger = Logger(label: "history")
        logger.logLevel = .critical
        return logger
    }
}

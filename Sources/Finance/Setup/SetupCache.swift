public import Contracts
public import Database
import Synchronization

/// The set-up of each company, kept until any set-up changes. Import from staging and posting share this way to it.
public final class SetupCache: Sendable {
    private let known = Mutex<[Company: FinanceSetup]>([:])

    public init() {}

    /// The set-up of a company.
    ///
    /// - parameter version: of all set-up, where the caller has read it already.
    /// - throws: ``SetupGap`` with the code ``FailureCode/companyNotConfigured``; `DatabaseError`.
    public func setup(of company: Company, version: Int? = nil, on connection: Connection) throws -> FinanceSetup {
        let store = SetupStore(connection: connection)
        let version = try version ?? store.version()
        if let setup = known.withLock({ $0[company] }), setup.version == version { return setup }
        let setup = try store.setup(of: company)
        known.withLock { $0[company] = setup }
        return setup
    }
}

extension SetupCache {
    /// The minutes that a new row waits until it is validated (`domain.md` §6.14); 0 without validation, and of a company
    /// that is not configured.
    ///
    /// - throws: `DatabaseError`.
    func validationWait(of company: Company, on connection: Connection) throws -> Int {
        do {
            let parameters = try setup(of: company, on: connection).parameters
            return parameters.validatesActuals ? parameters.validationWaitMinutes : 0
        } catch is SetupGap {
            return 0
        }
    }
}

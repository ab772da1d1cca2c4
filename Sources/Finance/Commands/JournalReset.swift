import Bus
public import Contracts
public import Database

/// Resets a journal that is in error, or whose posting is stuck, to draft (`domain.md` §6.11): it can be posted again.
public enum JournalReset {
    /// Resets the journal in a transaction of its own. A request to post it that nobody carries out is ended; who worked on
    /// it cannot commit any more.
    ///
    /// - parameter isForced: also when the posting is not stuck for long enough, never when a worker is alive.
    /// - parameter requestedBy: who resets it, for the execution log.
    /// - throws: ``JournalRefusal``; `DatabaseError`.
    public static func reset(
        _ number: String, of company: Company, isForced: Bool = false, requestedBy: String, on connection: Connection
    ) throws {
        try connection.transaction {
            let journals = JournalStore(company: company, connection: connection)
            let requests = PostingRequestStore(connection: connection)
            guard let status = try journals.status(of: number) else {
                throw JournalRefusal("company \(company) has no journal \(number)")
            }
            let request = try requests.lockOpen(.journal, number, of: company)
            if let refusal = JournalResetRule.refusal(
                of: number, status, request: request,
                stuckAfter: try SetupStore(connection: connection).setup(of: company).parameters.stuckAfterHours,
                isForced: isForced)
            {
                throw refusal
            }
            guard try journals.lockUnposted(number) else {
                throw JournalRefusal(
                    "journal \(number) is held by somebody who posts or fills it; \"ledgerbus status\" says who. Try again "
                        + "once that has ended")
            }
            if request != nil {
                try requests.end(
                    .journal, number, of: company,
                    because: "journal \(number) was reset to draft by \(requestedBy) before it was posted")
            }
            try journals.reset(number)
            try ExecutionLog(connection: connection).write(
                .info, activity: "reset to draft", subject: "\(company) journal \(number)",
                "reset to draft by \(requestedBy)\(isForced ? ", by force" : "")")
        }
    }
}

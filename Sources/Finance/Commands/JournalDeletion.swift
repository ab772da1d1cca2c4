import Bus
public import Contracts
public import Database

/// Deletes an integration journal that is not posted. Its actuals come back with the next import (`domain.md` §6.10.10).
public enum JournalDeletion {
    /// Deletes the journal in a transaction of its own.
    ///
    /// - returns: how many lines come back.
    /// - throws: ``JournalRefusal``; `DatabaseError`.
    public static func delete(_ number: String, of company: Company, on connection: Connection) throws -> Int {
        let journals = JournalStore(company: company, connection: connection)
        return try connection.transaction {
            // Whoever fills or posts it is waited for before others have to wait for us.
            guard let journal = try journals.lock(number) else {
                throw JournalRefusal("company \(company) has no journal \(number)")
            }
            try connection.lockStagedRows()
            guard journal.status.isDeletable else {
                throw JournalRefusal(
                    "journal \(number) is \(journal.status.rawValue), and only a journal that is not posted can be "
                        + "deleted")
            }
            guard try !journals.isAboutToBePosted(number) else {
                throw JournalRefusal("journal \(number) is about to be posted; wait for the outcome")
            }
            let (actuals, vouchers) = try journals.delete(number)
            try ImportQueueStore(connection: connection).append(actuals, of: company)
            try SalesTaxEditStore(company: company, connection: connection).forget(actuals)
            let reason = "journal \(number) was deleted"
            let numbers = NumberSequenceStore(connection: connection)
            try numbers.recordGaps([number], of: .integrationJournal, company: company, reason: reason)
            try numbers.recordGaps(vouchers, of: .voucher, company: company, reason: reason)
            return actuals.count
        }
    }
}

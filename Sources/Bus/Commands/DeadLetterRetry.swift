public import Database

/// Has dead letters tried again.
public enum DeadLetterRetry {
    /// Asks the consumer to try dead letters again; it does so within seconds.
    ///
    /// A letter that is resolved is never tried again, and one whose value
    /// was too large to be kept whole cannot be.
    ///
    /// - parameter number: nil is all that are parked.
    /// - returns: how many will be tried.
    /// - throws: `DatabaseError`.
    public static func request(_ number: Int64?, on connection: Connection) throws -> Int {
        try DeadLetterStore.request(number, on: connection)
    }
}

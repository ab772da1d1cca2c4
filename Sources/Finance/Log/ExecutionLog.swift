import Bus
import Database

/// What the periodic and posting jobs have to say to a person: `execution_log`.
struct ExecutionLog {
    let connection: Connection

    enum Level: String, DatabaseLabel {
        case info, warning, error
    }

    /// - parameter subject: the document that it is about, after its company.
    func write(_ level: Level, activity: String, subject: String, _ message: String) throws {
        try connection.execute(
            "INSERT INTO execution_log (activity, subject, level, message) VALUES ($1, $2, $3, $4)", activity, subject,
            level, message)
    }
}

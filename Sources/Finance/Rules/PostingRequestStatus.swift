public import Database

/// What has become of a request to post, and who may change it (design §5, Posting).
///
/// | from | to | who |
/// |---|---|---|
/// | – | Draft | the consumer that recorded the request |
/// | Draft | Processing | a worker that claims it |
/// | Processing | Processing | another worker, once the lease of the first has expired |
/// | Processing | Draft | its worker, when it gives the request back |
/// | Processing | Posted, Error | its worker, at the end |
public enum PostingRequestStatus: String, DatabaseLabel, Encodable {
    case draft = "Draft"
    case processing = "Processing"
    case posted = "Posted"
    case error = "Error"

    /// Whether nothing follows.
    public var isFinal: Bool { self == .posted || self == .error }

    /// Still to be carried out, and carried out, as lists in SQL.
    static let open = allCases.filter { !$0.isFinal }.sql
    static let finished = allCases.filter(\.isFinal).sql
}

public import Bus

/// The status of a line of an integration journal: the table of lines of `domain.md` §6.11.
///
/// It is not stored: a line is posted with its journal, and one that posting refused says why.
///
/// | status | meaning, and way out |
/// |---|---|
/// | Draft | it is posted with its journal |
/// | Processing | its journal is being posted |
/// | Posted | done |
/// | Error | posting refused it: the cause is removed, and its journal reset to draft |
/// | Invalid actuals | Dataverse no longer has its actual: its journal is deleted, or the actual comes back |
///
/// *Unrecoverable* does not occur: it is of older versions of Finance alone, and here each refusal names its cure.
public enum JournalLineStatus: String, Sendable, CaseIterable, Encodable {
    case draft = "Draft"
    case processing = "Processing"
    case posted = "Posted"
    case error = "Error"
    case invalidActuals = "Invalid actuals"

    /// - parameter refusal: the code of why posting refused it; nil when it did not.
    public init(in journal: JournalHeaderStatus, refusal: FailureCode?) {
        self =
            switch (journal, refusal) {
            case (.posted, _): .posted
            case (_, .invalidActual?): .invalidActuals
            case (_, _?): .error
            case (.processing, nil): .processing
            case (.draft, nil), (.error, nil): .draft
            }
    }

    /// Whether a reset of its journal makes it postable.
    public var isReset: Bool { self == .error || self == .processing }
}

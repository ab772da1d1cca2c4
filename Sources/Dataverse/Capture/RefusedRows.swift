/// Rows and pages of a load that were left out, since they cannot be read.
public struct RefusedRows: Hashable, Sendable {
    /// How many; a page that cannot be read counts as one.
    public private(set) var count = 0
    /// The first of them: where, what is wrong, and what to do.
    public private(set) var first: [CaptureError] = []

    /// A file of nothing else takes no more memory than this.
    private static let mostKept = 1_000

    mutating func append(_ error: CaptureError) {
        count += 1
        if first.count < Self.mostKept { first.append(error) }
    }
}

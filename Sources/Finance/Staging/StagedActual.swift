import Bus
import Contracts
import Database

/// An actual as it came: the whole message, and what staging adds. A row of `actuals_staging` (`domain.md` §4.1).
struct StagedActual: Record {
    /// The batch that brought this version; known only when the rows of the batch are written.
    var batchId: Int64 = 0
    var actual: ActualCreated
    /// Of a billed sale: the eight lanes of its control digest, as PostgreSQL keeps them.
    var digestLanes: [Int32]?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        StagedActual(
            batchId: try column("batch_id", row?.batchId),
            actual: try column.message(row?.actual, renamed: ["company": "data_area_id"]),
            digestLanes: try column("digest_lanes", row?.digestLanes))
    }
}

extension StagedActual {
    /// - parameter hash: for the digest of a billed sale.
    init(_ actual: ActualCreated, hash: SHA256) {
        self.init(actual: actual)
        guard actual.transactionType == .billedSales else { return }
        digestLanes =
            ControlDigest(actualId: actual.actualId, amount: actual.amount, currency: actual.currency, hash: hash)
            .signedLanes
    }

    /// The control digest of a billed sale.
    var digest: ControlDigest { ControlDigest(signedLanes: digestLanes ?? []) }
}

extension ControlDigest {
    /// The lanes as PostgreSQL keeps them.
    var signedLanes: [Int32] { (0..<Self.laneCount).map { Int32(bitPattern: lanes[$0]) } }

    init(signedLanes: [Int32]) {
        self.init()
        for (lane, value) in signedLanes.prefix(Self.laneCount).enumerated() { lanes[lane] = UInt32(bitPattern: value) }
    }
}

#if DEBUG
    import Foundation
    import Glibc
    import Synchronization
#endif

/// A moment at which a crash is worth trying, because something is done and something that belongs to it is not.
///
/// In a debug build `LEDGERBUS_CRASH_AT=posting-claimed` ends the process there without a word, with code 137 as `kill -9`
/// does, and `LEDGERBUS_CRASH_AT=posting-claimed:3` the third time; `LEDGERBUS_STOP_AT` freezes it there with SIGSTOP
/// instead, once. In a release build nothing of it is left.
public enum CrashPoint: String, CaseIterable, Sendable {
    // Consumers.
    /// Between the assignment of partitions and the takeover of their positions.
    case partitionsAssigned = "partitions-assigned"
    /// Positions are taken over, and nothing was read yet.
    case positionsTaken = "positions-taken"
    /// In the transaction of a batch: its positions have moved, its rows are not written.
    case positionsMoved = "positions-moved"
    /// In the transaction of a batch: positions and rows are written, and not committed.
    case rowsWritten = "rows-written"
    /// Rows and positions are committed, and the positions are not mirrored to Kafka.
    case batchCommitted = "batch-committed"
    /// The positions are handed to Kafka.
    case positionsMirrored = "positions-mirrored"

    // The relay of an outbox.
    /// The lease is taken, and nothing was read.
    case leaseTaken = "lease-taken"
    /// A chunk is handed to the producer, and nothing of it acknowledged.
    case chunkProduced = "chunk-produced"
    /// All of a chunk is acknowledged, and still pending in the outbox.
    case chunkAcknowledged = "chunk-acknowledged"
    /// In the transaction that deletes a chunk's pending rows.
    case pendingDeleted = "pending-deleted"
    /// The pending rows are gone.
    case chunkSettled = "chunk-settled"

    // Staging and write-back.
    /// In the middle of the `COPY` that feeds arrivals into their table.
    case arrivalsCopying = "arrivals-copying"
    /// Accounting details are written, and not counted.
    case detailsWritten = "details-written"

    // Import from staging.
    /// Numbers of a journal's lines are taken, and no line is written.
    case lineNumbersTaken = "line-numbers-taken"
    /// The lines of a chunk are written, and not committed.
    case journalLinesWritten = "journal-lines-written"
    /// The lines of a proposal are written, and not committed.
    case proposalLinesWritten = "proposal-lines-written"

    // Posting.
    /// A request is claimed.
    case postingClaimed = "posting-claimed"
    /// The voucher's number is taken, in a transaction of its own.
    case voucherTaken = "voucher-taken"
    /// In the middle of the `COPY` of ledger entries.
    case entriesCopying = "entries-copying"
    /// A chunk of a journal or proposal is written.
    case postingChunkWritten = "posting-chunk-written"
    /// Everything of a posting is written, and not committed.
    case postingWritten = "posting-written"
    /// A posting is committed, and the next request not claimed.
    case postingCommitted = "posting-committed"

    // Capture and what people ask for.
    /// Pages are merged into their tables, and what they say is not published.
    case pagesMerged = "pages-merged"
    /// Entries are approved, and their actuals not published.
    case entriesApproved = "entries-approved"
    /// A draft is written, and not committed.
    case draftWritten = "draft-written"
    /// An invoice is marked as being processed, and not confirmed.
    case confirmationBegun = "confirmation-begun"
    /// The lines of an invoice are billed, and the invoice is not confirmed.
    case invoiceBilled = "invoice-billed"
    /// An invoice is confirmed and committed, and not marked as complete.
    case invoiceConfirmed = "invoice-confirmed"
    /// The correcting draft is written, and not committed.
    case revisionWritten = "revision-written"

    /// The process has come to a point.
    @inlinable @inline(__always)
    public static func pass(_ point: CrashPoint) {
        #if DEBUG
            point.pass()
        #endif
    }
}

#if DEBUG
    extension CrashPoint {
        /// A point that a variable names, and how often it is passed before something happens.
        private struct Plan: ~Copyable, Sendable {
            let point: CrashPoint?
            private let left: Mutex<Int>

            init(_ variable: String) {
                let parts = (ProcessInfo.processInfo.environment[variable] ?? "").split(separator: ":")
                point = parts.first.flatMap { CrashPoint(rawValue: String($0)) }
                left = Mutex(parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
            }

            /// Whether it is the time.
            func isDue() -> Bool {
                left.withLock { left in
                    left -= 1
                    return left == 0
                }
            }
        }

        private static let crash = Plan("LEDGERBUS_CRASH_AT")
        private static let stop = Plan("LEDGERBUS_STOP_AT")

        @usableFromInline
        func pass() {
            if self == Self.crash.point, Self.crash.isDue() { _exit(137) }
            if self == Self.stop.point, Self.stop.isDue() { kill(getpid(), SIGSTOP) }
        }
    }
#endif

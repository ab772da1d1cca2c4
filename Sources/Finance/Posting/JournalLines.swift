import Bus
import Contracts
import Database

/// The lines of a journal that is being posted: read, booked and written chunk by chunk.
struct JournalLines {
    let request: ClaimedRequest
    let kind: JournalKind
    let bookings: Bookings
    let store: JournalStore
    private(set) var rows: JournalRows
    /// How many lines the journal has.
    private(set) var count = 0
    private(set) var refused = RefusedLines()
    /// The accounting dates of those that are posted.
    private(set) var dates: Set<CalendarDate> = []

    /// Originals of this journal whose reversals were posted before them, and where.
    private var reversedBefore: [GUID: JournalAccounts?] = [:]
    /// Reversals that are posted before their originals, by those.
    private var postedFirst: [GUID: GUID] = [:]

    init(request: ClaimedRequest, kind: JournalKind, bookings: Bookings, store: JournalStore, rows: JournalRows) {
        self.request = request
        self.kind = kind
        self.bookings = bookings
        self.store = store
        self.rows = rows
    }

    /// Writes what the good lines make, and the reason of each bad one.
    mutating func collect(chunk: Int, _ progress: PostingProgress) throws {
        reversedBefore = try store.postedAfterReversal(request.number)
        var last = 0
        var isLastChunk = false
        while !isLastChunk {
            let lines = try store.linesToPost(request.number, after: last, limit: chunk)
            isLastChunk = lines.count < chunk
            var originals = try originals(of: lines)
            var reasons: [Int: Reason] = [:]
            for line in lines {
                do {
                    let booking = try booking(of: line, originals)
                    try rows.append(line, booking)
                    pair(line, booking, originals)
                    originals.learn(line.actualId, .posted(booking.accounts))
                } catch let refusal as LineRefusal {
                    refused.refuse(line.lineNumber, refusal)
                    reasons[line.lineNumber] = refusal.reason
                    originals.learn(line.actualId, .refused)
                }
            }
            try store.refuse(reasons, of: request.number)
            last = lines.last?.lineNumber ?? last
            count += lines.count
            try rows.write(to: store.connection)
            try progress.checkpoint(rowsDone: count)
        }
    }

    private mutating func booking(
        of line: JournalLineToPost, _ originals: ReversedPostings
    ) throws(LineRefusal) -> JournalLineBooking {
        if line.errorCode == .invalidActual { throw LineRefusal(InvalidActual.blockage) }
        guard kind.hasLedgerEntries else {
            _ = try originals.original(of: line.reversedActualId)
            return JournalLineBooking(pairedWith: nil, line)
        }
        if !dates.contains(line.accountingDate) {
            guard bookings.setup.isOpen(line.accountingDate) else {
                throw LineRefusal(
                    .noOpenPeriod,
                    "its accounting date \(line.accountingDate) is in a period that is closed; open the period, or delete "
                        + "the line's journal: its actual comes back with the next import, on an open date")
            }
            dates.insert(line.accountingDate)
        }
        if let accounts = try originals.original(of: line.reversedActualId) ?? reversedBefore[line.actualId] {
            return JournalLineBooking(pairedWith: accounts, line)
        }
        return try bookings.booking(of: JournalLineBooking.Kind(line))
    }

    /// Remembers a reversal that is posted before its original.
    private mutating func pair(
        _ line: JournalLineToPost, _ booking: JournalLineBooking, _ originals: ReversedPostings
    ) {
        guard let original = line.reversedActualId, !originals.isPosted(original) else { return }
        postedFirst[original] = line.actualId
        reversedBefore[original] = .some(booking.accounts)
    }

    /// Writes which reversals came before their originals; to be called when all lines have been collected.
    func writePairs() throws {
        try store.rememberPostedFirst(postedFirst)
        try store.forgetPostedFirst(reversedBefore.keys.filter { postedFirst[$0] == nil })
    }

    /// What a chunk's reversals reverse. A journal that somebody is posting is waited for.
    private func originals(of lines: [JournalLineToPost]) throws -> ReversedPostings {
        var postings = ReversedPostings(of: lines.lazy.compactMap(\.reversedActualId))
        guard !postings.isEmpty, let first = lines.first?.lineNumber else { return postings }
        func learn() throws {
            let known = try store.originals(of: postings.actuals, reversedIn: request.number, before: first)
            for (actualId, original) in known { postings.learn(actualId, original) }
        }
        try learn()
        if !postings.unposted.isEmpty {
            try store.holdUnposted(postings.unposted)
            try learn()
        }
        return postings
    }
}

import Bus
import Contracts
import Database

/// The lines of a journal that is being posted: read, booked and written chunk by chunk.
struct JournalLines {
    let request: ClaimedRequest
    let bookings: Bookings
    let store: JournalStore
    private(set) var rows: JournalRows
    /// How many lines the journal has.
    private(set) var count = 0
    private(set) var refused = RefusedLines()
    /// The accounting dates of those that are posted.
    private(set) var dates: Set<CalendarDate> = []

    init(request: ClaimedRequest, bookings: Bookings, store: JournalStore, rows: JournalRows) {
        self.request = request
        self.bookings = bookings
        self.store = store
        self.rows = rows
    }

    /// Writes what the good lines make, and the reason of each bad one.
    mutating func collect(chunk: Int, _ progress: PostingProgress) throws {
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
        if !dates.contains(line.accountingDate) {
            guard bookings.setup.isOpen(line.accountingDate) else {
                throw LineRefusal(
                    .noOpenPeriod,
                    "its accounting date \(line.accountingDate) is in a period that is closed; open the period, or delete "
                        + "the line's journal: its actual comes back with the next import, on an open date")
            }
            dates.insert(line.accountingDate)
        }
        if let accounts = try originals.original(of: line.reversedActualId) {
            return JournalLineBooking(reversing: accounts, line)
        }
        return try bookings.booking(of: JournalLineBooking.Kind(line))
    }

    /// What a chunk's reversals reverse. A journal that somebody is posting is waited for.
    ///
    /// - throws: ``PostingPutOff`` when one of them is about to be posted; `DatabaseError`.
    private func originals(of lines: [JournalLineToPost]) throws -> ReversedPostings {
        var postings = ReversedPostings(of: lines.lazy.compactMap(\.reversedActualId))
        guard !postings.isEmpty, let first = lines.first?.lineNumber else { return postings }
        var known = try store.originals(of: postings.actuals, reversedIn: request.number, before: first)
        let unposted = Self.unposted(known)
        if !unposted.isEmpty {
            try store.waitForPosting(of: unposted)
            known = try store.originals(of: postings.actuals, reversedIn: request.number, before: first)
            if request.attempts <= ClaimedRequest.mostPutOffs,
                try Self.unposted(known).contains(where: { try store.isAboutToBePosted($0) })
            {
                throw PostingPutOff()
            }
        }
        for (actualId, original) in known { postings.learn(actualId, original) }
        return postings
    }

    private static func unposted(_ known: [(actualId: GUID, original: ReversedPostings.Original)]) -> [String] {
        Set(
            known.compactMap {
                if case .unposted(let journal) = $0.original { journal } else { nil }
            }
        ).sorted()
    }
}

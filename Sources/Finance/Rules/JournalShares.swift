import Contracts

/// A journal, and the lines that it gets.
struct JournalShare: Hashable, Sendable {
    /// A draft that is there already.
    struct Draft: Hashable, Sendable {
        var number: String
        var lineCount: Int
        /// The number of its last line: some may have left it.
        var lastLine: Int

        /// - parameter lastLine: nil when no line has left it.
        init(number: String, lineCount: Int, lastLine: Int? = nil) {
            self.number = number
            self.lineCount = lineCount
            self.lastLine = lastLine ?? lineCount
        }
    }

    /// Nil for a journal that is still to be made.
    var draft: Draft?
    var kind = JournalKind.integration
    /// The first day of the journal's period; nil when all go into one.
    var period: CalendarDate?
    var lines: ArraySlice<JournalLineDraft>
}

extension ProjectParameters {
    /// Lines by the period of their transaction date, in the order of time (`domain.md` §6.10.2).
    func periods(of lines: [JournalLineDraft]) -> [(start: CalendarDate?, lines: [JournalLineDraft])] {
        Dictionary(grouping: lines) { journalPeriodUnit.start(of: $0.transactionDate) }
            .sorted { ($0.key?.day ?? 0) < ($1.key?.day ?? 0) }
            .map { ($0.key, $0.value) }
    }

    /// Divides the lines of one period among journals: first what a draft has room for, then as many new journals as
    /// are needed, each of as many lines as one may have (`domain.md` §6.10.3).
    func shares(
        of lines: [JournalLineDraft], kind: JournalKind = .integration, period: CalendarDate?,
        draft: JournalShare.Draft?
    ) -> [JournalShare] {
        var shares: [JournalShare] = []
        var rest = lines[...]
        if let draft, draft.lineCount < journalLineLimit {
            let room = journalLineLimit - draft.lineCount
            shares.append(JournalShare(draft: draft, kind: kind, period: period, lines: rest.prefix(room)))
            rest = rest.dropFirst(room)
        }
        while !rest.isEmpty {
            shares.append(JournalShare(kind: kind, period: period, lines: rest.prefix(journalLineLimit)))
            rest = rest.dropFirst(journalLineLimit)
        }
        return shares
    }
}

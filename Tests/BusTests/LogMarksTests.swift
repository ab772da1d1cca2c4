import Testing

@testable import Bus

/// By which messages a log is known again while it is consumed.
struct LogMarksTests {
    private func mark(_ offset: Int64) -> LogMark { LogMark(offset: offset, fingerprint: [UInt8(offset % 251)]) }

    @Test("The first message that is consumed is the anchor, and moves on only when it was seen again")
    func anchor() {
        var marks = LogMarks(anchor: nil, last: nil)
        for offset in [4, 9, 14] { marks.append(mark(Int64(offset))) }
        #expect(marks.anchor == mark(4) && marks.last == mark(14))
        marks.moveAnchor(to: mark(9))
        #expect(marks.anchor == mark(9) && marks.since == [mark(14)])
        marks.moveAnchor(to: mark(4))
        #expect(marks.anchor == mark(9))
    }

    @Test("A position begins with its anchor and its last message")
    func fromAPosition() {
        #expect(LogMarks(anchor: mark(3), last: mark(8)).since == [mark(8)])
        #expect(LogMarks(anchor: mark(8), last: mark(8)).since == [])
    }

    @Test("However many batches come, few marks are kept, the last among them")
    func few() {
        var marks = LogMarks(anchor: mark(0), last: mark(0))
        for offset in 1...10_000 {
            marks.append(mark(Int64(offset)))
            #expect(marks.last == mark(Int64(offset)))
        }
        #expect(marks.since.count <= 65 && marks.anchor == mark(0))
        #expect(marks.since.map(\.offset) == marks.since.map(\.offset).sorted())
    }
}

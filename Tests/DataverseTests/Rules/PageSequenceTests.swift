import Testing

@testable import Dataverse

/// Whether all pages of a table are here (`domain.md` §9.25).
@Suite struct PageSequenceTests {
    private func page(
        _ file: String, rows: Int = 5, count: Int? = nil, more: Bool = false, context: String = "full",
        request: String = "all"
    ) -> PageFrame {
        PageFrame(
            context: context, file: file, rows: rows, count: count, request: more ? request : nil, hasMore: more)
    }

    private func open(_ pages: PageFrame..., after open: [UnfinishedPages] = []) -> [UnfinishedPages] {
        UnfinishedPages.after(pages, of: "accounts", open: open)
    }

    @Test("A table is whole when its last page says no more, however many came before it")
    func whole() {
        #expect(open(page("1")).isEmpty)
        #expect(open(page("1", more: true), page("2", more: true), page("3")).isEmpty)
        #expect(open(page("1", count: 10, more: true), page("2", count: 10)).isEmpty)
        // More rows than are counted: Dataverse counts to 5,000.
        #expect(open(page("1", rows: 6_000, count: 5_000)).isEmpty)
    }

    @Test("A table is open after the file that says that there is more")
    func more() {
        let rest = open(page("1", more: true), page("2", count: 12, more: true))
        #expect(rest == [.init(entitySet: "accounts", context: "full", file: "2", rows: 10, count: 12)])
    }

    @Test("A table whose pages count more rows than they have is open, without any link")
    func counted() {
        #expect(open(page("1", rows: 3, count: 7)).map(\.count) == [7])
    }

    @Test("Of two requests that go on, one last page ends one")
    func twoRequests() {
        let rest = open(page("1", more: true), page("b", more: true, request: "some"), page("2"))
        #expect(rest.map(\.file) == ["b"])
    }

    @Test("A later page closes what an earlier load left open, when all rows have come")
    func later() {
        let first = open(page("1", rows: 3, count: 7, more: true))
        let second = open(page("2", rows: 2, more: true), after: first)
        #expect(second.map(\.rows) == [5])
        #expect(open(page("3", rows: 1), after: second).map(\.rows) == [6])
        #expect(open(page("3", rows: 2), after: second).isEmpty)
    }

    @Test("A page that comes again does not count twice, and a whole request closes what a part of it left open")
    func again() {
        let first = open(page("1", rows: 3, count: 7, more: true))
        #expect(open(page("1", rows: 3, count: 7, more: true), after: first) == first)
        #expect(open(page("new", rows: 6, count: 6), after: first).isEmpty)
        #expect(open(page("1", rows: 3, count: 7, more: true), page("2", rows: 4), after: first).isEmpty)
    }

    @Test("The answer to another request closes nothing")
    func otherContext() {
        let first = open(page("1", more: true))
        #expect(open(page("delta", context: "full/$delta"), after: first) == first)
    }
}

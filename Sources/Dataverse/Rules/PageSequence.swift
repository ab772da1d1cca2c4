/// What the frame of a page says of its table: how many rows there are, and whether another page follows.
struct PageFrame: Hashable, Sendable {
    /// `@odata.context`: pages of one request have the same.
    var context: String
    /// The file that the page is in.
    var file: String
    /// How many rows the page has.
    var rows: Int
    /// How many rows the request has, on all its pages, where it says.
    var count: Int?
    /// What tells requests of the same context apart, where another page follows: the link without its place in the
    /// sequence.
    var request: String?
    var hasMore: Bool
}

/// Pages of a request that are not all here (`domain.md` §9.25).
struct UnfinishedPages: Hashable, Sendable {
    var entitySet: String
    var context: String
    /// The last file that says so.
    var file: String
    /// How many rows have come.
    var rows: Int
    /// How many there are, where a page says.
    var count: Int?
}

extension UnfinishedPages {
    /// What is still open of a table after a load.
    ///
    /// Pages come in any order, a request's last one by itself later. A last page does not say which sequence it ends,
    /// so one is taken to end that of its context: as many last pages as requests that go on, and the last of them at
    /// the end of the load, unless the rows are fewer than a page counts.
    ///
    /// - parameters:
    ///   - open: what was open before.
    ///   - frames: the load's pages of the table, in the order in which they were read.
    static func after(_ frames: [PageFrame], of entitySet: String, open: [UnfinishedPages]) -> [UnfinishedPages] {
        var open = Dictionary(open.map { ($0.context, $0) }, uniquingKeysWith: { first, _ in first })
        for (context, pages) in Dictionary(grouping: frames, by: \.context) {
            open[context] = after(pages, context: context, of: entitySet, known: open[context])
        }
        return open.values.sorted { $0.context < $1.context }
    }

    private static func after(
        _ pages: [PageFrame], context: String, of entitySet: String, known: UnfinishedPages?
    ) -> UnfinishedPages? {
        let rows = pages.reduce(0) { $0 + $1.rows }
        let count = pages.compactMap(\.count).max()
        let ends = pages.count { !$0.hasMore }
        let requests = Set(pages.filter(\.hasMore).map(\.request)).count
        let goesOn = pages.last?.hasMore == true || ends < requests
        // A file that comes again does not bring its rows twice.
        let isAnew = known.map { known in pages.contains { $0.file == known.file } } ?? true
        let rowsInAll = rows + (isAnew ? 0 : known?.rows ?? 0)
        let countInAll = count ?? known?.count
        let isWhole = count.map { rows >= $0 } ?? false
        if !goesOn, isWhole || rowsInAll >= countInAll ?? 0 { return nil }
        let file = (pages.last(where: \.hasMore) ?? pages.last { $0.count != nil } ?? pages.last)?.file
        return UnfinishedPages(
            entitySet: entitySet, context: context, file: file ?? known?.file ?? "", rows: rowsInAll,
            count: countInAll)
    }
}

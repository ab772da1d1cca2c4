import JSON

extension PageFrame {
    /// What a page says that has been read to its end. One of which rows were refused goes on, with itself: its table is
    /// not all here until it comes again.
    ///
    /// - parameter refused: how many of its rows were.
    init(_ page: JSONPageReader, file: String, refused: Int) {
        let isWhole = refused == 0
        self.init(
            context: page.context ?? "", file: file, rows: page.row - refused,
            count: page.count.map { Int($0) },
            request: page.hasMore || !isWhole ? Self.request(of: page.nextLink ?? "") : nil,
            hasMore: page.hasMore || !isWhole)
    }

    /// A link without what tells the pages of one request apart.
    private static func request(of link: String) -> String {
        link.split(separator: "?", maxSplits: 1).map { part in
            part.split(separator: "&").filter { !$0.contains("skiptoken=") }.joined(separator: "&")
        }.joined(separator: "?")
    }
}

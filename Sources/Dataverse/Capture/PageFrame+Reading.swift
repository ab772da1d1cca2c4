import JSON

extension PageFrame {
    /// What a page says that has been read to its end.
    init(_ page: JSONPageReader, file: String) {
        self.init(
            context: page.context ?? "", file: file, rows: page.row, count: page.count.map { Int($0) },
            request: page.hasMore ? Self.request(of: page.nextLink ?? "") : nil, hasMore: page.hasMore)
    }

    /// A link without what tells the pages of one request apart.
    private static func request(of link: String) -> String {
        link.split(separator: "?", maxSplits: 1).map { part in
            part.split(separator: "&").filter { !$0.contains("skiptoken=") }.joined(separator: "&")
        }.joined(separator: "?")
    }
}

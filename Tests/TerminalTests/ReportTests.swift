import Foundation
import Testing

@testable import Terminal

/// A report is the same rows for a person, a spreadsheet and a program.
struct ReportTests {
    private struct Line: Encodable {
        var account: String
        var note: String?
        var amount: String
        var lines: Int
    }

    private struct Sum: Encodable { var amount: String }

    private static let columns: [ReportColumn<Line, Sum>] = [
        .text("account", { $0.account }, total: { _ in "total" }), .text("why", { $0.note }),
        .decimal("amount", { $0.amount }, total: { $0.amount }), .count("lines", { $0.lines }),
    ]

    private static let lines = [
        Line(account: "110", note: "a, \"b\"\nc", amount: "1234.50", lines: 1),
        Line(account: "請求", note: nil, amount: "-34.50", lines: 12_000),
    ]

    /// What a report writes.
    private final class Paper {
        var text = ""
        var parts = 0

        func write(_ part: String) {
            text += part
            parts += 1
        }
    }

    private func written(_ format: ReportFormat, _ lines: [Line] = lines) throws -> String {
        let paper = Paper()
        var report = Report(columns: Self.columns, as: format, empty: "Nothing.", write: paper.write)
        for line in lines { try report.append(line) }
        try report.finish(totals: [Sum(amount: "1200.00")])
        return paper.text
    }

    @Test func peopleReadATableWithItsTotals() throws {
        #expect(
            try written(.text) == #"""
                account  why          amount   lines
                ───────  ─────────  ────────  ──────
                110      a, "b"\nc  1,234.50       1
                請求                  -34.50  12,000
                ───────  ─────────  ────────  ──────
                total               1,200.00

                """#)
    }

    @Test func aSpreadsheetReadsPlainNumbersAndNoTotals() throws {
        #expect(
            try written(.csv)
                == "account,why,amount,lines\r\n110,\"a, \"\"b\"\"\nc\",1234.50,1\r\n請求,,-34.50,12000\r\n")
    }

    @Test func aProgramReadsRowsAndTotals() throws {
        struct Document: Decodable {
            struct Row: Decodable { var account: String, note: String?, amount: String, lines: Int }
            struct Sum: Decodable { var amount: String }
            var rows: [Row]
            var totals: [Sum]
        }
        let text = try written(.json)
        let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        #expect(document.rows.map(\.account) == ["110", "請求"])
        #expect(document.rows.map(\.lines) == [1, 12_000])
        #expect(document.totals.map(\.amount) == ["1200.00"])
        #expect(text.contains("\"note\" : null"))
        #expect(text == (try JSONOutput.string(Whole(rows: Self.lines, totals: [Sum(amount: "1200.00")]))))
    }

    private struct Whole: Encodable { var rows: [Line], totals: [Sum] }

    @Test func aReportWithoutTotalsIsAnArrayAsJSON() throws {
        let columns: [ReportColumn<Line, Never>] = [.text("account") { $0.account }]
        for lines in [[], Self.lines] {
            let paper = Paper()
            var report = Report(columns: columns, as: .json, write: paper.write)
            for line in lines { try report.append(line) }
            try report.finish()
            #expect(paper.text == (try JSONOutput.string(lines)))
        }
    }

    @Test func noRowsAreASentenceTheTitlesOrAnEmptyList() throws {
        #expect(try written(.text, []) == "Nothing.\n")
        #expect(try written(.csv, []) == "account,why,amount,lines\r\n")
        #expect(try written(.json, []) == (try JSONOutput.string(Whole(rows: [], totals: [Sum(amount: "1200.00")]))))
    }

    @Test(arguments: [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("=1,2", "\"'=1,2\""), ("\t=1", #"'\t=1"#), ("\n=1", "\"'\n=1\""), ("＝1", "'＝1"),
        (" x", "\" x\""), ("x\u{1B}[2J", #"x\u{1b}[2J"#), ("a\r\nb", "\"a\nb\""), ("2026-11-30", "2026-11-30"),
    ])
    func textComputesNothingInASpreadsheet(text: String, field: String) {
        #expect(ReportCell.text(text).csvField == field)
    }

    @Test func rowsAreWrittenWhileMoreCome() throws {
        let paper = Paper()
        var report = Report(columns: Self.columns, as: .text, write: paper.write)
        for number in 1...5_000 {
            let account = number == 4_500 ? "an account with a long name" : "\(number)"
            try report.append(Line(account: account, note: nil, amount: "1.00", lines: 1))
            if number == 3_000 { #expect(paper.parts > 0) }
        }
        try report.finish(totals: [])
        let lines = paper.text.split(separator: "\n")
        #expect(lines.count == 5_002)
        #expect(lines.contains { $0.hasPrefix("an account with a long name") && $0.hasSuffix("1.00      1") })
    }

    @Test func jsonAndCSVAreNotAskedForTogether() {
        let options = ReportOptions()
        #expect(options.format == .text)
        options.csv = true
        #expect(options.format == .csv)
        options.json = true
        #expect(throws: ValidationError.self) { try options.validate() }
    }
}

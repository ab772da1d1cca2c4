import Testing

@testable import Terminal

struct TableTests {
    private var topics: Table {
        var table = Table(columns: ["topic", .number("lag"), "state"])
        table.append("actual-created", 1500.grouped, "running since this morning")
        table.append("請求書", "7")
        return table
    }

    @Test func textIsAlignedLeftAndNumbersRight() {
        #expect(
            topics.render() == """
                topic             lag  state
                ──────────────  ─────  ──────────────────────────
                actual-created  1,500  running since this morning
                請求書              7

                """)
    }

    @Test func theLastTextColumnIsCutToTheWidth() {
        #expect(
            topics.render(width: 35) == """
                topic             lag  state
                ──────────────  ─────  ────────────
                actual-created  1,500  running sin…
                請求書              7

                """)
    }

    @Test func titlesAreBoldOnlyWhenStyled() {
        #expect(topics.render(isStyled: true).hasPrefix("\u{1B}[1mtopic"))
    }

    @Test func aCellStaysOnItsLineAndInItsColumn() {
        var table = Table(columns: [Table.Column("na\u{9B}me"), .number("lag")])
        table.append("a\r\nb\u{1B}[1A\u{202E}", "1")
        #expect(
            table.render() == #"""
                na\u{9b}me               lag
                ───────────────────────  ───
                a\r\nb\u{1b}[1A\u{202e}    1

                """#)
    }

    @Test(arguments: [("invoice", 7), ("請求", 4), ("é", 1), ("e\u{301}", 1), ("👍", 2), ("", 0)])
    func widthIsInTerminalCells(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
    func numbersAreGrouped(number: Int, text: String) {
        #expect(number.grouped == text)
    }

    @Test func amountsAreGroupedBeforeTheDecimalPoint() {
        #expect("-1234567.8912".groupedDecimal == "-1,234,567.8912")
    }
}

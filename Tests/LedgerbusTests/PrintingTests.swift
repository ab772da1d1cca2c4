import Foundation
import Testing

/// There is no way to a terminal but the one that escapes.
struct PrintingTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources").standardizedFileURL.path

    @Test("Nothing is written to standard output or error but by the stream that escapes, and by the log")
    func oneWay() throws {
        let writers = ["Terminal/Output/StandardStream.swift", "Service/StreamLogHandler.swift"]
        let ways = try [
            #"(^|[^.\w])(print|debugPrint|dump)\("#, #"(Swift|Foundation|Glibc)\.(print|write|puts)\("#,
            #"\b(fputs|fputc|fprintf|vprintf|putchar|puts|perror|NSLog|syslog)\("#,
            #"FileHandle\.standard(Output|Error)"#,
            #"\bstd(out|err)\b"#, "TextOutputStream",
        ].map { try Regex($0) }
        let files = (FileManager.default.enumerator(atPath: Self.sources)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".swift") && !writers.contains($0) }
        #expect(files.count > 300)
        for file in files {
            let text = try String(contentsOfFile: "\(Self.sources)/\(file)", encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.drop { $0 == " " }
                guard !code.hasPrefix("//") else { continue }
                for (place, way) in ways.enumerated() where code.firstMatch(of: way) != nil {
                    // A type may have a method of that name; a file's descriptor is something else.
                    if place == 0 && text.contains("func print(") || code.contains("write(descriptor") { continue }
                    Issue.record("\(file):\(number + 1) writes past the stream: \(code)")
                }
            }
        }
    }
}

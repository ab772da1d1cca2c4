import Foundation
import Testing

@testable import Terminal

struct CompletionScriptTests {
    /// What bash completes for the words, the last of which is being typed.
    private func complete(_ words: [String]) throws -> [String] {
        let script = CompletionScript(root: SampleTool.self, shell: .bash).render()
        let bash = Process()
        bash.executableURL = URL(filePath: "/bin/bash")
        let typed = words.map { "'\($0)'" }.joined(separator: " ")
        bash.arguments = [
            "-c", "\(script)\nCOMP_WORDS=(\(typed)); COMP_CWORD=\(words.count - 1); _sample; echo \"${COMPREPLY[@]}\"",
        ]
        let output = Pipe()
        bash.standardOutput = output
        try bash.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        bash.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test func subcommandsOptionsAndValuesAreCompleted() throws {
        #expect(try complete(["sample", "to"]) == ["topics"])
        #expect(try complete(["sample", "topics", ""]) == ["list", "apply", "--help"])
        #expect(try complete(["sample", "topics", "list", "--l"]) == ["--limit"])
        #expect(try complete(["sample", "topics", "list", "--state", ""]) == ["running", "paused"])
    }

    @Test func theRootWritesTheScript() throws {
        let error = #expect(throws: CleanExit.self) {
            try SampleTool.parseAsRoot(["--generate-completion-script", "zsh"])
        }
        #expect(SampleTool.fullMessage(for: try #require(error)).hasPrefix("autoload -U +X bashcompinit"))
    }
}

import Foundation
import Testing
import YAML

@testable import Finance

/// `deploy/finance.yaml` describes the whole of a set-up file.
struct SetupReferenceTests {
    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../deploy/finance.yaml").standardizedFileURL.path

    /// A word that is like none that is known.
    private static let strange = String(repeating: "z", count: 60)

    private let text: String

    init() throws { text = try String(contentsOfFile: Self.path, encoding: .utf8) }

    /// What the reader has to say about a file.
    private func complaint(_ text: String) -> String? {
        do {
            _ = try FinanceConfiguration(parsing: Array(text.utf8), file: "finance.yaml")
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// The words of a list in a complaint, behind what introduces it.
    private func words(_ complaint: String?, behind introduction: String) -> [String]? {
        guard let complaint, let place = complaint.range(of: introduction) else { return nil }
        return complaint[place.upperBound...].components(separatedBy: ", ")
    }

    @Test("The file is one that the reader takes")
    func taken() { #expect(complaint(text) == nil) }

    @Test("Every key that the reader knows stands in it")
    func keys() throws {
        var mappings: [Set<String>] = []
        func collect(_ node: YAMLNode) {
            switch node.content {
            case .mapping(let members):
                mappings.append(Set(members.map(\.key)))
                for member in members { collect(member.value) }
            case .sequence(let items): for item in items { collect(item) }
            case .scalar: break
            }
        }
        collect(try YAML.parse(Array(text.utf8), file: Self.path))
        var variants: [String] = []
        for brace in text.indices where text[brace] == "{" {
            variants.append(text.replacingCharacters(in: brace...brace, with: "{\(Self.strange): 1, "))
        }
        let lines = text.components(separatedBy: "\n")
        for (number, line) in lines.enumerated() where line.hasSuffix(":") {
            let next = lines[(number + 1)...].first { !$0.isEmpty && !$0.contains("#") } ?? ""
            let indentation = String(next.prefix { $0 == " " })
            variants.append(
                (lines[...number] + ["\(indentation)\(Self.strange): 1"] + lines[(number + 1)...]).joined(
                    separator: "\n"))
        }
        var lists: Set<[String]> = []
        for variant in variants {
            let complaint = complaint(variant)
            for introduction in ["known are ", "use one of "] {
                if let known = words(complaint, behind: introduction) { lists.insert(known) }
            }
        }
        #expect(lists.count > 12)
        for known in lists {
            let there = mappings.filter { $0.isSubset(of: known) }.reduce(into: Set<String>()) { $0.formUnion($1) }
            #expect(there == Set(known), "deploy/finance.yaml lacks \(Set(known).subtracting(there).sorted())")
        }
    }

    @Test("Every value of a choice stands in it")
    func choices() throws {
        let values = text.matches(of: /: ([A-Za-z-]+)(?=[,}\n])/)
        var lists: Set<[String]> = []
        for value in values {
            let place = value.1.startIndex..<value.1.endIndex
            if let known = words(
                complaint(text.replacingCharacters(in: place, with: Self.strange)), behind: "must be one of ")
            {
                lists.insert(known)
            }
        }
        #expect(lists.count > 4)
        for known in lists {
            for word in known { #expect(text.contains(word), "deploy/finance.yaml does not name \(word)") }
        }
    }
}

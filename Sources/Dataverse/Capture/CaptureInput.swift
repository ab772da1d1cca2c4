import Foundation

/// Where pages come from.
public enum CaptureInput: Hashable, Sendable {
    case file(String)
    case standardInput

    /// What errors call it.
    var name: String {
        switch self {
        case .file(let path): path
        case .standardInput: "standard input"
        }
    }

    /// The inputs that arguments stand for: files, folders with all their
    /// `*.json` below them, in order of their paths, and `-` for standard input.
    ///
    /// - throws: ``CaptureError`` when there is no such file, or a folder holds no pages.
    public static func expanding(_ arguments: [String]) throws(CaptureError) -> [CaptureInput] {
        var inputs: [CaptureInput] = []
        for argument in arguments {
            if argument == "-" {
                inputs.append(.standardInput)
                continue
            }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
                throw CaptureError(file: argument, problem: "there is no such file or folder")
            }
            guard isFolder.boolValue else {
                inputs.append(.file(argument))
                continue
            }
            let pages = (FileManager.default.enumerator(atPath: argument)?.compactMap { $0 as? String } ?? [])
                .filter { $0.hasSuffix(".json") }
                .sorted()
            guard !pages.isEmpty else { throw CaptureError(file: argument, problem: "the folder holds no *.json") }
            inputs.append(contentsOf: pages.map { .file((argument as NSString).appendingPathComponent($0)) })
        }
        return inputs
    }

    /// The documents of the input: usually one page; or a page a line.
    func documents() throws(CaptureError) -> [Data] {
        let content: Data
        do {
            switch self {
            case .file(let path): content = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
            case .standardInput: content = try FileHandle.standardInput.readToEnd() ?? Data()
            }
        } catch {
            throw CaptureError(file: name, problem: "cannot be read: \(error.localizedDescription)")
        }
        return Self.pagesByLine(content) ?? [content]
    }

    /// The lines, when the first of several is an object by itself; a page
    /// that is laid out over lines opens its object and doesn't close it.
    private static func pagesByLine(_ content: Data) -> [Data]? {
        let newline = UInt8(ascii: "\n")
        guard let end = content.firstIndex(of: newline), content.first == UInt8(ascii: "{"),
            content[..<end].last(where: { $0 > 0x20 }) == UInt8(ascii: "}"),
            content[end...].contains(where: { $0 > 0x20 })
        else { return nil }
        return content.split(separator: newline).filter { $0.contains { $0 > 0x20 } }
    }
}

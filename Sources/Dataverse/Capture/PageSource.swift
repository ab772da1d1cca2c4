public import Foundation

/// Where pages of the Web API come from.
public protocol PageSource: Sendable {
    /// What errors call it.
    var name: String { get }

    /// Passes its documents one after the other: usually one page each.
    ///
    /// - throws: ``CaptureError``, whatever `body` throws.
    func forEachDocument(_ body: (Data) throws -> Void) throws
}

/// A file that holds a page; or a page a line.
public struct PageFile: PageSource, Hashable {
    public let path: String

    public init(_ path: String) { self.path = path }

    public var name: String { path }

    public func forEachDocument(_ body: (Data) throws -> Void) throws {
        let content: Data
        do { content = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) } catch {
            throw CaptureError(file: name, problem: "cannot be read: is it there, and may this user read it?")
        }
        for page in content.pages { try body(page) }
    }
}

/// Standard input, as a file.
public struct StandardInputPages: PageSource, Hashable {
    public init() {}

    public var name: String { "standard input" }

    public func forEachDocument(_ body: (Data) throws -> Void) throws {
        let content: Data
        do { content = try FileHandle.standardInput.readToEnd() ?? Data() } catch {
            throw CaptureError(file: name, problem: "cannot be read")
        }
        for page in content.pages { try body(page) }
    }
}

/// The sources that arguments stand for: files, folders with all their
/// `*.json` below them, in order of their paths, and `-` for standard input.
///
/// - throws: ``CaptureError`` when there is no such file, or a folder holds no pages.
public func pageSources(_ arguments: [String]) throws(CaptureError) -> [any PageSource] {
    var sources: [any PageSource] = []
    for argument in arguments {
        if argument == "-" {
            sources.append(StandardInputPages())
            continue
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
            throw CaptureError(file: argument, problem: "there is no such file or folder")
        }
        guard isFolder.boolValue else {
            sources.append(PageFile(argument))
            continue
        }
        let pages = (FileManager.default.enumerator(atPath: argument)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".json") }
            .sorted()
        guard !pages.isEmpty else { throw CaptureError(file: argument, problem: "the folder holds no *.json") }
        sources.append(contentsOf: pages.map { PageFile((argument as NSString).appendingPathComponent($0)) })
    }
    return sources
}

extension Data {
    /// The whole; or the lines, when the first of several is an object by
    /// itself: a page that is laid out over lines opens its object and doesn't close it.
    fileprivate var pages: [Data] {
        let newline = UInt8(ascii: "\n")
        guard let end = firstIndex(of: newline), first == UInt8(ascii: "{"),
            self[..<end].last(where: { $0 > 0x20 }) == UInt8(ascii: "}"), self[end...].contains(where: { $0 > 0x20 })
        else { return [self] }
        return split(separator: newline).filter { $0.contains { $0 > 0x20 } }
    }
}

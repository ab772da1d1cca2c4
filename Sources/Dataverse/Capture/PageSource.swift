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
public struct PageSources: Sendable {
    public private(set) var sources: [any PageSource] = []
    /// Hidden files in the folders, which are no pages: `._invoices.json` holds what macOS knows of a file.
    public private(set) var passedOver: [String] = []

    /// - throws: ``CaptureError`` when there is no such file, or a folder holds no pages.
    public init(_ arguments: [String]) throws(CaptureError) {
        for argument in arguments {
            if argument == "-" {
                sources.append(StandardInputPages())
                continue
            }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
                throw CaptureError(file: argument, problem: "there is no such file or folder")
            }
            if isFolder.boolValue { try append(folder: argument) } else { sources.append(PageFile(argument)) }
        }
    }

    private mutating func append(folder: String) throws(CaptureError) {
        let pages = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
            .filter { $0.lowercased().hasSuffix(".json") }
        func isHidden(_ page: String) -> Bool { page.split(separator: "/").contains { $0.hasPrefix(".") } }
        let visible = pages.filter { !isHidden($0) }
        passedOver += pages.filter(isHidden).sorted().map { Self.path(folder, $0) }
        guard !visible.isEmpty else { throw CaptureError(file: folder, problem: "the folder holds no *.json") }
        sources += visible.sorted(by: Self.comesBefore).map { PageFile(Self.path(folder, $0)) }
    }

    private static func path(_ folder: String, _ file: String) -> String {
        (folder as NSString).appendingPathComponent(file)
    }

    /// As a person numbers files: `actuals.json`, `actuals-2.json`, `actuals-10.json`.
    private static func comesBefore(_ left: String, _ right: String) -> Bool {
        let names = [left, right].map { ($0 as NSString).deletingPathExtension }
        let order = names[0].compare(names[1], options: .numeric)
        return order == .orderedSame ? left < right : order == .orderedAscending
    }
}

extension Data {
    /// The whole; or the lines, when the first of several is an object by
    /// itself: a page that is laid out over lines opens its object and doesn't close it.
    var pages: [Data] {
        if starts(with: [0xEF, 0xBB, 0xBF]) { return Data(dropFirst(3)).pages }
        // As PowerShell writes files.
        if starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) {
            return Data(decodingUTF16(isLittleEndian: first == 0xFF).utf8).pages
        }
        let newline = UInt8(ascii: "\n")
        guard let end = firstIndex(of: newline), first == UInt8(ascii: "{"),
            self[..<end].last(where: { $0 > 0x20 }) == UInt8(ascii: "}"), self[end...].contains(where: { $0 > 0x20 })
        else { return [self] }
        return split(separator: newline).filter { $0.contains { $0 > 0x20 } }
    }

    private func decodingUTF16(isLittleEndian: Bool) -> String {
        let bytes = [UInt8](dropFirst(2))
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isLittleEndian ? second << 8 | first : first << 8 | second
        }
        return String(decoding: units, as: UTF16.self)
    }
}

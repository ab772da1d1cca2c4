import CSimdJSON
public import Foundation

/// Reads pages of the Dataverse Web API row by row: `{"@odata.context": …, "value": [{…}, …], "@odata.nextLink": …}`,
/// with the members in any order, or the answer for one row, whose context ends in `/$entity`.
///
/// ```swift
/// let page = JSONPageReader(fields: ["msdyn_actualid", "msdyn_amount"])
/// try page.open(file: url)
/// while try page.nextRow() { use(page[0], page[1]) }
/// ```
///
/// Holds one page in memory, about four times its size at worst. Belongs to one thread at a time.
public final class JSONPageReader {
    /// `@odata.context`, which names the table and columns.
    public private(set) var context: String?
    /// `@odata.nextLink`, when another page follows.
    public private(set) var nextLink: String?
    /// `@odata.deltaLink`, on the last page of a change-tracking request.
    public private(set) var deltaLink: String?
    /// `@odata.count`, when it was asked for.
    public private(set) var count: Int64?
    /// The current row, from 1; 0 before the first.
    public private(set) var row = 0

    private let document = JSONDocument()
    private let table: FieldTable
    private let frame = FieldTable([
        "@odata.context", "@odata.nextLink", "@odata.deltaLink", "@odata.count", "value", "error",
    ])
    private var source: String?
    /// Where the next row starts in the document's index; nil after the last.
    private var position: UInt32?
    private var isSingleRow = false
    @usableFromInline var rowStart: UInt32 = 0

    /// A reader of pages whose rows have these members, all different.
    public init(fields: [String]) {
        table = FieldTable(fields)
    }

    /// Reads a page into memory and validates all of it.
    ///
    /// - throws: ``JSONError`` when the file cannot be read, is not JSON, or is no page.
    public func open(file: URL) throws(JSONError) {
        let handle: FileHandle
        do { handle = try FileHandle(forReadingFrom: file) } catch {
            throw JSONError(.unreadable(reason: String(cString: strerror(errno))), source: file.path)
        }
        try open(handle, name: file.path)
    }

    /// Reads a page into memory, to the end of the file, and validates all of it. Errors call the page `name`.
    ///
    /// - throws: ``JSONError`` when the file cannot be read, is not JSON, or is no page.
    public func open(_ handle: FileHandle, name: String) throws(JSONError) {
        close(name)
        try named { () throws(JSONError) in
            let count = try document.readToEnd(of: handle.fileDescriptor)
            try document.index(count)
        }
        try readFrame()
    }

    /// Takes a copy of a page and validates all of it. Errors call the page `name`.
    ///
    /// - throws: ``JSONError`` when it is not JSON, or is no page.
    public func open(_ bytes: UnsafeRawBufferPointer, name: String? = nil) throws(JSONError) {
        close(name)
        try named { () throws(JSONError) in try document.load(bytes) }
        try readFrame()
    }

    /// Goes to the next row, and gives false after the last.
    ///
    /// - throws: ``JSONError`` with the row when it is no object, or one of the fields stands twice in it.
    public func nextRow() throws(JSONError) -> Bool {
        guard let start = position else { return false }
        if isSingleRow {
            position = nil
        } else {
            var next = start
            var value = sj_slot()
            let status = sj_next_element(document.pointer, &next, &value)
            if status == SJ_END.status {
                position = nil
                return false
            }
            position = next
        }
        row += 1
        rowStart = start
        let status = sj_read_object(document.pointer, table.pointer, start, table.slots)
        if status != SJ_OK.status { throw placed(document.error(status, fields: table.names), row: row) }
        return true
    }

    /// The value of a field in the current row; valid until the next row.
    public subscript(field: Int) -> JSONSlot { table[field] }

    /// Visits all members of the current row in their order, fields or not. Name and value are valid inside `body`
    /// only.
    @inlinable
    public func forEachMember<Failure: Error>(
        _ body: (_ name: UnsafeRawBufferPointer, _ value: JSONSlot) throws(Failure) -> Void
    ) throws(Failure) {
        guard row > 0 else { return }
        var next = rowStart + 1
        while let (name, value) = member(at: &next) { try body(name, value) }
    }

    /// The member of the current row that starts at `position`, which goes to the next one; nil at the row's end.
    @usableFromInline
    func member(at position: inout UInt32) -> (name: UnsafeRawBufferPointer, value: JSONSlot)? {
        var name = sj_slot()
        var value = sj_slot()
        // The row is valid, so that there is no other status than a member and the end.
        guard sj_next_member(document.pointer, &position, &name, &value) == SJ_OK.status else { return nil }
        return (name.slot.bytes, value.slot)
    }

    private func close(_ name: String?) {
        source = name
        row = 0
        position = nil
        context = nil
        nextLink = nil
        deltaLink = nil
        count = nil
    }

    private func readFrame() throws(JSONError) {
        let status = sj_read_indexed(document.pointer, frame.pointer, frame.slots)
        guard status == SJ_OK.status else {
            throw placed(document.error(status, fields: frame.names), row: rowOfError())
        }
        let isText = { (slot: JSONSlot) in slot.kind == .string ? slot.text : nil }
        context = isText(frame[0])
        nextLink = isText(frame[1])
        deltaLink = isText(frame[2])
        count = frame[3].integer
        isSingleRow = context?.hasSuffix("/$entity") ?? false
        if isSingleRow {
            position = 0
        } else if frame[4].kind == .array {
            position = frame.slots[4].start + 1
        } else {
            throw placed(JSONError(.notAPage(reason: reasonOfNoPage())), row: nil)
        }
    }

    private func reasonOfNoPage() -> String {
        if frame[5].kind == .object, let text = frame[5].text, let error = try? JSONValue(parsing: text),
            let code = error["code"]?.string, let message = error["message"]?.string
        {
            return "it is an error, \(code): \(message.prefix(300))"
        }
        if frame[4].kind != .missing { return "its member value is no array" }
        return "it has neither a member value nor an @odata.context that ends in /$entity"
    }

    /// The row in which the page stopped being JSON; nil when it is in none.
    private func rowOfError() -> Int? {
        guard frame[4].kind == .array else { return nil }
        var next = frame.slots[4].start + 1
        var value = sj_slot()
        for row in 1... {
            let status = sj_next_element(document.pointer, &next, &value)
            if status != SJ_OK.status { return status == SJ_END.status ? nil : row }
        }
        return nil
    }

    private func placed(_ error: JSONError, row: Int?) -> JSONError {
        var error = error
        error.source = source
        error.row = row
        return error
    }

    private func named(_ body: () throws(JSONError) -> Void) throws(JSONError) {
        do { try body() } catch { throw placed(error, row: nil) }
    }
}

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
    /// `@odata.count`, when it was asked for: how many rows the request has, on all its pages.
    public private(set) var count: Int64?
    /// Whether another page follows: by its link, or by the flag that answers to FetchXML have.
    public private(set) var hasMore = false
    /// Whether the document is the answer for one row, which is no page of a table.
    public private(set) var isSingleRow = false
    /// The current row, from 1; 0 before the first.
    public private(set) var row = 0

    private let document = JSONDocument()
    private let table: FieldTable
    private let frame = FieldTable(FrameMember.allCases.map(\.rawValue))
    private var source: String?
    /// Where the next row starts in the document's index; nil after the last.
    private var position: UInt32?
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
        hasMore = false
        isSingleRow = false
    }

    /// What stands around the rows; OData 4.01 writes the annotations without `odata.`.
    private enum FrameMember: String, CaseIterable {
        case context = "@odata.context"
        case nextLink = "@odata.nextLink"
        case deltaLink = "@odata.deltaLink"
        case count = "@odata.count"
        case shortContext = "@context"
        case shortNextLink = "@nextLink"
        case shortDeltaLink = "@deltaLink"
        case shortCount = "@count"
        case moreRecords = "@Microsoft.Dynamics.CRM.morerecords"
        case totalRecords = "@Microsoft.Dynamics.CRM.totalrecordcount"
        case value
        case error
    }

    private func slot(_ member: FrameMember) -> JSONSlot { frame[FrameMember.allCases.firstIndex(of: member) ?? 0] }

    private func text(_ members: FrameMember...) -> String? {
        members.lazy.map(slot).first { $0.kind == .string }?.text
    }

    private func number(_ members: FrameMember...) -> Int64? {
        // IEEE754Compatible=true writes them as strings.
        members.lazy.map(slot).filter { $0.kind == .number || $0.kind == .string }.compactMap { parseInt64($0.bytes) }
            .first { $0 >= 0 }
    }

    private func readFrame() throws(JSONError) {
        let status = sj_read_indexed(document.pointer, frame.pointer, frame.slots)
        guard status == SJ_OK.status else {
            throw placed(document.error(status, fields: frame.names), row: rowOfError())
        }
        context = text(.context, .shortContext)
        nextLink = text(.nextLink, .shortNextLink)
        deltaLink = text(.deltaLink, .shortDeltaLink)
        count = number(.count, .shortCount, .totalRecords)
        hasMore = nextLink != nil || slot(.moreRecords).bool == true
        isSingleRow = context?.hasSuffix("/$entity") ?? false
        if isSingleRow {
            position = 0
        } else if slot(.value).kind == .array {
            position = firstRow
        } else {
            throw placed(JSONError(.notAPage(reason: reasonOfNoPage())), row: nil)
        }
    }

    private func reasonOfNoPage() -> String {
        let failure = slot(.error)
        if failure.kind == .object, let text = failure.text, let error = try? JSONValue(parsing: text),
            let code = error["code"]?.string, let message = error["message"]?.string
        {
            return "it is an error, \(code): \(message.prefix(300))"
        }
        if slot(.value).kind != .missing { return "its member value is no array" }
        return "it has neither a member value nor an @odata.context that ends in /$entity"
    }

    /// Where the first element of the member value starts in the document's index.
    private var firstRow: UInt32 { frame.slots[FrameMember.allCases.firstIndex(of: .value) ?? 0].start + 1 }

    /// The row in which the page stopped being JSON; nil when it is in none.
    private func rowOfError() -> Int? {
        guard slot(.value).kind == .array else { return nil }
        var next = firstRow
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

import Bus
import Contracts
import Database
import Foundation
import JSON

/// Reads Web API pages row by row, and encodes the rows for the spool.
///
/// Used by one thread. Holds one page at a time.
final class PageCapture {
    /// The rows of one table that are not in the spool yet.
    final class Pending {
        let table: CapturedTable
        var rows = CopyRows()
        /// The ids of rows that Dataverse deleted.
        fileprivate(set) var deleted: [GUID] = []
        /// Rows that are no project's, or of which an entry of a delta says nothing.
        fileprivate(set) var skipped = 0
        /// What the pages say of themselves, in the order in which they were read.
        fileprivate(set) var frames: [PageFrame] = []
        /// The members that any of the rows lack.
        fileprivate(set) var lacking = MissingMembers.none
        /// The members that all of the rows lack; nil before the first.
        fileprivate(set) var unsaid: MissingMembers?
        /// What to say of a member that rows lack, where that takes more than its name.
        fileprivate(set) var hints: [Int: String] = [:]
        /// Where the page reader holds each column.
        fileprivate let slots: [Int]

        fileprivate init(table: CapturedTable, slots: [Int]) {
            self.table = table
            self.slots = slots
        }
    }

    /// By entity set.
    private(set) var pending: [String: Pending] = [:]
    /// What was left out.
    private(set) var refused = RefusedRows()
    /// The names of the sources read so far: a spooled row names its own by position.
    private(set) var sources: [String] = []
    private let page: JSONPageReader
    private let versionSlot: Int
    private let filterSlot: Int

    init(tables: [CapturedTable]) {
        // One reader knows the members of all tables, as a page tells its table only when it is read.
        let entryMembers = DeltaEntry.Member.allCases
        var fields = entryMembers.map(\.name) + [CapturedTable.versionField, CapturedTable.workOrders.field]
        (versionSlot, filterSlot) = (entryMembers.count, entryMembers.count + 1)
        for table in tables {
            for column in table.readColumns where !fields.contains(column.field) { fields.append(column.field) }
        }
        page = JSONPageReader(fields: fields)
        for table in tables {
            let slots = table.readColumns.map { column in fields.firstIndex(of: column.field) ?? 0 }
            pending[table.entitySet] = Pending(table: table, slots: slots)
        }
    }

    /// Reads all pages of a source. `spool` is called when a table has rows
    /// enough for a `COPY`.
    ///
    /// A row that cannot be read costs itself alone, and a page that cannot be read itself: see ``refused``.
    ///
    /// - throws: ``CaptureError`` when the source cannot be read, whatever `spool` throws.
    func read(_ source: any PageSource, spool: (Pending) throws -> Void) throws {
        sources.append(source.name)
        try source.forEachDocument { document in
            let table: Pending
            do throws(CaptureError) { table = try open(document, file: source.name) } catch {
                refused.append(error)
                return
            }
            let refusedBefore = refused.count
            while readRow(into: table, file: source.name) {
                if table.rows.rowCount >= 10_000 || table.rows.byteCount >= 4 << 20 { try spool(table) }
            }
            guard !page.isSingleRow else { return }
            table.frames.append(PageFrame(page, file: source.name, refused: refused.count - refusedBefore))
        }
    }

    /// Reads a page, up to its rows.
    ///
    /// - returns: the table that its rows are of.
    private func open(_ document: Data, file: String) throws(CaptureError) -> Pending {
        do {
            try document.withUnsafeBytes { bytes in
                Result { () throws(JSONError) in try page.open(bytes) }
            }.get()
        } catch {
            throw CaptureError(file: file, row: error.row, problem: Self.problem(error))
        }
        let set = try entitySet(file)
        guard let table = pending[set] else {
            throw CaptureError(
                file: file,
                problem: "a page of the table \"\(set)\", which is not captured; "
                    + "the tables are \(pending.keys.sorted().joined(separator: ", "))")
        }
        return table
    }

    /// - returns: false at the end of the page.
    private func readRow(into table: Pending, file: String) -> Bool {
        let rows = table.rows.rowCount
        do throws(CaptureError) {
            guard try nextRow(file) else { return false }
            try append(to: table, file: file)
        } catch {
            if table.rows.rowCount > rows { table.rows.removeLast() }
            refused.append(error)
        }
        return true
    }

    private func nextRow(_ file: String) throws(CaptureError) -> Bool {
        do { return try page.nextRow() } catch {
            throw CaptureError(file: file, row: error.row, problem: Self.problem(error))
        }
    }

    /// The table that `@odata.context` names: `…/$metadata#msdyn_actuals(…)`.
    private func entitySet(_ file: String) throws(CaptureError) -> String {
        guard let context = page.context, let mark = context.range(of: "$metadata#") else {
            throw CaptureError(
                file: file, problem: "it has no @odata.context that names its table; is it an answer of the Web API?")
        }
        return String(context[mark.upperBound...].prefix { $0 != "(" && $0 != "/" })
    }

    private func append(to pending: Pending, file: String) throws(CaptureError) {
        let table = pending.table
        switch try entry(of: table, key: page[pending.slots[0]], file) {
        case .deleted(let id):
            pending.deleted.append(id)
            return
        case .kept:
            pending.skipped += 1
            return
        case nil: break
        }
        var missing = MissingMembers.none
        if let filter = table.onlyRows {
            if page[filterSlot].kind == .missing {
                missing.insert(.filter)
            } else if page[filterSlot].integer != Int64(filter.code) {
                pending.skipped += 1
                return
            }
        }
        pending.rows.beginRow(columns: table.readColumns.count + 4)
        let columns = table.readColumns
        for index in columns.indices {
            let column = columns[index]
            let slot = page[pending.slots[index]]
            if slot.kind == .missing {
                guard index > 0 else { throw error(column.field, Self.notSelected, file) }
                missing.insert(MissingMembers(column: index))
                if column.name == Actual.skipSyncColumn, pending.hints[index] == nil {
                    pending.hints[index] = missingSkipSync(slot)
                }
                if index >= table.columns.count, pending.hints[index] == nil {
                    pending.hints[index] = Self.missingVoucher
                }
            }
            do { try column.append(slot, to: &pending.rows) } catch {
                throw self.error(column.field, problem(error, column, slot), file)
            }
            if index == 0 { pending.rows.append(try version(file)) }
        }
        pending.rows.append(Int32(sources.count - 1))
        pending.rows.append(Int32(page.row))
        pending.rows.append(missing.rawValue)
        pending.lacking.formUnion(missing)
        pending.unsaid = pending.unsaid?.intersection(missing) ?? missing
    }

    /// What the element stands for when it is no row.
    private func entry(of table: CapturedTable, key: JSONSlot, _ file: String) throws(CaptureError) -> DeltaEntry? {
        let isRow = page[versionSlot].kind != .missing
        do {
            return try DeltaEntry(of: table.entitySet, key: key, isRow: isRow) { page[$0.rawValue] }
        } catch {
            throw self.error(error.member.name, error.problem, file)
        }
    }

    private func version(_ file: String) throws(CaptureError) -> Int64 {
        let slot = page[versionSlot]
        guard let version = slot.integer ?? (slot.kind == .string ? parseInt64(slot.bytes) : nil) else {
            throw error(
                CapturedTable.versionField,
                "the row has no version; select the column, by which the newest of a row's pages is known", file)
        }
        return version
    }

    private func error(_ field: String, _ problem: String, _ file: String) -> CaptureError {
        CaptureError(file: file, row: page.row, field: field, problem: problem)
    }

    private static func problem(_ error: JSONError) -> String {
        var error = error
        error.row = nil
        error.source = nil
        return error.description
    }
}

// What is wrong with a value, and what to do.
extension PageCapture {
    /// What is wrong with a row that lacks a member which it needs.
    static let notSelected = "the row lacks it; select it in the Web API request"

    private static let missingVoucher =
        "the row lacks it, and after a cut-over nobody knows without it what is posted already; select it, or name the column "
        + "of the voucher in the setting dataverse.columns.voucher"

    private func problem(_ problem: FieldProblem, _ column: CapturedColumn, _ slot: JSONSlot) -> String {
        switch problem {
        case .malformed(let text): text
        case .missing where column.name == Actual.skipSyncColumn: missingSkipSync(slot)
        case .missing: "it has no value"
        case .unknownChoice(let code, let labels): unknownChoice(code, of: labels, column)
        }
    }

    private func missingSkipSync(_ slot: JSONSlot) -> String {
        var found: [String] = []
        page.forEachMember { name, value in
            if value.bool != nil { found.append(String(decoding: name, as: UTF8.self)) }
        }
        return (slot.kind == .missing ? "the page lacks the Skip Sync column" : "Skip Sync has no value")
            + "; name the right one in the setting dataverse.columns.skip-sync. Of boolean columns it has "
            + (found.isEmpty ? "none" : found.joined(separator: ", "))
    }

    private func unknownChoice(_ code: Int, of labels: ChoiceLabels, _ column: CapturedColumn) -> String {
        var annotation: String?
        let annotated = Array("\(column.field)@OData.Community.Display.V1.FormattedValue".utf8)
        page.forEachMember { name, value in if name.elementsEqual(annotated) { annotation = value.text } }
        let unknown = "the code \(code)\(annotation.map { ", which the page calls \"\($0)\"," } ?? "") is unknown"
        guard let choice = labels.configurable else { return unknown }
        return "\(unknown); add its meaning to the configuration: choices.\(choice).\(code): \(annotation ?? "LABEL")"
    }
}

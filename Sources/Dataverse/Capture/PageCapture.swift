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
        /// Rows that are no project's, or deleted.
        var skipped = 0
        /// Where the page reader holds each column.
        fileprivate let slots: [Int]

        fileprivate init(table: CapturedTable, slots: [Int]) {
            self.table = table
            self.slots = slots
        }
    }

    /// By entity set.
    private(set) var pending: [String: Pending] = [:]
    /// The inputs read so far: a spooled row names its own by position.
    private(set) var sources: [String] = []
    private let page: JSONPageReader
    private let versionSlot: Int
    private let reasonSlot: Int
    private let filterSlot: Int

    init(tables: [CapturedTable]) {
        // One reader knows the members of all tables, as a page tells its table only when it is read.
        var fields = [CapturedTable.versionField, "reason", CapturedTable.workOrders.field]
        for table in tables {
            for column in table.columns where !fields.contains(column.field) { fields.append(column.field) }
        }
        (versionSlot, reasonSlot, filterSlot) = (0, 1, 2)
        page = JSONPageReader(fields: fields)
        for table in tables {
            let slots = table.columns.map { column in fields.firstIndex(of: column.field) ?? 0 }
            pending[table.entitySet] = Pending(table: table, slots: slots)
        }
    }

    /// Reads all pages of an input. `spool` is called when a table has rows
    /// enough for a `COPY`.
    ///
    /// - throws: ``CaptureError``, whatever `spool` throws.
    func read(_ input: CaptureInput, spool: (Pending) throws -> Void) throws {
        sources.append(input.name)
        for document in try input.documents() {
            do {
                try document.withUnsafeBytes { try page.open($0) }
            } catch let error as JSONError {
                throw CaptureError(file: input.name, row: error.row, problem: Self.problem(error))
            }
            let set = try entitySet(input.name)
            guard let table = pending[set] else {
                throw CaptureError(
                    file: input.name,
                    problem: "a page of the table \"\(set)\", which is not captured; "
                        + "the tables are \(pending.keys.sorted().joined(separator: ", "))")
            }
            while try nextRow(input.name) {
                try append(to: table, file: input.name)
                if table.rows.rowCount >= 10_000 || table.rows.byteCount >= 4 << 20 { try spool(table) }
            }
        }
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
        if page[reasonSlot].kind == .string, page[pending.slots[0]].kind == .missing {
            pending.skipped += 1
            return
        }
        if let filter = table.onlyRows {
            guard page[filterSlot].kind != .missing else {
                throw error(filter.field, "is not in the row; select it: it tells a project's rows from others", file)
            }
            guard page[filterSlot].integer == Int64(filter.code) else {
                pending.skipped += 1
                return
            }
        }
        pending.rows.beginRow(columns: table.columns.count + 3)
        for index in table.columns.indices {
            try append(table.columns[index], page[pending.slots[index]], to: &pending.rows, file)
            if index == 0 { pending.rows.append(try version(file)) }
        }
        pending.rows.append(Int32(sources.count - 1))
        pending.rows.append(Int32(page.row))
    }

    private func version(_ file: String) throws(CaptureError) -> Int64 {
        let slot = page[versionSlot]
        guard let version = parseInt64(slot.bytes), slot.kind == .number || slot.kind == .string else {
            throw error(
                CapturedTable.versionField,
                "the row has no version; select the column, by which the newest of a row's pages is known", file)
        }
        return version
    }

    private func append(
        _ column: CapturedColumn, _ slot: JSONSlot, to rows: inout CopyRows, _ file: String
    ) throws(CaptureError) {
        guard slot.kind != .missing, slot.kind != .null else {
            if column.isRequired { throw missing(column, slot, file) }
            if case .boolean = column.kind { rows.append(false) } else { rows.null() }
            return
        }
        switch column.kind {
        case .id:
            guard slot.kind == .string, let guid = GUID(parsing: slot.bytes) else {
                throw error(
                    column.field, "\(value(slot)) is not an id such as 5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d", file)
            }
            rows.append(guid)
        case .text(let most): rows.append(utf8: try text(column, slot, file).prefix(characters: most))
        case .identifier(let most):
            let bytes = try text(column, slot, file)
            guard bytes.prefix(characters: most).count == bytes.count else {
                throw error(
                    column.field,
                    "\(value(slot)) is longer than \(most) characters, which is what Finance holds; shorten it",
                    file)
            }
            rows.append(utf8: bytes)
        case .currencyCode:
            let bytes = try text(column, slot, file)
            guard bytes.count == 3, bytes.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
                throw error(column.field, "\(value(slot)) is not an ISO currency code such as \"USD\"", file)
            }
            rows.append(utf8: bytes)
        case .companyCode:
            let bytes = try text(column, slot, file)
            guard (1...4).contains(bytes.count) else {
                throw error(column.field, "\(value(slot)) is not a legal entity's code of one to four characters", file)
            }
            rows.append(String(decoding: bytes, as: UTF8.self).lowercased())
        case .money: rows.append(try money(column, slot, file))
        case .boolean:
            guard let flag = slot.bool else { throw error(column.field, "\(value(slot)) is not true or false", file) }
            rows.append(flag)
        case .date:
            let bytes =
                slot.kind == .string && slot.bytes.count > 10 && slot.bytes[10] == UInt8(ascii: "T")
                ? UnsafeRawBufferPointer(rebasing: slot.bytes.prefix(10)) : slot.bytes
            guard slot.kind == .string, let date = CalendarDate(parsing: bytes) else {
                throw error(column.field, "\(value(slot)) is not a date such as \"2026-11-21\"", file)
            }
            rows.append(date)
        case .integer(let range):
            guard let integer = slot.integer, range.contains(Int(integer)) else {
                throw error(
                    column.field,
                    "\(value(slot)) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
                    file)
            }
            rows.append(Int16(integer))
        case .choice(let labels):
            guard let code = slot.integer else {
                throw error(column.field, "\(value(slot)) is not a choice's code", file)
            }
            guard let label = labels.label(of: Int(code)) else { throw unknown(Int(code), of: labels, column, file) }
            rows.append(label)
        }
    }
}

extension PageCapture {
    private func text(
        _ column: CapturedColumn, _ slot: JSONSlot, _ file: String
    ) throws(CaptureError) -> UnsafeRawBufferPointer {
        guard slot.kind == .string else { throw error(column.field, "\(value(slot)) is not a text", file) }
        if column.isRequired, slot.bytes.isEmpty { throw missing(column, slot, file) }
        guard !slot.bytes.contains(0) else {
            throw error(
                column.field, "holds the character U+0000, which no database keeps; remove it in Dataverse", file)
        }
        return slot.bytes
    }

    private func money(_ column: CapturedColumn, _ slot: JSONSlot, _ file: String) throws(CaptureError) -> Money {
        // Strings as well: so the Web API answers under IEEE754Compatible=true.
        guard slot.kind == .number || slot.kind == .string else {
            throw error(column.field, "\(value(slot)) is not a decimal", file)
        }
        do { return try Money(parsing: slot.bytes) } catch {
            switch error {
            case .notADecimal: throw self.error(column.field, "\(value(slot)) is not a plain decimal", file)
            case .tooManyPlaces:
                throw self.error(
                    column.field,
                    "\(value(slot)) has more than \(Money.scale) decimal places, which Finance cannot hold",
                    file)
            case .tooLarge:
                throw self.error(
                    column.field,
                    "\(value(slot)) has more than \(Money.mostDigits - Money.scale) digits before the point", file)
            }
        }
    }

    private func missing(_ column: CapturedColumn, _ slot: JSONSlot, _ file: String) -> CaptureError {
        guard column.name == CapturedTable.skipSyncColumn else {
            let problem =
                slot.kind == .missing ? "the row lacks it; select it in the Web API request" : "it has no value"
            return error(column.field, problem, file)
        }
        var found: [String] = []
        page.forEachMember { name, value in
            if value.bool != nil { found.append(String(decoding: name, as: UTF8.self)) }
        }
        let columns = found.isEmpty ? "it has none" : "it has \(found.joined(separator: ", "))"
        return error(
            column.field,
            (slot.kind == .missing ? "the page lacks the Skip Sync column" : "Skip Sync has no value")
                + "; name the right one in the setting dataverse.columns.skip-sync. Of boolean columns \(columns)", file
        )
    }

    private func unknown(
        _ code: Int, of labels: ChoiceLabels, _ column: CapturedColumn, _ file: String
    ) -> CaptureError {
        var annotation: String?
        let annotated = Array("\(column.field)@OData.Community.Display.V1.FormattedValue".utf8)
        page.forEachMember { name, value in if name.elementsEqual(annotated) { annotation = value.text } }
        let called = annotation.map { ", which the page calls \"\($0)\"" } ?? ""
        guard let choice = labels.configurable else {
            return error(column.field, "the code \(code)\(called) is unknown", file)
        }
        return error(
            column.field,
            "the code \(code)\(called) is unknown; add its meaning to the configuration: "
                + "choices.\(choice).\(code): \(annotation ?? "LABEL")", file)
    }

    private func error(_ field: String, _ problem: String, _ file: String) -> CaptureError {
        CaptureError(file: file, row: page.row, field: field, problem: problem)
    }

    /// A value as errors show it.
    private func value(_ slot: JSONSlot) -> String {
        let text = String(decoding: slot.bytes.prefix(60), as: UTF8.self) + (slot.bytes.count > 60 ? "…" : "")
        switch slot.kind {
        case .string: return "\"\(text)\""
        case .missing, .null: return "null"
        case .true: return "true"
        case .false: return "false"
        case .number, .object, .array: return text
        }
    }

    private static func problem(_ error: JSONError) -> String {
        var error = error
        error.row = nil
        error.source = nil
        return error.description
    }
}

extension UnsafeRawBufferPointer {
    /// The first characters (Unicode scalars) of a UTF-8 text.
    fileprivate func prefix(characters most: Int) -> UnsafeRawBufferPointer {
        guard count > most else { return self }
        var characters = 0
        for (index, byte) in enumerated() where byte & 0xC0 != 0x80 {
            if characters == most { return UnsafeRawBufferPointer(rebasing: self[..<index]) }
            characters += 1
        }
        return self
    }
}

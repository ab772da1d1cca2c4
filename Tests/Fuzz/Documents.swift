import Bus
import Contracts
import Database
import Foundation
import JSON
import YAML

@testable import Dataverse

/// JSON of any kind, by all readers: what one takes, the other does.
func fuzzJSON() -> (UnsafeRawBufferPointer) -> Void {
    let fields = FieldReader(fields: ["actualId", "rowVersion", "amount", "description"])
    let page = JSONPageReader(fields: ["msdyn_actualid", "versionnumber"])
    return { bytes in
        let value = try? JSONValue(parsing: bytes)
        let isRead = (try? fields.read(bytes)) != nil
        if case .object? = value { precondition(isRead, "an object that the reader of fields refuses") }
        guard (try? page.open(bytes)) != nil else { return }
        while (try? page.nextRow()) == true {
            page.forEachMember { _, member in _ = member.text }
        }
    }
}

/// Pages of the Web API, as a load reads them, up to the rows for the spool.
func fuzzPages() throws -> (UnsafeRawBufferPointer) -> Void {
    let tables = try CapturedTable.all(DataverseConfiguration(choices: try ChoiceTables()), readsVouchers: true)
    var capture = PageCapture(tables: tables)
    var runs = 0
    return { bytes in
        // It keeps what pages say of themselves, and to make one takes long.
        runs += 1
        if runs % 500 == 0 { capture = PageCapture(tables: tables) }
        do {
            let refused = capture.refused.count
            try capture.read(MemoryPage(content: Data(bytes))) { $0.rows = CopyRows() }
            for table in capture.pending.values { table.rows = CopyRows() }
            if capture.refused.count > refused, let error = capture.refused.first.last {
                precondition(!error.problem.isEmpty && !error.file.isEmpty)
            }
        } catch {
            fatalError("\(error)")
        }
    }
}

private struct MemoryPage: PageSource {
    let name = "page"
    let content: Data

    func forEachDocument(_ body: (Data) throws -> Void) throws { for page in content.pages { try body(page) } }
}

/// YAML of any kind, and what topics' declarations are read from.
func fuzzYAML(_ bytes: UnsafeRawBufferPointer) {
    do throws(YAMLError) {
        let node = try YAML.parse(Array(bytes), file: "file")
        precondition(node.line > 0)
        _ = try? TopicDeclaration(yaml: Array(bytes), file: "file")
    } catch {
        precondition(!error.message.isEmpty)
    }
}

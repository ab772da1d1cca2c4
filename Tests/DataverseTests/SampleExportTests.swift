import Contracts
import Foundation
import Testing

@testable import Dataverse

@Suite struct SampleExportTests {
    static let export = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("deploy/export").path

    @Test("The sample export is loaded whole, nothing waits, and loading it again changes nothing")
    func loads() throws {
        let store = try DataverseStore()
        let pages = LoadPages(connection: store.connection, configuration: store.configuration)
        let first = try pages.load(PageSources([Self.export + "/pages"]).sources)
        #expect(first.tables.count == 15)
        #expect(first.published[.invoiceConfirmed] == 7)
        #expect(try store.waiting() == [])
        let invoices: [InvoiceConfirmed] = try store.messages()
        #expect(invoices.contains { $0.totalCount == 1_500 })

        let outbox = try store.count("outbox")
        let second = try pages.load(PageSources([Self.export + "/pages"]).sources)
        #expect(second.tables.allSatisfy { $0.new == 0 && $0.changed == 0 })
        #expect(try store.count("outbox") == outbox)
    }

    @Test("The sample's draft is loaded as ours and confirmed")
    func confirms() throws {
        let store = try DataverseStore()
        let pages = LoadPages(connection: store.connection, configuration: store.configuration)
        _ = try pages.load(PageSources([Self.export + "/pages"]).sources)
        let drafts = try pages.load(PageSources([Self.export + "/drafts"]).sources, asOurs: true)
        #expect(drafts.markedAsOurs == 1)
        let report = try store.confirm("INV-02103")
        #expect(report.lineDetails == 6)
        #expect(report.published[.invoiceConfirmed] == 1)
        #expect(try store.waiting() == [])
    }
}

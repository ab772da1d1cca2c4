import Bus
import Contracts
import Database
import Foundation
import Testbed

@testable import Dataverse

/// A Dataverse database of a test, and a folder for its pages.
final class DataverseStore {
    let database: TestDatabase
    let connection: Connection
    let folder: URL
    var configuration: DataverseConfiguration
    private var pages = 0

    init() throws {
        database = try TestDatabase(DataverseSchema.migrations)
        connection = try database.connect()
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("dataverse-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        configuration = DataverseConfiguration(choices: try ChoiceTables())
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes a page into the folder, and gives its path.
    func write(_ content: String, _ name: String? = nil) throws -> String {
        pages += 1
        let file = folder.appendingPathComponent(name ?? "page-\(pages).json")
        try content.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    @discardableResult
    func load(
        _ rows: [String: [WebRow]], asOurs: Bool = false, cutover: String? = nil, isDryRun: Bool = false
    ) throws -> LoadReport {
        try load(
            rows.sorted { $0.key < $1.key }.map { WebAPI.page($0.key, $0.value) }, asOurs: asOurs, cutover: cutover,
            isDryRun: isDryRun)
    }

    @discardableResult
    func load(
        _ pages: [String], asOurs: Bool = false, cutover: String? = nil, isDryRun: Bool = false
    ) throws -> LoadReport {
        try loadSome(pages, asOurs: asOurs, cutover: cutover, isDryRun: isDryRun).whole()
    }

    /// Loads pages of which some rows may be refused.
    func loadSome(
        _ pages: [String], asOurs: Bool = false, cutover: String? = nil, isDryRun: Bool = false
    ) throws -> LoadReport {
        let inputs = try pages.map { PageFile(try write($0)) }
        return try LoadPages(connection: connection, configuration: configuration).load(
            inputs, asOurs: asOurs, cutover: cutover.flatMap { CalendarDate($0) }, isDryRun: isDryRun)
    }

    @discardableResult
    func confirm(_ invoice: String, on date: String = "2026-10-15") throws -> ConfirmationReport {
        try ConfirmInvoice(connection: connection, configuration: configuration)
            .confirm(invoice, on: CalendarDate(date) ?? CalendarDate(day: 0))
    }

    /// The messages of a topic in the outbox, in their order.
    func messages<M: Message>(_: M.Type = M.self) throws -> [M] {
        let decoder = MessageDecoder<M>(choices: configuration.choices)
        return try connection.values(
            [UInt8].self, "SELECT payload FROM outbox WHERE topic = $1 ORDER BY id", M.topic.rawValue
        ).map { payload in try payload.withUnsafeBytes { try decoder.decode($0) } }
    }

    /// All waiting reasons, one a waiting row.
    func waiting() throws -> [String] {
        try WaitingList(connection: connection).groups().flatMap { group in
            Array(repeating: group.reason, count: group.count)
        }
    }

    func count(_ sql: String) throws -> Int { try connection.value(Int.self, "SELECT count(*) FROM \(sql)") }

    /// Hands messages to a handler as one batch, and writes it.
    func take(_ handler: some TopicHandler, _ messages: [some Message], partition: Int32 = 0) throws {
        let collector = try handler.makeCollector()
        for (offset, message) in messages.enumerated() {
            let bytes = try message.bytes(configuration.choices)
            try bytes.withUnsafeBytes { buffer in
                try collector.add(
                    buffer, from: MessageSource(partition: partition, offset: Int64(offset), eventId: WebAPI.id(0)))
            }
        }
        try connection.transaction { try collector.write(to: connection) }
    }
}

// Drafting.
extension DataverseStore {
    @discardableResult
    func draftAll(on date: String = "2026-10-14") throws -> DraftReport {
        try DraftInvoices(connection: connection, configuration: configuration)
            .draftAll(on: CalendarDate(date) ?? CalendarDate(day: 0))
    }

    func draft(_ rows: String, on date: String = "2026-10-14") throws -> DraftReport {
        try DraftInvoices(connection: connection, configuration: configuration)
            .draft([request(rows)], on: CalendarDate(date) ?? CalendarDate(day: 0))
    }

    /// A request of some JSON.
    func request(_ rows: String) throws -> PageFile { PageFile(try write(rows)) }

    /// The texts of a query.
    func texts(_ sql: String) throws -> [String] { try connection.values(String.self, sql) }
}

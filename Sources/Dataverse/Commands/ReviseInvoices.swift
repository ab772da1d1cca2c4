import Contracts
public import Database
import Service

/// What revising did.
public struct RevisionReport: Hashable, Sendable {
    public internal(set) var request = RequestReport()
    /// The drafts that took corrections.
    public internal(set) var drafts: [DraftedInvoice] = []
}

/// Revises invoices that are confirmed or paid: makes drafts of corrections, or adds these to drafts that there are
/// (`domain.md` §6.5).
///
/// Each correction starts as a full credit; whoever edits the draft says what shall remain billed. One transaction: a row
/// of the request that is refused costs itself alone, and is not done by half.
public struct ReviseInvoices {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Revises one invoice.
    ///
    /// - throws: `DatabaseError`; `ContractError` when a label's code is not configured.
    public func revise(_ request: RevisionRequest) throws -> RevisionReport {
        try revise([(row: 1, request: .success(request))])
    }

    /// Revises many.
    ///
    /// - throws: ``CaptureError`` when the request cannot be read; `DatabaseError`; `ContractError`.
    public func revise(_ request: [any PageSource]) throws -> RevisionReport {
        let reader = RequestReader<RevisionRequest>()
        var rows: [(row: Int, request: Result<RevisionRequest, RefusedRow>)] = []
        for source in request { try reader.forEachRow(of: source) { rows.append(($0, $1)) } }
        return try revise(rows)
    }

    private func revise(_ rows: [(row: Int, request: Result<RevisionRequest, RefusedRow>)]) throws -> RevisionReport {
        try connection.transaction {
            let changes = try ChangeSet(on: connection)
            try connection.plan(.readWholeCursor)
            var report = RevisionReport()
            let store = try RevisionStore(connection: connection)
            let invoices = try NamedInvoices(rows.compactMap { try? $0.request.get() }, in: store)
            var revisions: [InvoiceRevision] = []
            for (row, request) in rows {
                switch request.flatMap({ invoices.revision(row, $0) }) {
                case .success(let revision): revisions.append(revision)
                case .failure(let refused):
                    report.request.rows.append(RowOutcome(row: row, key: refused.key, .refused, refused.problem))
                }
            }
            let drafting = RevisionDrafting(revisions, in: store, configuration: configuration)
            report.request.rows += try drafting.run(noting: changes)
            report.request.rows.sort { $0.row < $1.row }
            report.drafts = try DraftStore(connection: connection).drafted(
                RevisionStore.drafts, areNew: drafting.newDrafts)
            report.request.published = try changes.publish(configuration: configuration).byTopic
            CrashPoint.pass(.revisionWritten)
            return report
        }
    }
}

/// A row of the request whose invoice can be revised.
struct InvoiceRevision {
    let row: Int
    let source: RevisedInvoice
    /// The draft that takes the corrections; nil when a new one is to be made.
    let target: RevisedInvoice?
    /// Nil is all.
    let transactions: [GUID]?
}

/// The invoices that a request names.
private struct NamedInvoices {
    private var byName: [String: [RevisedInvoice]] = [:]

    init(_ requests: [RevisionRequest], in store: RevisionStore) throws {
        let names = requests.flatMap { [$0.invoice, $0.into].compactMap(\.self) }
        for invoice in try store.invoices(named: names) {
            byName[invoice.invoice.invoiceNumber, default: []].append(invoice)
            byName[invoice.invoice.invoiceId.description, default: []].append(invoice)
        }
    }

    func revision(_ row: Int, _ request: RevisionRequest) -> Result<InvoiceRevision, RefusedRow> {
        func refused(_ problem: String) -> Result<InvoiceRevision, RefusedRow> {
            .failure(RefusedRow(key: request.invoice, problem: problem))
        }
        do throws(RequestProblem) {
            let source = try invoice(request.invoice)
            if let problem = Revision.refusal(of: source) { return refused(problem) }
            var target: RevisedInvoice?
            if let into = request.into {
                let draft = try invoice(into)
                if let problem = Revision.refusal(of: draft, for: source) { return refused(problem) }
                target = draft
            }
            return .success(
                InvoiceRevision(row: row, source: source, target: target, transactions: request.transactions))
        } catch {
            return refused(error.description)
        }
    }

    private func invoice(_ name: String) throws(RequestProblem) -> RevisedInvoice {
        let invoices = byName[GUID(name)?.description ?? name] ?? byName[name] ?? []
        guard let invoice = invoices.first else {
            throw RequestProblem("there is no invoice \(name); ledgerbus dataverse invoices lists them")
        }
        guard invoices.count == 1 else {
            throw RequestProblem("\(invoices.count) invoices have the number \(name); name its id")
        }
        return invoice
    }
}

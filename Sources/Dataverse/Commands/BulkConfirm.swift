public import Contracts
public import Database
import Service

/// What became of one invoice of a bulk confirmation.
public struct BulkConfirmation: Hashable, Sendable, Encodable {
    /// As it was asked for, or its number.
    public let invoice: String
    public let status: BulkConfirmationStatus
    public let lines: Int?
    public let amount: Money?
    public let accountingDate: CalendarDate?
    public let wasConfirmedBefore: Bool
    /// Why it failed, and what to do.
    public let problem: String?
}

/// Confirms any number of drafts that are ours (`domain.md` §6.3): each is a transaction of its own, so that one that fails
/// costs itself alone, and what a kill interrupted goes on with the next run.
public struct BulkConfirm {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Confirms all drafts that are ours.
    ///
    /// - throws: `DatabaseError`.
    public func confirmAll(on date: CalendarDate, done: (BulkConfirmation) -> Void) throws {
        try confirm(InvoiceStore(connection: connection).ownDrafts(), on: date, done: done)
    }

    /// Confirms the invoices that a request names.
    ///
    /// - throws: ``CaptureError`` when the request cannot be read; `DatabaseError`.
    public func confirm(
        _ request: [any PageSource], on date: CalendarDate, done: (BulkConfirmation) -> Void
    ) throws {
        let reader = RequestReader<ConfirmRequest>()
        var names: [String] = []
        for source in request {
            try reader.forEachRow(of: source) { row, request in
                switch request {
                case .success(let request): names.append(request.invoice)
                case .failure(let refusal):
                    done(.failed(refusal.key ?? "row \(row)", "row \(row): \(refusal.problem)"))
                }
            }
        }
        try confirm(names, on: date, done: done)
    }

    /// Confirms invoices by their numbers or ids, in their order, and what earlier runs left.
    ///
    /// - parameter done: is given each invoice when it is confirmed, or failed.
    /// - throws: `DatabaseError`.
    public func confirm(_ invoices: [String], on date: CalendarDate, done: (BulkConfirmation) -> Void) throws {
        try schedule(invoices, on: date, done: done)
        try resume(done: done)
    }

    /// Goes on with what is scheduled, or was being processed when a run was killed.
    ///
    /// - throws: `DatabaseError`.
    public func resume(done: (BulkConfirmation) -> Void) throws {
        let store = BulkConfirmationStore(connection: connection)
        // One run at a time: whoever comes second finds nothing left, or its own.
        try connection.lockWhileOpen(Self.lockKey)
        defer { try? connection.unlock(Self.lockKey) }
        while let next = try store.next() {
            try store.set(.processing, of: next.invoiceId)
            CrashPoint.pass(.confirmationBegun)
            let name = next.invoiceNumber ?? "\(next.invoiceId)"
            do {
                let report = try ConfirmInvoice(connection: connection, configuration: configuration)
                    .confirm("\(next.invoiceId)", on: next.date)
                CrashPoint.pass(.invoiceConfirmed)
                try store.set(.complete, of: next.invoiceId)
                done(
                    BulkConfirmation(
                        invoice: name, status: .complete, lines: report.lineDetails, amount: report.lineAmount,
                        accountingDate: report.accountingDate, wasConfirmedBefore: report.wasConfirmedBefore,
                        problem: nil))
            } catch let error as ConfirmationError {
                try fail(next, name, error.problems.joined(separator: "; "), store, done)
            } catch let error as ContractError {
                try fail(next, name, error.description, store, done)
            }
        }
    }

    private func fail(
        _ next: ScheduledConfirmation, _ name: String, _ problem: String, _ store: BulkConfirmationStore,
        _ done: (BulkConfirmation) -> Void
    ) throws {
        try store.set(.failed, of: next.invoiceId, problem: problem)
        done(.failed(name, problem))
    }

    private func schedule(_ invoices: [String], on date: CalendarDate, done: (BulkConfirmation) -> Void) throws {
        let headers = try LineDetailStore(connection: connection).headers(named: invoices)
        let byNumber = Dictionary(grouping: headers, by: \.draft.invoiceNumber)
        let byId = Dictionary(uniqueKeysWithValues: headers.map { ($0.draft.invoiceId, $0) })
        var ids: [GUID] = []
        for invoice in invoices {
            let found = GUID(invoice).flatMap { byId[$0] }.map { [$0] } ?? byNumber[invoice] ?? []
            switch found.count {
            case 0: done(.failed(invoice, "there is no such invoice; ledgerbus dataverse invoices lists them"))
            case 1: ids.append(found[0].draft.invoiceId)
            default: done(.failed(invoice, "\(found.count) invoices have this number; name its id"))
            }
        }
        try BulkConfirmationStore(connection: connection).schedule(ids, on: date)
    }

    private static let lockKey: Int64 = 0x6275_6c6b_636f_6e66
}

extension BulkConfirmation {
    fileprivate static func failed(_ invoice: String, _ problem: String) -> BulkConfirmation {
        BulkConfirmation(
            invoice: invoice, status: .failed, lines: nil, amount: nil, accountingDate: nil, wasConfirmedBefore: false,
            problem: problem)
    }
}

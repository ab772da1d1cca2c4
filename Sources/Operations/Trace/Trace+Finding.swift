public import Bus
import Contracts
import Database
import Dataverse
import Finance

extension Trace {
    /// What an id is of: an invoice's, actual's or event's id, a proforma's, proposal's, customer invoice's or journal's
    /// number, or a voucher.
    ///
    /// - returns: none when no source that answers knows it.
    /// - throws: `DatabaseError`.
    public static func subjects(of id: String, _ sources: [TraceSource]) throws -> [Subject] {
        var subjects: [Subject] = []
        func add(_ found: [Subject]) {
            let new = found.filter { !subjects.contains($0) }
            subjects += new
        }
        for source in sources {
            guard let connection = source.connection else { continue }
            switch source.side {
            case .dataverse:
                let match = try DataverseTrace.match(id, connection)
                add(match.invoices.map(Subject.invoice) + (match.actual.map { [Subject.actual($0)] } ?? []))
            case .finance:
                let match = try FinanceTrace.match(id, connection)
                add(
                    match.invoices.map(Subject.invoice) + match.actuals.map(Subject.actual)
                        + match.journals.map { Subject.journal($0.company, $0.number) })
            }
        }
        guard subjects.isEmpty, let guid = GUID(id) else { return subjects }
        for source in sources {
            guard let connection = source.connection,
                let message = try TracedMessages.find(.event(guid), since: nil, on: connection).first
            else { continue }
            return Self.subjects(ofKey: String(decoding: message.key, as: UTF8.self), topic: message.topic, connection)
        }
        return []
    }

    /// What a message that did not take effect is about.
    ///
    /// - returns: none when there is no such message, or its key says nothing.
    /// - throws: `DatabaseError`.
    public static func subjects(
        ofError number: Int64, _ kind: ErrorList.Kind, prefix: String, _ side: Side, _ sources: [TraceSource]
    ) throws -> [Subject] {
        guard let connection = sources.first(where: { $0.side == side })?.connection,
            let error = try ErrorList.Entry.load(connection, prefix: prefix, number: number, kind: kind),
            let key = error.key
        else { return [] }
        return subjects(ofKey: key, topic: error.topic, connection)
    }

    private static func subjects(ofKey key: String, topic: String, _ connection: Connection) -> [Subject] {
        switch TopicName(rawValue: topic) {
        case .invoiceConfirmed, .invoicePosted: GUID(key).map { [Subject.invoice($0)] } ?? []
        case .actualCreated, .accountingDetail, .transactionConnected: GUID(key).map { [Subject.actual($0)] } ?? []
        case .postingRequested, nil:
            if let slash = key.firstIndex(of: "/"), let company = Company(String(key[..<slash])) {
                (try? FinanceTrace.match(String(key[key.index(after: slash)...]), connection)).map { match in
                    match.invoices.map(Subject.invoice)
                        + match.journals.filter { $0.company == company }.map { Subject.journal($0.company, $0.number) }
                } ?? []
            } else {
                []
            }
        }
    }
}

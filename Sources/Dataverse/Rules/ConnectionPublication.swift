import Contracts

/// What becomes of a captured connection of two actuals: it goes to the company of its first one.
enum ConnectionPublication: Hashable, Sendable {
    case waiting(WaitingReason)
    case published(TransactionConnected)

    /// - parameters:
    ///   - first: its first actual; nil when it is not here yet.
    ///   - company: the company of that.
    init(_ connection: TransactionConnection, first: ActualOwnership?, company: Company?) {
        guard let first else {
            self = .waiting(WaitingReason(.actual, connection.transaction1Id))
            return
        }
        guard let company else {
            self = .waiting(WaitingReason(.company, first.contractingUnitId))
            return
        }
        self = .published(
            TransactionConnected(
                connectionId: connection.connectionId, rowVersion: connection.rowVersion, company: company,
                transaction1Id: connection.transaction1Id, transaction1Role: connection.transaction1Role,
                transaction1Type: connection.transaction1Type, transaction2Id: connection.transaction2Id,
                transaction2Role: connection.transaction2Role, transaction2Type: connection.transaction2Type))
    }
}

extension TransactionConnection {
    /// Whether both transactions are actuals: Finance takes no others (`domain.md` §3).
    var isBetweenActuals: Bool {
        transaction1Type == ConnectedTable.actual.rawValue && transaction2Type == ConnectedTable.actual.rawValue
    }
}

public import Bus
import Contracts
public import Database

extension ErrorGroup {
    /// What is captured and not published, by what it waits for.
    ///
    /// - throws: `DatabaseError`.
    public static func waiting(on connection: Connection) throws -> [ErrorGroup] {
        try WaitingRows.List.allCases.flatMap { list in
            try WaitingRows(list, connection: connection).causes().map { cause in
                ErrorGroup(
                    .dataverse, .waitingRow, cause: "\(list.title): \(cause.example.reason.waitingFor.rawValue)",
                    count: cause.count, oldest: nil, oldestSeconds: nil, example: cause.example.id.description,
                    reason: cause.example.reason.sentence, cure: cause.example.reason.waitingFor.cure)
            }
        }.sorted { ($1.count, $0.cause) < ($0.count, $1.cause) }
    }
}

import Bus
import Contracts
import Database

/// Carries out changes of milestones, a chunk at a time, within a transaction.
final class MilestoneChanger {
    private let connection: Connection
    private let hash: SHA256
    private let precisions: [GUID: Int]
    private(set) var outcomes: [RowOutcome] = []
    private var chunk: [(row: Int, wish: MilestoneRequest.Wish)] = []
    /// What the chunk is about: changes of one milestone come one after the other.
    private var chunkIds: Set<GUID> = []

    private static let chunkSize = 1_000

    /// - throws: `DatabaseError`; `SHA256Unavailable`.
    init(connection: Connection) throws {
        self.connection = connection
        hash = try SHA256()
        precisions = Dictionary(
            uniqueKeysWithValues: try CompanyStore(connection: connection).currencies().map {
                ($0.currencyId, Int($0.precision))
            })
    }

    /// - throws: `DatabaseError`.
    func add(_ row: Int, _ request: MilestoneRequest) throws {
        let id = request.wish.id
        if chunk.count == Self.chunkSize || chunkIds.contains(id) { try flush() }
        chunk.append((row, request.wish))
        chunkIds.insert(id)
    }

    /// - throws: `DatabaseError`.
    func flush() throws {
        guard !chunk.isEmpty else { return }
        let lines = try ContractStore(connection: connection).lineFacts(
            of: chunk.compactMap(\.wish.contractLineId), precisions)
        let changeable = try MilestoneStore(connection: connection).changeable(chunk.map(\.wish.id))
        var schedules: [(row: Int, id: GUID, milestones: [Milestone])] = []
        var (changed, parts): ([Milestone], [(part: Milestone, of: GUID)]) = ([], [])
        for (row, wish) in chunk {
            do throws(RequestProblem) {
                switch wish {
                case .schedule(let schedule):
                    let facts = lines[schedule.contractLineId] ?? ContractLineFacts()
                    schedules.append((row, schedule.scheduleId, try schedule.milestones(facts, hash)))
                case .change(let id, let change):
                    guard let outcome = try outcome(of: change, changeable[id], id) else {
                        outcomes.append(RowOutcome(row: row, key: "\(id)", .unchanged))
                        continue
                    }
                    changed.append(outcome.header)
                    if let part = outcome.part { parts.append((part, id)) }
                    outcomes.append(
                        RowOutcome(row: row, key: "\(id)", .done, outcome.part.map { "ready: \($0.milestoneId)" }))
                }
            } catch {
                outcomes.append(RowOutcome(row: row, key: "\(wish.id)", .refused, error.description))
            }
        }
        let store = MilestoneStore(connection: connection)
        try store.update(changed)
        try store.insert(parts.map(\.part) + newMilestones(of: schedules))
        try store.note(parts: parts.map(\.part.milestoneId), of: parts.map(\.of))
        chunk.removeAll(keepingCapacity: true)
        chunkIds.removeAll(keepingCapacity: true)
    }

    private func outcome(
        of change: MilestoneChange, _ facts: ChangeableMilestone?, _ id: GUID
    ) throws(RequestProblem) -> MilestoneChange.Outcome? {
        guard let facts else {
            throw RequestProblem("there is no milestone \(id); load msdyn_contractlinescheduleofvalues")
        }
        return try change.outcome(
            of: facts.milestone, parts: facts.parts, precision: facts.precision, on: facts.draftNumber, hash)
    }

    /// The milestones of schedules that are not made yet.
    private func newMilestones(of schedules: [(row: Int, id: GUID, milestones: [Milestone])]) throws -> [Milestone] {
        let known = try MilestoneStore(connection: connection).known(
            schedules.flatMap { $0.milestones.map(\.milestoneId) })
        var new: [Milestone] = []
        for (row, id, milestones) in schedules {
            let isKnown = milestones.contains { known.contains($0.milestoneId) }
            if !isKnown { new += milestones }
            let said = milestones.map { "\($0.milestoneId): \($0.amount ?? .zero)" }.joined(separator: ", ")
            outcomes.append(
                RowOutcome(row: row, key: "\(id)", isKnown ? .unchanged : .done, isKnown ? "it has been made" : said))
        }
        return new
    }
}

extension MilestoneRequest.Wish {
    /// The schedule's or the milestone's.
    fileprivate var id: GUID {
        switch self {
        case .schedule(let schedule): schedule.scheduleId
        case .change(let id, _): id
        }
    }

    fileprivate var contractLineId: GUID? {
        switch self {
        case .schedule(let schedule): schedule.contractLineId
        case .change: nil
        }
    }
}

import Bus
import Contracts
import Database

/// Drafts journal lines of staged rows under one set-up, and says of which rows none can be made.
struct JournalDrafting {
    let company: Company
    let connection: Connection
    let setup: FinanceSetup
    /// Whether every row that says nothing of what it takes back is looked up among the connections, and not only those
    /// that say that they take something back.
    var learnsAll = false

    struct Drafts {
        var lines: [JournalLineDraft] = []
        /// What kind of journal lines go to, by their actuals; those that are not named, to an integration journal.
        var kinds: [GUID: JournalKind] = [:]
        var blocked: [(actualId: GUID, blockage: Blockage)] = []

        fileprivate mutating func append(
            _ actual: ActualCreated, _ parameters: ProjectParameters,
            _ draft: (JournalKind) throws(Blockage) -> JournalLineDraft
        ) {
            let kind = JournalKind(of: actual, beginningBalanceDate: parameters.beginningBalanceDate)
            do throws(Blockage) {
                lines.append(try draft(kind))
                if kind != .integration { kinds[actual.actualId] = kind }
            } catch {
                blocked.append((actual.actualId, error))
            }
        }
    }

    /// Drafts the lines. What takes another row back comes last, the oldest first: the other may be in the same chunk.
    ///
    /// - throws: `DatabaseError`.
    func draft(_ staged: [ActualCreated]) throws -> Drafts {
        var drafts = try draftBySetup(staged)
        try takeEdits(&drafts.lines)
        return drafts
    }

    /// Gives lines the sales tax groups that a person gave them (`domain.md` §6.10.9).
    private func takeEdits(_ lines: inout [JournalLineDraft]) throws {
        let store = SalesTaxEditStore(company: company, connection: connection)
        guard !lines.isEmpty, try store.hasAny() else { return }
        let edits = try store.groups(of: lines.map(\.actualId))
        guard !edits.isEmpty else { return }
        var unknown: [(actualId: GUID, group: String)] = []
        for index in lines.indices {
            guard let groups = edits[lines[index].actualId] else { continue }
            if let group = setup.unknownGroup(of: groups) {
                unknown.append((lines[index].actualId, group))
            } else {
                lines[index].salesTaxGroup = groups.salesTaxGroup
                lines[index].itemSalesTaxGroup = groups.itemSalesTaxGroup
            }
        }
        try store.forgetUnknown(unknown)
    }

    private func draftBySetup(_ staged: [ActualCreated]) throws -> Drafts {
        var drafts = Drafts()
        drafts.lines.reserveCapacity(staged.count)
        var reversals: [ActualCreated] = []
        for actual in try learned(staged) {
            guard actual.reversedActualId == nil, !ReversalRule.isOrphan(actual) else {
                reversals.append(actual)
                continue
            }
            drafts.append(actual, setup.parameters) { kind throws(Blockage) in
                try JournalLineDraft(actual, setup: setup, kind: kind)
            }
        }
        guard !reversals.isEmpty else { return drafts }
        reversals.sort { ($0.rowVersion, $0.actualId) < ($1.rowVersion, $1.actualId) }
        var reversed = ReversedRows(
            try ReversalStore(company: company, connection: connection).originals(
                reversals.compactMap(\.reversedActualId)))
        for line in drafts.lines { reversed.learn(line) }
        for actual in reversals {
            drafts.append(actual, setup.parameters) { kind throws(Blockage) in
                let line = try JournalLineDraft(
                    actual, setup: setup, reversedRates: try reversed.rates(for: actual),
                    deductsDiscountOfReversed: reversed.deductsDiscount(of: actual), kind: kind)
                reversed.learn(line)
                return line
            }
        }
        return drafts
    }

    /// What rows take back that do not say so themselves, by their connections.
    private func learned(_ staged: [ActualCreated]) throws -> [ActualCreated] {
        let unlinked = staged.filter {
            $0.reversedActualId == nil && (learnsAll || ReversalRule.isOrphan($0))
        }.map(\.actualId)
        guard !unlinked.isEmpty else { return staged }
        let originals = try StagedActualStore(connection: connection).connectedOriginals(of: unlinked)
        guard !originals.isEmpty else { return staged }
        return staged.map { actual in
            guard let original = originals[actual.actualId] else { return actual }
            var actual = actual
            actual.reversedActualId = original
            return actual
        }
    }
}

import Contracts

/// What decides on what a billed sale stands.
struct BilledSaleTraits: Hashable, Sendable {
    var billingMethod: BillingMethod
    var transactionClass: TransactionClass
    /// Whether it takes back a billed sale of an earlier invoice.
    var isCorrection: Bool
    /// Whether it says which unbilled sale it bills.
    var namesUnbilledSale: Bool

    var basis: BilledSaleBasis {
        BilledSaleBasis(
            billingMethod, transactionClass, isCorrection: isCorrection, namesUnbilledSale: namesUnbilledSale)
    }
}

/// Billed sales of the same traits whose unbilled sales are not posted, and how far those have come.
struct UnpostedSales: Hashable, Sendable {
    enum Progress: Hashable, Sendable {
        /// They have not come over the bus.
        case notArrived
        case staged
        /// Dataverse took them back.
        case withdrawn
        /// Import from staging could not take them.
        case blocked(reason: String)
        case inJournal(String)
    }

    var traits: BilledSaleTraits
    var count: Int
    var progress: Progress
}

/// Billed sales whose fees are not posted, or not with that amount, and how far those have come.
struct UnpostedFees: Hashable, Sendable {
    var count: Int
    /// The journal in which their unbilled sales are.
    var journalNumber: String?
    /// Why import from staging could not take them.
    var blockedReason: String?
    var isStaged: Bool
    /// Whether they are posted, with another amount.
    var isPosted: Bool
}

/// Corrections of the same traits, and the proposal of the invoice of the billed sales that they take back.
struct CorrectedSales: Hashable, Sendable {
    var traits: BilledSaleTraits
    var count: Int
    /// Number and status; nil when the original or its invoice has not come.
    var proposal: Reference?
    /// Whether another system posted the originals before the cut-over: there is nothing to wait for.
    var isOpening = false

    struct Reference: Hashable, Sendable {
        var number: String
        var status: ProposalStatus
    }
}

/// What the lines of an invoice still wait for, when all of them have arrived (`domain.md` §6.10.11, §9.13).
///
/// No line is added until every line is ready: one that bills an unbilled sale when that is posted, a correction when
/// the invoice of its original is posted, a milestone and a line of a fixed-price contract line at once.
struct ProposalReadiness: Hashable, Sendable {
    private(set) var waits: [Wait] = []

    var isReady: Bool { waits.isEmpty }
    var reason: String { waits.map(\.description).joined(separator: "; ") }

    /// - parameter orphans: how many take another back, and do not say which.
    init(unposted: [UnpostedSales], corrected: [CorrectedSales], orphans: Int = 0) {
        if orphans > 0 { waits.append(.connectionsToArrive(orphans)) }
        addUnbilledSales(unposted.filter { $0.traits.basis == .unbilledSale })
        addOriginals(
            corrected.filter { $0.traits.basis == .correctedSale && !$0.isOpening && $0.proposal?.status != .invoiced })
    }

    /// Billed sales that cannot be lines hold the others up.
    mutating func block(_ count: Int, _ blockage: Blockage) { waits.append(.blocked(count, blockage.reason)) }

    /// Billed sales each with a reason of its own; the first is told.
    mutating func block(_ blocked: [(actualId: GUID, blockage: Blockage)]) {
        guard let first = blocked.first else { return }
        let more = blocked.count > 1 ? ", and \(blocked.count - 1) more" : ""
        waits.append(.blocked(blocked.count, "\(first.actualId)\(more): \(first.blockage.reason)"))
    }

    /// A deduction waits for its prepayment (§6.7).
    ///
    /// - parameter proposals: those that bill retainers of the contract, and are not posted.
    mutating func require(_ retainers: RetainerBalance, proposals: [String]) {
        if !retainers.isCovered { waits.append(.retainersToPost(retainers, proposals: proposals)) }
    }

    /// A fee that is a part of a line is posted by itself first; one that is not holds the whole proposal up
    /// (`domain.md` §6.10.13).
    mutating func require(_ fees: [UnpostedFees]) {
        for fee in fees {
            let wait: Wait =
                if fee.isPosted {
                    .blocked(fee.count, "the fee that was posted is of another amount; correct the fee in Dataverse")
                } else if let journal = fee.journalNumber {
                    .feesToPost(fee.count, journal: journal)
                } else if let reason = fee.blockedReason {
                    .blocked(fee.count, "the fee is blocked: \(reason)")
                } else {
                    fee.isStaged ? .feesToImport(fee.count) : .feesToArrive(fee.count)
                }
            waits.append(wait)
        }
    }

    /// The proposals that it waits to see posted.
    var awaitedProposals: [String] {
        waits.flatMap { wait in
            switch wait {
            case .originalsToPost(_, let proposals), .retainersToPost(_, let proposals): proposals
            default: [] as [String]
            }
        }
    }

    /// The company has no set-up at all.
    mutating func blockAll(_ gap: SetupGap) { waits.append(.blockedAll(gap.reason)) }

    private mutating func addUnbilledSales(_ sales: [UnpostedSales]) {
        var missing = 0
        var staged = 0
        var withdrawn = 0
        var blocked: [String: Int] = [:]
        var unposted = 0
        var journals: Set<String> = []
        for sale in sales {
            switch sale.progress {
            case .notArrived: missing += sale.count
            case .staged: staged += sale.count
            case .withdrawn: withdrawn += sale.count
            case .blocked(let reason): blocked[reason, default: 0] += sale.count
            case .inJournal(let number):
                unposted += sale.count
                journals.insert(number)
            }
        }
        if missing > 0 { waits.append(.unbilledToArrive(missing)) }
        if staged > 0 { waits.append(.unbilledToImport(staged)) }
        if withdrawn > 0 { waits.append(.unbilledWithdrawn(withdrawn)) }
        waits += blocked.sorted { $0.key < $1.key }.map { .unbilledBlocked($0.value, $0.key) }
        if unposted > 0 { waits.append(.unbilledToPost(unposted, journals: journals.sorted())) }
    }

    private mutating func addOriginals(_ corrections: [CorrectedSales]) {
        let unknown = corrections.filter { $0.proposal == nil }.reduce(0) { $0 + $1.count }
        if unknown > 0 { waits.append(.originalsToArrive(unknown)) }
        let known = corrections.filter { $0.proposal != nil }
        guard !known.isEmpty else { return }
        waits.append(
            .originalsToPost(
                known.reduce(0) { $0 + $1.count }, proposals: Set(known.compactMap(\.proposal?.number)).sorted()))
    }
}

extension ProposalReadiness {
    /// One thing that lines wait for, and how many lines do.
    enum Wait: Hashable, Sendable, CustomStringConvertible {
        case unbilledToArrive(Int)
        case unbilledToImport(Int)
        case unbilledWithdrawn(Int)
        case unbilledBlocked(Int, String)
        case unbilledToPost(Int, journals: [String])
        case connectionsToArrive(Int)
        case originalsToArrive(Int)
        case originalsToPost(Int, proposals: [String])
        case retainersToPost(RetainerBalance, proposals: [String])
        case feesToArrive(Int)
        case feesToImport(Int)
        case feesToPost(Int, journal: String)
        case blocked(Int, String)
        case blockedAll(String)

        var description: String {
            switch self {
            case .unbilledToArrive(let count): "waiting for \(counted(count, "unbilled sale")) to arrive"
            case .unbilledToImport(let count): "waiting for \(counted(count, "unbilled sale")) to be imported"
            case .unbilledWithdrawn(let count):
                "\(counted(count, "unbilled sale")) withdrawn: Skip Sync was set in Dataverse, where it is to be corrected"
            case .connectionsToArrive(let count):
                "waiting for the connection of \(counted(count, "correction")), which says what it takes back"
            case .unbilledBlocked(let count, let reason): "\(counted(count, "unbilled sale")) blocked: \(reason)"
            case .unbilledToPost(let count, let journals):
                "waiting for \(counted(count, "unbilled sale")) to be posted: \(named(journals, "journal"))"
            case .originalsToArrive(let count):
                "waiting for the invoice of \(counted(count, "corrected billed sale")) to arrive"
            case .originalsToPost(let count, let proposals):
                "waiting for the invoice of \(counted(count, "corrected billed sale")) to be posted: "
                    + named(proposals, "proposal")
            case .retainersToPost(let retainers, let proposals):
                "waiting for a retainer to be posted: "
                    + (proposals.isEmpty ? "" : named(proposals, "proposal") + "; ") + retainers.reason
            case .feesToArrive(let count): "waiting for the fee of \(counted(count, "billed sale")) to arrive"
            case .feesToImport(let count): "waiting for the fee of \(counted(count, "billed sale")) to be imported"
            case .feesToPost(let count, let journal):
                "waiting for the fee of \(counted(count, "billed sale")) to be posted: journal \(journal)"
            case .blocked(let count, let reason): "\(counted(count, "billed sale")) blocked: \(reason)"
            case .blockedAll(let reason): reason
            }
        }
    }
}

/// `1 billed sale`, `2 billed sales`.
private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// `journals USPM-000001, USPM-000002`; of many, the first.
private func named(_ numbers: [String], _ noun: String) -> String {
    let most = 5
    let rest = numbers.count - most
    return (numbers.count == 1 ? noun : noun + "s") + " " + numbers.prefix(most).joined(separator: ", ")
        + (rest > 0 ? " and \(rest) more" : "")
}

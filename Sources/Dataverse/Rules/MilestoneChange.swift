import Contracts

/// What is done to a milestone before it is invoiced (`domain.md` §1.4, §6.6).
enum MilestoneChange: Hashable, Sendable {
    case ready
    case notReady
    /// So much of the agreed amount is done by now: the header is split into a part that is ready and a rest that is not.
    case progress(Percentage)

    /// What becomes of the milestone.
    struct Outcome: Hashable, Sendable {
        /// As it is from now on.
        var header: Milestone
        /// The part that is split off, ready.
        var part: Milestone?
    }

    /// - parameters:
    ///   - parts: what was split off the milestone before.
    ///   - draft: the number of the draft that it is on.
    /// - returns: nil when it is so already.
    /// - throws: ``RequestProblem`` when it cannot be changed: a fully invoiced milestone never (606083).
    func outcome(
        of milestone: Milestone, parts: [Money], precision: Int, on draft: String?, _ hash: SHA256
    ) throws(RequestProblem) -> Outcome? {
        switch milestone.invoiceStatus {
        case .customerInvoicePosted: throw RequestProblem("it has been invoiced, and cannot be changed")
        case .customerInvoiceCreated:
            throw RequestProblem(
                "it is on the draft \(draft ?? "of another invoice"); take it off there first (ledgerbus dataverse edit)"
            )
        case .ready, .notReady, nil: break
        }
        var header = milestone
        header.rowVersion += 1
        switch self {
        case .ready, .notReady:
            let status: MilestoneInvoiceStatus = self == .ready ? .ready : .notReady
            guard milestone.invoiceStatus != status else { return nil }
            header.invoiceStatus = status
            return Outcome(header: header)
        case .progress(let percentage):
            return try progress(percentage, header, parts: parts, precision: precision, hash)
        }
    }

    private func progress(
        _ percentage: Percentage, _ milestone: Milestone, parts: [Money], precision: Int, _ hash: SHA256
    ) throws(RequestProblem) -> Outcome? {
        guard let rest = milestone.amount else { throw RequestProblem("it has no amount") }
        guard milestone.invoiceStatus != .ready else {
            throw RequestProblem("all of it is ready; make it not ready before a part of it is")
        }
        guard percentage > .zero, percentage <= Percentage(100) else {
            throw RequestProblem("progress is \(percentage), and has to be more than 0 and at most 100")
        }
        let before = parts.reduce(Money.zero, +)
        guard let done = try? (before + rest).part(percentage, precision: precision) else {
            throw RequestProblem("its amount is too large")
        }
        guard done != before else { return nil }
        guard done > before else {
            throw RequestProblem("\(before) of it is ready or invoiced already, and progress would make it \(done)")
        }
        var header = milestone
        guard percentage < Percentage(100) else {
            header.invoiceStatus = .ready
            return Outcome(header: header)
        }
        var part = milestone
        part.milestoneId = hash.digest("\(milestone.milestoneId)/progress/\(percentage)").guid
        part.rowVersion = 1
        part.amount = done - before
        part.invoiceStatus = .ready
        header.amount = rest - (done - before)
        header.invoiceStatus = .notReady
        return Outcome(header: header, part: part)
    }
}

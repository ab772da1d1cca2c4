import Bus
import Contracts
import Database

/// Whether all billed sales of an invoice have arrived, as its control totals say (design §4).
struct ProposalControl {
    let proposal: ProposalToImport
    let connection: Connection

    /// How many billed sales have arrived, by the counts that staging keeps.
    func arrivedCount() throws -> Int {
        try connection.query(
            """
            SELECT coalesce(sum(count), 0)::bigint FROM invoice_arrivals WHERE data_area_id = $1 AND invoice_id = $2
            """, proposal.company, proposal.invoiceId
        ).single().int(0)
    }

    /// What does not agree; nil when all do. The rows are summed only when their number is right, and once.
    func disagreement() throws -> String? {
        let arrived = try arrivedCount()
        let expected = proposal.totals.count
        if arrived < expected { return "waiting for \(expected - arrived) of \(expected) billed sales" }
        if arrived > expected {
            return "\(arrived) billed sales arrived, and \(expected) were confirmed: waiting for the confirmation that "
                + "names them all"
        }
        guard proposal.agreedVersion != proposal.totalsVersion else { return nil }
        if let mismatch = try sum().mismatch(with: proposal.totals) { return mismatch }
        try connection.execute(
            "UPDATE invoice_proposals SET agreed_version = totals_version WHERE data_area_id = $1 AND invoice_id = $2",
            proposal.company, proposal.invoiceId)
        return nil
    }

    private func sum() throws -> ControlTotals {
        let lanes = (1...ControlDigest.laneCount).map { "coalesce(sum(digest_lanes[\($0)]), 0)::bigint" }
        let row = try connection.query(
            """
            SELECT count(*), coalesce(sum(amount), 0)::numeric(38, 4), \(lanes.joined(separator: ", "))
            FROM actuals_staging
            WHERE data_area_id = $1 AND invoice_id = $2 AND transaction_type = 'Billed Sales'
            """, proposal.company, proposal.invoiceId
        ).single()
        var digest = ControlDigest()
        for lane in 0..<ControlDigest.laneCount {
            digest.lanes[lane] = UInt32(truncatingIfNeeded: try row.int64(2 + lane))
        }
        return ControlTotals(count: try row.int(0), amount: try row.money(1), digest: digest)
    }
}

extension ControlTotals {
    /// How these totals of what arrived differ from those that were confirmed; nil when they don't.
    func mismatch(with confirmed: ControlTotals) -> String? {
        guard self != confirmed else { return nil }
        var parts = ["count \(count) \(count == confirmed.count ? "=" : "≠") \(confirmed.count)"]
        parts.append(
            "amount \(amount.shortText) \(amount == confirmed.amount ? "=" : "≠") \(confirmed.amount.shortText)")
        if count == confirmed.count, amount == confirmed.amount {
            parts.append("the digests differ: it is not the same rows, or not with the same amounts")
        }
        return "billed sales do not agree with the control totals: \(parts.joined(separator: ", "))"
    }
}

extension Money {
    /// With two decimal places where that is all there is: `1600.00`.
    var shortText: String {
        let text = description
        return text.hasSuffix("00") ? String(text.dropLast(2)) : text
    }
}

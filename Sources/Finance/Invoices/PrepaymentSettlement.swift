import Bus
import Contracts
import Database

/// What a line of an invoice took of a prepayment that stands on account, or gave back to it: a row of
/// `prepayment_settlements` (`domain.md` §6.7, §9.11).
struct PrepaymentSettlement: Record {
    var company: Company
    /// The prepayment, and the line that settles some of it: a deduction, or a credit.
    var prepaymentActualId: GUID
    var settlingActualId: GUID
    var proposalNumber: String
    /// What it took; negative when it gave it back.
    var amount: PostedAmount

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PrepaymentSettlement(
            company: try column("data_area_id", row?.company),
            prepaymentActualId: try column("prepayment_actual_id", row?.prepaymentActualId),
            settlingActualId: try column("settling_actual_id", row?.settlingActualId),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            amount: try column.record("", row?.amount))
    }
}

extension PostingRates: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PostingRates(
            accounting: try column("exchange_rate", row?.accounting),
            reporting: try column("reporting_exchange_rate", row?.reporting))
    }
}

extension PostedAmount: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PostedAmount(
            amount: try column("amount", row?.amount), accounting: try column("accounting_amount", row?.accounting),
            reporting: try column("reporting_amount", row?.reporting))
    }
}

/// What of prepayments is settled: `prepayment_settlements`.
struct PrepaymentSettlementStore {
    let company: Company
    let connection: Connection

    func write(_ settlements: CopyRows) throws {
        try connection.copy(settlements, of: PrepaymentSettlement.self, into: "prepayment_settlements")
    }

    /// The prepayments of a contract that stand on account in a currency, of posted invoices, the oldest first.
    func standing(of contract: String, currency: CurrencyCode) throws -> [StandingPrepayments.Prepayment] {
        try connection.records(
            StandingPrepayments.Prepayment.self,
            """
            SELECT booked.actual_id, line.unbilled_actual_id, booking.revenue_posting_type, booking.revenue_account,
                booking.project_number, booked.exchange_rate, booked.reporting_exchange_rate,
                booked.amount - settled.amount AS amount,
                booked.accounting_amount - settled.accounting_amount AS accounting_amount,
                booked.reporting_amount - settled.reporting_amount AS reporting_amount
            FROM project_invoices invoice
            JOIN on_account_transactions booked USING (data_area_id, proposal_number)
            JOIN invoice_proposal_lines line USING (data_area_id, actual_id)
            JOIN project_invoice_lines posted
                ON posted.data_area_id = line.data_area_id AND posted.proposal_number = line.proposal_number
                AND posted.line_number = line.line_number
            JOIN project_invoice_bookings booking
                ON booking.data_area_id = posted.data_area_id AND booking.proposal_number = posted.proposal_number
                AND booking.booking_number = posted.booking_number
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(amount), 0) AS amount, coalesce(sum(accounting_amount), 0) AS accounting_amount,
                    coalesce(sum(reporting_amount), 0) AS reporting_amount
                FROM prepayment_settlements s
                WHERE s.data_area_id = booked.data_area_id AND s.prepayment_actual_id = booked.actual_id
            ) settled
            WHERE invoice.data_area_id = $1 AND invoice.contract_number = $2 AND booked.currency = $3
                AND booked.transaction_origin = \(OnAccountOrigin.prepayment.sql) AND booked.amount > 0
                AND booked.amount <> settled.amount
            ORDER BY invoice.invoice_date, invoice.posted_at, booked.actual_id
            """, company, contract, currency)
    }

    /// What some deductions took, by the deduction, less what credits of them have given back.
    func taken(by deductions: [GUID]) throws -> [GUID: [StandingPrepayments.Share]] {
        let rows = try connection.records(
            TakenShare.self,
            """
            SELECT taken.deduction, taken.prepayment_actual_id, booking.revenue_posting_type, booking.revenue_account,
                booking.project_number, booked.exchange_rate, booked.reporting_exchange_rate, taken.amount,
                taken.accounting_amount, taken.reporting_amount
            FROM (
                SELECT coalesce(line.reversed_actual_id, s.settling_actual_id) AS deduction, s.prepayment_actual_id,
                    sum(s.amount) AS amount, sum(s.accounting_amount) AS accounting_amount,
                    sum(s.reporting_amount) AS reporting_amount
                FROM prepayment_settlements s
                JOIN invoice_proposal_lines line
                    ON line.data_area_id = s.data_area_id AND line.actual_id = s.settling_actual_id
                WHERE s.data_area_id = $1
                    AND (line.actual_id = ANY ($2) OR line.reversed_actual_id = ANY ($2))
                GROUP BY 1, 2
            ) taken
            JOIN on_account_transactions booked
                ON booked.data_area_id = $1 AND booked.actual_id = taken.prepayment_actual_id
            JOIN invoice_proposal_lines line
                ON line.data_area_id = booked.data_area_id AND line.actual_id = booked.actual_id
            JOIN project_invoice_lines posted
                ON posted.data_area_id = line.data_area_id AND posted.proposal_number = line.proposal_number
                AND posted.line_number = line.line_number
            JOIN project_invoice_bookings booking
                ON booking.data_area_id = posted.data_area_id AND booking.proposal_number = posted.proposal_number
                AND booking.booking_number = posted.booking_number
            ORDER BY taken.deduction, taken.prepayment_actual_id
            """, company, deductions)
        return Dictionary(grouping: rows, by: \.deduction).mapValues { $0.map(\.share) }
    }
}

private struct TakenShare: Record {
    var deduction: GUID
    var share: StandingPrepayments.Share

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TakenShare(deduction: try column("deduction", row?.deduction), share: try column.record("", row?.share))
    }
}

/// The account on which a prepayment stands.
private struct PrepaymentAccount: Record {
    var account: LedgerAccount

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PrepaymentAccount(
            account: LedgerAccount(
                postingType: try column("revenue_posting_type", row?.account.postingType),
                mainAccount: try column("revenue_account", row?.account.mainAccount),
                projectNumber: try column("project_number", row?.account.projectNumber)))
    }
}

extension StandingPrepayments.Prepayment: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        StandingPrepayments.Prepayment(
            actualId: try column("actual_id", row?.actualId),
            unbilledActualId: try column("unbilled_actual_id", row?.unbilledActualId),
            account: try column.record("", row.map { PrepaymentAccount(account: $0.account) }).account,
            rates: try column.record("", row?.rates),
            standing: try column.record("", row?.standing))
    }
}

extension StandingPrepayments.Share: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        StandingPrepayments.Share(
            prepaymentActualId: try column("prepayment_actual_id", row?.prepaymentActualId),
            account: try column.record("", row.map { PrepaymentAccount(account: $0.account) }).account,
            rates: try column.record("", row?.rates),
            amount: try column.record("", row?.amount))
    }
}

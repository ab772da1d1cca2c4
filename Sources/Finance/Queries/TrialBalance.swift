import Bus
public import Contracts
public import Database

/// The currencies in which every company, or a company that has one, keeps its ledger.
public enum LedgerCurrency: String, Sendable, CaseIterable {
    case accounting
    case reporting

    fileprivate var amount: String { "\(rawValue)_amount" }
    fileprivate var currency: String { "\(rawValue)_currency" }
}

/// A trial balance: what stood on each main account before a period, what was booked in it, and what stands after it.
public struct TrialBalance: Sendable {
    /// An account in a period. Debit positive, credit negative, but for ``debit`` and ``credit``, which are as they are
    /// called.
    public struct Line: Hashable, Sendable, Encodable {
        public let company: Company
        /// The first day of the period; nil when there is only one.
        public let period: CalendarDate?
        public let account: String
        /// What its entries stand for.
        public let postingTypes: String
        public let currency: CurrencyCode
        public let opening: Money
        public let debit: Money
        public let credit: Money
        public let closing: Money
    }

    /// A company's accounts together in a period.
    public struct Total: Hashable, Sendable, Encodable {
        public let company: Company
        public let period: CalendarDate?
        public let currency: CurrencyCode
        public internal(set) var opening: Money
        public internal(set) var debit: Money
        public internal(set) var credit: Money
        public internal(set) var closing: Money

        /// Whether it balances, as it must.
        public var isBalanced: Bool { opening == .zero && debit == credit && closing == .zero }
    }

    public let lines: [Line]
    public let totals: [Total]

    /// - parameters:
    ///   - scope: by accounting date; what was booked before its first day is in the opening balance.
    ///   - period: into which its days are divided.
    ///   - currency: companies that have no such currency are left out.
    /// - throws: `DatabaseError`.
    public init(
        _ scope: ReportScope, per period: ReportPeriod, in currency: LedgerCurrency = .accounting,
        on connection: Connection
    ) throws {
        self.init(try LedgerStore(connection: connection).movements(scope, per: period, in: currency))
    }

    /// - parameter movements: in any order.
    init(_ movements: [LedgerMovement]) {
        var lines: [Line] = []
        var totals: [Total] = []
        for (_, movements) in Dictionary(grouping: movements, by: \.company).sorted(by: { $0.key < $1.key }) {
            var standing: [String: Money] = [:]
            for before in movements where before.isBefore { standing[before.account, default: .zero] += before.balance }
            let types = Dictionary(movements.map { ($0.account, Set([$0.postingType])) }) { $0.union($1) }
            let periods = Dictionary(grouping: movements.filter { !$0.isBefore }, by: \.period)
            guard let first = movements.first else { continue }
            // Nothing was booked in the days that are asked for: the balances are still there.
            let sorted = periods.isEmpty ? [(key: CalendarDate?.none, value: [])] : periods.sorted(by: Self.isEarlier)
            for (period, booked) in sorted {
                let booked = Dictionary(grouping: booked, by: \.account)
                var total = Total(
                    company: first.company, period: period, currency: first.currency, opening: .zero, debit: .zero,
                    credit: .zero, closing: .zero)
                for account in Set(standing.keys).union(booked.keys).sorted() {
                    let opening = standing[account] ?? .zero
                    let debit = booked[account]?.reduce(.zero) { $0 + $1.debit } ?? .zero
                    let credit = booked[account]?.reduce(.zero) { $0 + $1.credit } ?? .zero
                    let closing = opening + debit - credit
                    standing[account] = closing
                    guard opening != .zero || debit != .zero || credit != .zero else { continue }
                    lines.append(
                        Line(
                            company: first.company, period: period, account: account,
                            postingTypes: (types[account] ?? []).map(\.label).sorted().joined(separator: ", "),
                            currency: first.currency, opening: opening, debit: debit, credit: credit,
                            closing: closing))
                    total.opening += opening
                    total.debit += debit
                    total.credit += credit
                    total.closing += closing
                }
                totals.append(total)
            }
        }
        (self.lines, self.totals) = (lines, totals)
    }

    private static func isEarlier<Value>(
        _ left: (key: CalendarDate?, value: Value), _ right: (key: CalendarDate?, value: Value)
    ) -> Bool {
        (left.key ?? .first) < (right.key ?? .first)
    }
}

/// What was booked on an account in a period, or before the first.
struct LedgerMovement: Record, Hashable {
    var company: Company
    var account: String
    var period: CalendarDate?
    /// Whether it was booked before the days that are asked for.
    var isBefore: Bool
    var postingType: PostingType
    var currency: CurrencyCode
    var debit: Money
    /// Positive.
    var credit: Money

    var balance: Money { debit - credit }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LedgerMovement(
            company: try column("data_area_id", row?.company),
            account: try column("main_account", row?.account),
            period: try column("period", row?.period),
            isBefore: try column("is_before", row?.isBefore),
            postingType: try column("posting_type", row?.postingType),
            currency: try column("currency", row?.currency),
            debit: try column("debit", row?.debit),
            credit: try column("credit", row?.credit))
    }
}

extension LedgerStore {
    /// What was booked, by company, account, posting type and period, in one pass over the entries up to the scope's last
    /// day.
    func movements(
        _ scope: ReportScope, per period: ReportPeriod, in currency: LedgerCurrency
    ) throws -> [LedgerMovement] {
        try connection.records(
            LedgerMovement.self,
            """
            WITH entry AS (
                SELECT entry.data_area_id, main_account, posting_type, \(currency.amount) AS amount,
                    coalesce(accounting_date < $3::date, false) AS is_before,
                    CASE WHEN accounting_date < $3::date THEN NULL
                        ELSE \(period.sql(of: "accounting_date", company: "entry.data_area_id")) END AS period
                FROM ledger_entries entry WHERE \(ReportScope.upToEnd("entry", date: "accounting_date"))
            )
            SELECT data_area_id, main_account, posting_type, period, is_before,
                company.\(currency.currency) AS currency,
                coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::numeric(38, 4) AS debit,
                coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)::numeric(38, 4) AS credit
            FROM entry JOIN companies company USING (data_area_id)
            WHERE company.\(currency.currency) IS NOT NULL
            GROUP BY data_area_id, main_account, posting_type, period, is_before, company.\(currency.currency)
            """, scope.company, scope.to, scope.from)
    }
}

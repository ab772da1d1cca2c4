import Bus
import Contracts
import Finance
import Terminal

struct VoucherCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voucher", abstract: "Show a voucher: what it is of, and its ledger entries.",
        examples: [
            "ledgerbus finance voucher PSV-000000012", "ledgerbus finance voucher PSV-000000012 --company usmf --csv",
        ])

    @Argument(help: "The voucher's number.") var number: String
    @Option(help: "Only this company's.") var company: Company?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: ReportOptions

    private struct Total: Encodable {
        let company: Company
        let voucher: String
        /// What the voucher is of; null when no journal's line and no invoice has it.
        let source: VoucherSource?
        var entries = 0
        var debit = Money.zero
        var credit = Money.zero
        var accountingDebit = Money.zero
        var accountingCredit = Money.zero

        init(_ company: Company, _ voucher: String, _ sources: [VoucherSource]) {
            self.company = company
            self.voucher = voucher
            source = sources.first { $0.company == company }
        }

        mutating func add(_ entry: LedgerEntry) {
            entries += 1
            debit += entry.amount.debit ?? .zero
            credit += entry.amount.credit ?? .zero
            accountingDebit += entry.accountingAmount.debit ?? .zero
            accountingCredit += entry.accountingAmount.credit ?? .zero
        }
    }

    func run() throws {
        let lookup = VoucherLookup(try Side.finance.connect(configuration.reader()))
        let sources = try lookup.sources(of: number, company: company)
        if output.format == .text { for source in sources { StandardStream.output.print("\(Self.sentence(source))") } }
        var totals = Dictionary(sources.map { ($0.company, Total($0.company, number, sources)) }) { first, _ in first }
        var report = Report(columns: Self.columns, as: output.format, empty: "It has no ledger entries.")
        try lookup.forEachEntry(of: number, company: company) { entry in
            totals[entry.company, default: Total(entry.company, number, sources)].add(entry)
            try report.append(entry)
        }
        guard !totals.isEmpty else {
            let gap = try lookup.gap(of: number, company: company)
            throw CommandFailure(
                gap.map { "There is no voucher \(number); its number is not in use: \($0)." }
                    ?? "There is no voucher \(number).")
        }
        try report.finish(totals: totals.values.sorted { $0.company < $1.company })
    }

    private static func sentence(_ source: VoucherSource) -> String {
        let document =
            switch source.kind {
            case .proposal:
                "customer invoice \(source.customerInvoiceNumber ?? "") of proposal \(source.number), customer "
                    + (source.customerAccount ?? "")
            case .journal:
                "line \(source.lineNumber ?? 0) of journal \(source.number): \(source.transactionType?.rawValue ?? "") of "
                    + "project \(source.projectNumber ?? ""), actual \(source.actualId?.description ?? "")"
            case .accruedRevenueJournal: "journal \(source.number), which corrects accrued revenue"
            }
        return "\(source.company) \(source.voucher) of \(source.accountingDate): \(document)"
            + (source.isPosted ? "." : "; not posted yet.")
    }

    private static var columns: [ReportColumn<LedgerEntry, Total>] {
        [
            .text("company", { $0.company.rawValue }, total: { $0.company.rawValue }),
            .text("voucher", { $0.voucher }, total: { $0.voucher }),
        ]
            + LedgerEntry.columns(
                debit: { $0.debit }, credit: { $0.credit }, accountingDebit: { $0.accountingDebit },
                accountingCredit: { $0.accountingCredit })
    }
}

extension LedgerEntry {
    /// The columns of an entry, with sums under them.
    static func columns<Total>(
        debit: @escaping @Sendable (Total) -> Money?, credit: @escaping @Sendable (Total) -> Money?,
        accountingDebit: @escaping @Sendable (Total) -> Money?, accountingCredit: @escaping @Sendable (Total) -> Money?
    ) -> [ReportColumn<LedgerEntry, Total>] {
        [
            .text("date", { $0.accountingDate.description }),
            .text("account", { $0.mainAccount }, total: { _ in "total" }),
            .text("posting type", { $0.postingType.label }), .text("project", { $0.projectNumber }),
            .decimal("debit", { $0.amount.debit?.plain }, total: { debit($0)?.plain }),
            .decimal("credit", { $0.amount.credit?.plain }, total: { credit($0)?.plain }),
            .text("currency", { $0.currency.rawValue }),
            .decimal("accounting debit", { $0.accountingAmount.debit?.plain }, total: { accountingDebit($0)?.plain }),
            .decimal(
                "accounting credit", { $0.accountingAmount.credit?.plain }, total: { accountingCredit($0)?.plain }),
            .decimal("reporting debit", { $0.reportingAmount?.debit?.plain }),
            .decimal("reporting credit", { $0.reportingAmount?.credit?.plain }),
        ]
    }
}

extension Money {
    /// The amount of an entry on the debit side; nil when it is on the other.
    var debit: Money? { self > .zero ? self : nil }
    /// The amount of an entry on the credit side, positive; nil when it is on the other.
    var credit: Money? { self < .zero ? -self : nil }
}

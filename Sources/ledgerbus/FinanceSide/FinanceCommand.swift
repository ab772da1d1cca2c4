import Terminal

struct FinanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finance", abstract: "Set up Finance, import from staging, post, and see the results.",
        examples: ["ledgerbus finance import-from-staging"],
        subcommands: [
            ConfigureCommand.self, ExportCommand.self, ImportFromStagingCommand.self, JournalsCommand.self,
            ProposalsCommand.self, InvoicesCommand.self, PostCommand.self, FinanceRecountCommand.self,
            LostInvoicesCommand.self, SequencesCommand.self, AccruedRevenueCommand.self, PreviewCommand.self,
            BlockedCommand.self, PostedCommand.self, VoucherCommand.self, SubledgerCommand.self,
            WorkInProgressCommand.self, OnAccountCommand.self, TrialBalanceCommand.self, SalesTaxCommand.self,
        ])
}

import Contracts

/// Where a journal line's amount is debited and credited.
struct JournalAccounts: Hashable, Sendable {
    var debit: LedgerAccount
    var credit: LedgerAccount
}

/// How the journal lines of one kind are posted: what they book, and where (`domain.md` §6.12).
struct JournalLineBooking {
    /// Nil when the line gets a voucher and no ledger entries.
    var accounts: JournalAccounts?
    /// Whether the line becomes a project transaction.
    var makesProjectTransaction: Bool

    /// Whether the amount stands in WIP and accrued revenue until it is invoiced.
    var accrues: Bool { makesProjectTransaction && accounts?.debit.postingType == .wipSalesValue }

    /// What decides how a line is posted that reverses none, whatever its amount.
    struct Kind: Hashable {
        var transactionType: TransactionType
        var transactionClass: TransactionClass
        var projectNumber: String
        var contractNumber: String?
        var categoryId: String
        var linePropertyId: String

        init(_ line: JournalLineToPost) {
            transactionType = line.transactionType
            transactionClass = line.transactionClass
            projectNumber = line.projectNumber
            contractNumber = line.contractNumber
            categoryId = line.categoryId
            linePropertyId = line.linePropertyId
        }
    }

    /// A reversal or an original, on the accounts of the other.
    init(pairedWith accounts: JournalAccounts?, _ line: JournalLineToPost) {
        self.accounts = accounts
        makesProjectTransaction = line.transactionType.makesProjectTransaction
    }

    /// - throws: ``LineRefusal`` when a journal can have no such line, or set-up lacks something.
    init(_ kind: Kind, setup: FinanceSetup) throws(LineRefusal) {
        guard let event = LedgerEvent.ofJournalLine(kind.transactionType, kind.transactionClass) else {
            throw LineRefusal(
                .notAllowed,
                "a journal has no line of type \(kind.transactionType.rawValue) and class "
                    + kind.transactionClass.rawValue)
        }
        do throws(SetupGap) {
            if let effect = try Self.effect(event, of: kind, setup: setup) {
                // The project and the contract of a lending company's line are another company's.
                let isLent = kind.transactionType.isOfLendingCompany
                let place = PostingPlace(
                    project: isLent ? nil : kind.projectNumber, contract: isLent ? nil : kind.contractNumber,
                    category: kind.categoryId, transactionClass: kind.transactionClass)
                accounts = JournalAccounts(
                    debit: try setup.ledgerAccount(effect.debit, at: place),
                    credit: try setup.ledgerAccount(effect.credit, at: place))
            }
            makesProjectTransaction = kind.transactionType.makesProjectTransaction
        } catch {
            throw LineRefusal(error)
        }
    }

    /// Only sales ask for their line property, and only those that it accrues for their profile.
    private static func effect(
        _ event: LedgerEvent, of kind: Kind, setup: FinanceSetup
    ) throws(SetupGap) -> LedgerEffect? {
        guard event == .sales else { return LedgerEffect.of(event, under: .timeAndMaterialWithoutWIP) }
        let property = try setup.lineProperty(id: kind.linePropertyId)
        guard property.chargeable, property.accruesRevenue else {
            return LedgerEffect.of(.salesNotAccrued, under: .timeAndMaterialWithoutWIP)
        }
        let profile = try setup.accountingProfile(
            .timeAndMaterial, project: kind.projectNumber, contract: kind.contractNumber)
        return LedgerEffect.of(event, under: profile)
    }
}

import Contracts

/// What a line detail of the class *Retainer* does to its retainer.
enum RetainerPart: Hashable, Sendable {
    /// Bills it.
    case invoiced(Retainer)
    /// Deducts or refunds some of it.
    case applied(Retainer, RetainerApplication)
}

/// What confirming a line detail does to its retainer.
struct RetainerChange: Hashable, Sendable {
    var retainerId: GUID
    var lineDetailId: GUID
    /// What it uses up; nothing when it bills the retainer.
    var used = Money.zero
    /// Whether that is refunded, and so needs no chargeable lines.
    var isRefund = false
    /// What is open from now on.
    var openBalanceId: GUID?
}

extension Confirmation {
    /// A retainer (`domain.md` §6.3, §6.7, §9.1, §9.11, §9.16).
    ///
    /// | line | existing | new |
    /// |---|---|---|
    /// | retainer invoiced | – | B(amount); U(−amount), left open; B is connected to U |
    /// | fully applied, or refunded | open U: *Customer Invoice Posted* | U(+balance) skipped, which reverses the open one; B(−amount) |
    /// | partly applied, or refunded | the same | the same; U(−rest), left open, which replaces the open one |
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func confirm(retainer line: DraftLine, _ confirmed: inout ConfirmedLine) throws(ConfirmationRefusal) {
        let detail = line.detail
        guard !detail.isCorrection else {
            throw ConfirmationRefusal(
                problem: "a retainer, and what is deducted of one, is not revised; refund what is left of it with "
                    + "ledgerbus dataverse retainers refund")
        }
        switch line.retainer {
        case .invoiced(let retainer): try confirm(detail, billing: retainer, &confirmed)
        case .applied(let retainer, let application):
            try confirm(detail, deducting: application, of: retainer, openBalance: line.unbilled, &confirmed)
        case nil:
            throw ConfirmationRefusal(
                problem:
                    "it is of the class Retainer, and bills or deducts no retainer of this database; set retainers up "
                    + "with ledgerbus dataverse retainers add, and bill them with ledgerbus dataverse draft")
        }
    }

    private static func confirm(
        _ detail: InvoiceLineDetail, billing retainer: Retainer, _ confirmed: inout ConfirmedLine
    ) throws(ConfirmationRefusal) {
        guard retainer.invoiceStatus != .customerInvoicePosted else {
            throw ConfirmationRefusal(problem: "its retainer \(retainer.name) has been invoiced")
        }
        if let problem = retainer.difference(detail, quantity: Quantity(1), amount: retainer.amount) {
            throw ConfirmationRefusal(problem: "its retainer \(retainer.name) \(problem)")
        }
        let open = confirmed.invoice(opening: detail.facts.openBalance(of: retainer.amount))
        confirmed.rows.retainer = RetainerChange(
            retainerId: retainer.retainerId, lineDetailId: detail.invoiceLineDetailId, openBalanceId: open)
    }

    private static func confirm(
        _ detail: InvoiceLineDetail, deducting application: RetainerApplication, of retainer: Retainer,
        openBalance: Actual?, _ confirmed: inout ConfirmedLine
    ) throws(ConfirmationRefusal) {
        let amount = application.amount
        if let problem = retainer.difference(detail, quantity: Quantity(-1), amount: -amount) {
            throw ConfirmationRefusal(problem: "its retainer \(retainer.name) \(problem)")
        }
        guard let openBalance, retainer.balance.isInvoiced else {
            throw ConfirmationRefusal(
                problem: "its retainer \(retainer.name) is not invoiced, or nothing is left of it; confirm its invoice "
                    + "first")
        }
        let left = -openBalance.amount
        guard openBalance.actualId == retainer.openBalanceId, left == retainer.balance.available,
            amount > .zero, amount <= left
        else {
            throw ConfirmationRefusal(
                problem:
                    "it deducts \(amount) of its retainer \(retainer.name), of which \(retainer.balance.available) is "
                    + "available, and \(left) is open in unbilled sale \(openBalance.actualId)")
        }
        confirmed.invoice(existing: openBalance)
        var change = RetainerChange(
            retainerId: retainer.retainerId, lineDetailId: detail.invoiceLineDetailId, used: amount,
            isRefund: application.refundStatus != nil)
        if amount < left {
            var rest = openBalance
            rest.facts = detail.facts.openBalance(of: left - amount)
            change.openBalanceId = confirmed.leaveOpen(rest, replacing: openBalance, on: detail.invoiceId)
        }
        confirmed.rows.retainer = change
    }
}

extension TransactionFacts {
    /// What is open of a retainer: a quantity of −1, at the amount.
    fileprivate func openBalance(of amount: Money) -> TransactionFacts {
        var facts = self
        (facts.quantity, facts.price, facts.amount) = (Quantity(-1), amount, -amount)
        return facts
    }
}

extension Retainer {
    /// What differs between the retainer and a line detail that bills or deducts it; nil when nothing does.
    fileprivate func difference(_ detail: InvoiceLineDetail, quantity: Quantity, amount: Money) -> String? {
        if detail.currencyId != currencyId {
            return "is in the currency \(currencyId), and the line detail in \(detail.currencyId)"
        }
        if let contract = detail.projectContractId, contract != projectContractId {
            return "is of the project contract \(projectContractId), and the line detail of \(contract)"
        }
        if let customer = detail.customerId, customer != customerId {
            return "is of the customer \(customerId), and the line detail of \(customer)"
        }
        guard detail.amount == amount, detail.quantity == nil || detail.quantity == quantity else {
            return "comes to \(quantity) for \(amount) here, and the line detail to \(detail.quantity ?? quantity) for "
                + "\(detail.amount)"
        }
        guard detail.billingType == .chargeable else {
            return "is chargeable, and the line detail is \(detail.billingType?.rawValue ?? "of no billing type")"
        }
        return nil
    }
}

import Contracts

// What contradicts what an actual stands on is held, with both values named (design §4, `domain.md` §9.26).
extension ActualFacts {
    /// Whether it takes back another actual: by its connection, or by its status before that is here. The sign says
    /// nothing, as originals may be negative (`domain.md` §6.1, 4192197).
    var isReversal: Bool { links.original != nil || actual.adjustmentStatus == .unadjustable }

    /// The first thing in which the actual contradicts its invoice, its unbilled sale or its original.
    var contradiction: WaitingReason? {
        contradictionOfInvoice ?? contradictionOfUnbilledSale ?? contradictionOfOriginal
    }

    private func held(_ problem: String, until id: GUID) -> WaitingReason {
        WaitingReason(.contradiction, id, "\(actual.transactionType.rawValue) \(actual.actualId): \(problem)")
    }

    private var contradictionOfInvoice: WaitingReason? {
        guard let invoice, let invoiceId = actual.invoiceId,
            let problem = belonging.contradiction(invoice.belonging, of: "its invoice \(invoice.number)")
        else { return nil }
        return held(problem, until: invoiceId)
    }

    private var contradictionOfUnbilledSale: WaitingReason? {
        guard let link = links.unbilledSale, actual.transactionType == .billedSales else { return nil }
        if let other = links.otherUnbilledSale {
            return held("it is connected to two unbilled sales, \(link.actualId) and \(other)", until: link.actualId)
        }
        guard let unbilledSale else { return nil }
        let name = "its unbilled sale \(link.actualId)"
        return problem(unbilledSale, name).map { held($0, until: link.actualId) }
    }

    private func problem(_ unbilledSale: Basis, _ name: String) -> String? {
        let basis = unbilledSale.actual
        guard basis.ownership.transactionType == .unbilledSales else {
            return "\(name) is of the type \(basis.ownership.transactionType.rawValue)"
        }
        if basis.isReversal || basis.adjustmentStatus == .unadjustable { return "\(name) takes back another one" }
        if let problem = belongingOfBasis.contradiction(unbilledSale.belonging, of: name) { return problem }
        let isRetainer = actual.transactionClass == .retainer
        if !isRetainer, let own = actual.invoiceId, let others = basis.ownership.invoiceId, own != others {
            return "\(name) is on invoice \(unbilledSale.invoiceNumber ?? others.description)"
        }
        return problem(isRetainer ? .anySign : .sameSign, basis, name)
    }

    private var contradictionOfOriginal: WaitingReason? {
        guard let link = links.original else { return nil }
        if let other = links.otherOriginal {
            return held("it is connected to two originals, \(link.actualId) and \(other)", until: link.actualId)
        }
        guard link.actualId != actual.actualId else { return held("it takes back itself", until: link.actualId) }
        guard let original else { return nil }
        let name = "its original \(link.actualId)"
        return problem(original: original, name).map { held($0, until: link.actualId) }
    }

    private func problem(original: Basis, _ name: String) -> String? {
        let basis = original.actual
        guard basis.ownership.transactionType == actual.transactionType else {
            return "\(name) is of the type \(basis.ownership.transactionType.rawValue)"
        }
        if basis.isReversal || basis.adjustmentStatus == .unadjustable { return "\(name) takes back another one" }
        return belongingOfBasis.contradiction(original.belonging, of: name) ?? problem(.oppositeSign, basis, name)
    }

    private func problem(_ cover: Cover, _ basis: BasisActual, _ name: String) -> String? {
        // The unbilled sale of a fee is another one.
        let fee = cover == .oppositeSign ? .zero : actual.feeAmount ?? .zero
        if let problem = cover.problem("amount", actual.amount - fee, of: basis.amount, name) { return problem }
        guard let quantity = actual.quantity, let others = basis.quantity else { return nil }
        return cover.problem("quantity", quantity, of: others, name)
    }

    /// The customer is the invoice's business: what an actual stands on need not say one.
    private var belongingOfBasis: Belonging {
        var belonging = belonging
        belonging.customer = nil
        return belonging
    }
}

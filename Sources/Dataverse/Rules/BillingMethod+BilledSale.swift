import Contracts

extension BillingMethod {
    /// The billing method of an actual: a milestone is of fixed price; else that of its contract line, or of the first
    /// line of its invoice that is about the same contract line, or the same project (`domain.md` §2.2, §6.4).
    ///
    /// - parameter invoiceLines: of its invoice, by their ids; none unless it is a billed sale.
    static func of(_ actual: Actual, contractLine: ContractLine?, invoiceLines: [InvoiceLine]) -> BillingMethod? {
        if actual.transactionClass == .milestone { return .fixedPrice }
        if let method = contractLine?.billingMethod { return method }
        return invoiceLines.lazy.filter { line in
            if let contractLineId = actual.contractLineId { return line.contractLineId == contractLineId }
            return line.projectId != nil && line.projectId == actual.projectId
        }.compactMap(\.billingMethod).first
    }
}

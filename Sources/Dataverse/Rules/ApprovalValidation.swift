import Contracts

extension EntryFacts {
    /// Refuses what cannot become actuals (`domain.md` §6.4; that the matrix holds for entries as it does for entry journals
    /// is [I]).
    ///
    /// - throws: ``ApprovalRefusal``.
    func validate(_ arrangement: BillingArrangement) throws(ApprovalRefusal) {
        guard let project else { throw ApprovalRefusal("there is no project \(entry.projectId); load msdyn_projects") }
        if let line = contractLine?.projectContractId, let own = project.projectContractId, line != own {
            throw ApprovalRefusal("its contract line is of the contract \(line), and its project of \(own)")
        }
        try validateClass(arrangement)
        try validateQuantities()
        if contractingUnitId == nil, entry.resourcingUnitId != nil {
            throw ApprovalRefusal(
                "it has a resourcing unit, and neither it, its contract nor its project a contracting unit")
        }
        if isBetweenUnits, contractingCompany == nil || resourcingCompany == nil {
            let unit = (contractingCompany == nil ? contractingUnitId : resourcingUnitId)?.description ?? ""
            throw ApprovalRefusal(
                "nothing says of which company the organizational unit \(unit) is; load the unit and its company, or set "
                    + "dataverse.companies.UNIT NAME: CODE")
        }
        if entry.customerId == nil, customers.count > 0, let problem = SplitBilling.problem(customers.map(\.percentage))
        {
            throw ApprovalRefusal("of the customers of its contract line, \(problem)")
        }
    }

    private func validateClass(_ arrangement: BillingArrangement) throws(ApprovalRefusal) {
        switch (entry.transactionClass, arrangement) {
        case (.time, _), (.expense, _), (.material, _), (.fee, .timeAndMaterial): break
        case (.fee, _): throw ApprovalRefusal("a fee is sold on a time-and-material contract line only")
        case (.milestone, _), (.retainer, _), (.commission, _), (.additional, _), (.tax, _):
            throw ApprovalRefusal(
                "class is \(entry.transactionClass.rawValue); Time, Expense, Material and Fee are approved")
        }
        if isBetweenUnits, entry.transactionClass != .time, entry.transactionClass != .expense {
            throw ApprovalRefusal(
                "one unit works for another in Time and Expense only, and class is \(entry.transactionClass.rawValue)")
        }
    }

    private func validateQuantities() throws(ApprovalRefusal) {
        let (submitted, billable) = (entry.quantitySubmitted, entry.quantityBillable)
        if submitted == .zero, billable == .zero { throw ApprovalRefusal("its quantity is 0") }
        if submitted.units.signum() * billable.units.signum() < 0 {
            throw ApprovalRefusal(
                "quantitySubmitted is \(submitted), and quantityBillable \(billable): they must have the same sign")
        }
    }
}

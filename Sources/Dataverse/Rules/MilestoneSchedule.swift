import Contracts

/// Milestones of a fixed-price contract line, as they are agreed: one amount, or a schedule of percentages of it; one a
/// customer where the contract line has several (`domain.md` §6.6).
struct MilestoneSchedule: Hashable, Sendable {
    /// The ids of the milestones follow from it, so that the same schedule makes the same milestones.
    var scheduleId: GUID
    var contractLineId: GUID
    var name: String?
    var amount: Money
    /// Of 100 together; one milestone when it is empty.
    var percentages: [Percentage] = []
    /// A day for each.
    var dates: [CalendarDate] = []
    var isReady = false

    /// The milestones.
    ///
    /// - throws: ``RequestProblem`` when they cannot be made.
    func milestones(_ facts: ContractLineFacts, _ hash: SHA256) throws(RequestProblem) -> [Milestone] {
        guard let line = facts.line else {
            throw RequestProblem("there is no contract line \(contractLineId); load salesorderdetails")
        }
        guard line.billingMethod == .fixedPrice else {
            throw RequestProblem("its contract line is not of fixed price; only those have milestones")
        }
        guard let contract = facts.contract, let currencyId = contract.currencyId, let precision = facts.precision
        else {
            throw RequestProblem(
                "the contract of its contract line, or that one's currency, is not here; load salesorders")
        }
        guard amount > .zero else { throw RequestProblem("amount is \(amount), and has to be more than 0") }
        let shares = percentages.isEmpty ? [Percentage(100)] : percentages
        if let problem = SplitBilling.problem(shares) { throw RequestProblem(problem) }
        guard dates.isEmpty || dates.count == shares.count else {
            throw RequestProblem("there are \(shares.count) parts, and \(dates.count) dates")
        }
        if !facts.customers.isEmpty, let problem = SplitBilling.problem(facts.customers.map(\.percentage)) {
            throw RequestProblem("of the customers of its contract line, \(problem)")
        }
        var milestones: [Milestone] = []
        for (index, part) in SplitBilling.parts(of: amount, shares, precision: precision).enumerated() {
            let customers: [GUID?] = facts.customers.isEmpty ? [nil] : facts.customers.map(\.customerId)
            let amounts =
                facts.customers.isEmpty
                ? [part] : SplitBilling.parts(of: part, facts.customers.map(\.percentage), precision: precision)
            for (customer, amount) in zip(customers, amounts) {
                let own = "\(scheduleId)/\(index)" + (customer.map { "/\($0)" } ?? "")
                milestones.append(
                    Milestone(
                        milestoneId: hash.digest(own).guid,
                        name: shares.count == 1 ? name : "\(name ?? "Milestone") \(index + 1) of \(shares.count)",
                        amount: amount, currencyId: currencyId, contractLineId: contractLineId,
                        projectContractId: contract.projectContractId, projectId: line.projectId,
                        invoiceDate: dates.isEmpty ? nil : dates[index], invoiceStatus: isReady ? .ready : .notReady,
                        customerId: customer))
            }
        }
        return milestones
    }
}

/// A contract line, as its milestones need to know it.
struct ContractLineFacts: Hashable, Sendable {
    var line: ContractLine?
    var contract: ProjectContract?
    var customers: [ContractLineCustomer] = []
    /// The decimal places of the contract's currency.
    var precision: Int?
}

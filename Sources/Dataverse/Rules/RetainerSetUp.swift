import Contracts

/// What setting up a retainer needs to know of its contract.
struct RetainerSetUp: Hashable, Sendable {
    var contract: ProjectContract
    /// Those of the contract.
    var lines: [ContractLine]
    var projects: [Project]
    /// Decimal places of the contract's currency; nil when that is not here.
    var currencyPrecision: Int?

    /// The retainer that a request describes; what it leaves out follows from the contract, where that leaves no choice
    /// (`domain.md` §6.7).
    ///
    /// - throws: ``RequestProblem``.
    func retainer(_ request: RetainerRequest, retainerId: GUID) throws(RequestProblem) -> Retainer {
        let number = contract.contractNumber ?? contract.projectContractId.description
        guard let currency = contract.currencyId, let currencyPrecision else {
            throw RequestProblem("contract \(number) has no currency, or it is not here; load transactioncurrencies")
        }
        guard (try? request.amount.rounded(to: currencyPrecision)) == request.amount else {
            throw RequestProblem(
                "amount is \(request.amount), and its currency has \(currencyPrecision) decimal places")
        }
        guard let customer = request.customer ?? contract.customerId else {
            throw RequestProblem("contract \(number) has no customer; name one")
        }
        let line = try contractLine(request.contractLine, number)
        let project = try project(request.project, of: line, number)
        return Retainer(
            retainerId: retainerId, name: request.name, projectContractId: contract.projectContractId,
            contractLineId: line.contractLineId, projectId: project.projectId,
            contractingUnitId: contract.contractingUnitId ?? project.contractingUnitId, customerId: customer,
            currencyId: currency, amount: request.amount, invoiceDate: request.invoiceDate)
    }

    private func contractLine(_ id: GUID?, _ contract: String) throws(RequestProblem) -> ContractLine {
        if let id {
            guard let line = lines.first(where: { $0.contractLineId == id }) else {
                throw RequestProblem("contract \(contract) has no contract line \(id); load salesorderdetails")
            }
            return line
        }
        guard let line = lines.first else {
            throw RequestProblem("contract \(contract) has no contract line; load salesorderdetails")
        }
        guard lines.count == 1 else {
            let named = lines.prefix(10).map { "\($0.contractLineId) (\($0.name ?? ""))" }.joined(separator: ", ")
            throw RequestProblem("contractLine is missing; contract \(contract) has \(named)")
        }
        return line
    }

    private func project(
        _ name: String?, of line: ContractLine, _ contract: String
    ) throws(RequestProblem) -> Project {
        if let name {
            let id = GUID(name)
            guard let project = projects.first(where: { $0.projectNumber == name || $0.projectId == id }) else {
                throw RequestProblem("contract \(contract) has no project \(name); load msdyn_projects")
            }
            return project
        }
        if let own = line.projectId, let project = projects.first(where: { $0.projectId == own }) { return project }
        guard let project = projects.first, projects.count == 1 else {
            let named = projects.prefix(10).map { $0.projectNumber ?? $0.projectId.description }
            throw RequestProblem(
                projects.isEmpty
                    ? "contract \(contract) has no project; load msdyn_projects"
                    : "project is missing; contract \(contract) has \(named.joined(separator: ", "))")
        }
        return project
    }
}

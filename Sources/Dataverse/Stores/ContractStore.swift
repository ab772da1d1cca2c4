import Bus
import Contracts
import Database

/// The table `project_contracts`.
struct ContractStore {
    let connection: Connection

    /// The contracts with some numbers or ids.
    ///
    /// - throws: `DatabaseError`.
    func contracts(named names: [String]) throws -> NamedContracts {
        let ids = names.compactMap { GUID($0) }
        return NamedContracts(
            try connection.records(
                ProjectContract.self,
                """
                SELECT \(ProjectContract.columnList) FROM project_contracts
                WHERE contract_number = ANY ($1) OR project_contract_id = ANY ($2)
                """, names, ids))
    }
}

/// Contracts by their numbers and ids.
struct NamedContracts {
    private var byNumber: [String: [ProjectContract]] = [:]
    private var byId: [GUID: ProjectContract] = [:]

    init(_ contracts: [ProjectContract]) {
        for contract in contracts {
            byId[contract.projectContractId] = contract
            if let number = contract.contractNumber { byNumber[number, default: []].append(contract) }
        }
    }

    /// The contract with a number or an id.
    subscript(name: String) -> Result<ProjectContract, RequestProblem> {
        if let id = GUID(name), let contract = byId[id] { return .success(contract) }
        let contracts = byNumber[name] ?? []
        guard let contract = contracts.first else {
            return .failure(RequestProblem("there is no project contract \(name); load salesorders"))
        }
        guard contracts.count == 1 else {
            return .failure(RequestProblem("\(contracts.count) project contracts have the number \(name); name its id"))
        }
        return .success(contract)
    }

    /// The number of a contract, or its id.
    func name(of id: GUID) -> String { byId[id]?.contractNumber ?? id.description }
}

import Bus
import Contracts
import Database

/// The tables `project_contracts` and `contract_lines`.
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

    /// Some contract lines with what their milestones need to know, by their ids.
    ///
    /// - parameter precisions: the decimal places of currencies.
    /// - throws: `DatabaseError`.
    func lineFacts(of lines: [GUID], _ precisions: [GUID: Int]) throws -> [GUID: ContractLineFacts] {
        guard !lines.isEmpty else { return [:] }
        var (known, contracts) = (LookupTable<ContractLine>(), LookupTable<ProjectContract>())
        for line in lines { known.want(line) }
        try known.read(from: connection)
        for line in lines { contracts.want(known[line]?.projectContractId) }
        try contracts.read(from: connection)
        let customers = try ContractLineCustomerStore(connection: connection).customers(ofLines: lines)
        return Dictionary(
            lines.map { line in
                let contract = contracts[known[line]?.projectContractId]
                return (
                    line,
                    ContractLineFacts(
                        line: known[line], contract: contract, customers: customers[line] ?? [],
                        precision: contract?.currencyId.flatMap { precisions[$0] })
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension ContractStore {
    /// What setting up retainers of some contracts needs to know, by the contract.
    ///
    /// - throws: `DatabaseError`.
    func retainerSetUps(of contracts: [ProjectContract]) throws -> [GUID: RetainerSetUp] {
        let ids = contracts.map(\.projectContractId)
        let lines = Dictionary(
            grouping: try connection.records(
                ContractLine.self,
                """
                SELECT \(ContractLine.columnList) FROM contract_lines WHERE project_contract_id = ANY ($1)
                ORDER BY name, contract_line_id
                """, ids), by: \.projectContractId)
        let projects = Dictionary(
            grouping: try connection.records(
                Project.self,
                """
                SELECT \(Project.columnList) FROM projects WHERE project_contract_id = ANY ($1)
                ORDER BY project_number, project_id
                """, ids), by: \.projectContractId)
        let currencies = try connection.records(
            Currency.self,
            "SELECT \(Currency.columnList) FROM currencies WHERE currency_id = ANY ($1)",
            contracts.compactMap(\.currencyId))
        let precisions = Dictionary(currencies.map { ($0.currencyId, Int($0.precision)) }) { first, _ in first }
        let setUps = contracts.map { contract in
            let id = contract.projectContractId
            return (
                id,
                RetainerSetUp(
                    contract: contract, lines: lines[id] ?? [], projects: projects[id] ?? [],
                    currencyPrecision: contract.currencyId.flatMap { precisions[$0] })
            )
        }
        return Dictionary(setUps) { first, _ in first }
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

    /// All of them, in the order of their ids.
    var all: [ProjectContract] { byId.values.sorted { $0.projectContractId < $1.projectContractId } }

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

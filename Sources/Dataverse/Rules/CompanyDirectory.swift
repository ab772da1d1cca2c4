import Contracts

/// Which legal entity an owner or an organizational unit stands for (`domain.md` §5.2).
struct CompanyDirectory: Hashable, Sendable {
    /// The codes of the legal entities.
    var legalEntities: [GUID: Company] = [:]
    var units: [GUID: OrganizationalUnit] = [:]
    /// What configuration says of a unit, by its name; goes before what Dataverse says.
    var configured: [String: Company] = [:]

    /// The legal entity of an organizational unit.
    func company(ofUnit id: GUID?) -> Company? {
        guard let id, let unit = units[id] else { return nil }
        return configured[unit.name] ?? unit.companyId.flatMap { legalEntities[$0] }
    }

    /// The legal entity of a contract or a project: its owner, or that of its contracting unit.
    func company(owner: GUID?, unit: GUID?) -> Company? {
        owner.flatMap { legalEntities[$0] } ?? company(ofUnit: unit)
    }

    func company(of contract: ProjectContract?) -> Company? {
        contract.flatMap { company(owner: $0.companyId, unit: $0.contractingUnitId) }
    }

    func company(of project: Project?) -> Company? {
        project.flatMap { company(owner: $0.companyId, unit: $0.contractingUnitId) }
    }
}

extension CompanyDirectory {
    /// The first company that one of an invoice's projects has.
    func firstCompany(of projects: [Project?]) -> Company? {
        for project in projects { if let company = company(of: project) { return company } }
        return nil
    }
}

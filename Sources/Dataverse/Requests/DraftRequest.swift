import Contracts

/// A contract of which what is ready is to be invoiced: `{"contract": "ORD-1", "through": "2026-09-30"}`.
struct DraftRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case contract, contractLine, customer, through
    }

    static var key: Field { .contract }

    /// Its number or id.
    var contract: String
    var contractLine: GUID?
    var customer: GUID?
    var through: CalendarDate?

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        contract = try row.required(.contract, row.text(.contract, most: 36))
        contractLine = try row.id(.contractLine)
        customer = try row.id(.customer)
        through = try row.date(.through)
    }

    /// What is asked for; what lies in the future is not invoiced yet (`domain.md` §6.6).
    func scope(
        _ row: Int, _ contracts: NamedContracts, on today: CalendarDate
    ) -> Result<DraftScope, RefusedRow> {
        switch contracts[contract] {
        case .failure(let problem): .failure(RefusedRow(key: contract, problem: problem.description))
        case .success(let contract):
            .success(
                DraftScope(
                    place: row, projectContractId: contract.projectContractId, contractLineId: contractLine,
                    customerId: customer, through: min(through ?? today, today)))
        }
    }
}

import Contracts
public import Database

/// Says whom contract lines are billed to, and to what shares (`domain.md` §6.6).
///
/// The rows of a contract line are all that it has from now on: they stand or fall together, as half of them would bill half
/// of the work. What was approved before stays as it is until its contract is confirmed.
public struct SetContractLineCustomers {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// Does what the rows of a request ask for.
    ///
    /// - throws: ``CaptureError`` when the request cannot be read; `DatabaseError`.
    public func set(_ request: [any PageSource]) throws -> RequestReport {
        let reader = RequestReader<CustomerRequest>()
        var report = RequestReport()
        var rows: [(row: Int, customer: ContractLineCustomer)] = []
        var unreadable: Set<String> = []
        for source in request {
            try reader.forEachRow(of: source) { row, request in
                switch request {
                case .success(let request): rows.append((row, request.customer))
                case .failure(let refusal):
                    report.rows.append(RowOutcome(row: row, key: refusal.key, .refused, refusal.problem))
                    if let key = refusal.key { unreadable.insert(key.lowercased()) }
                }
            }
        }
        return try connection.transaction {
            var report = report
            _ = try ChangeSet(on: connection)
            let store = ContractLineCustomerStore(connection: connection)
            let known = try store.customers(ofLines: Array(Set(rows.map(\.customer.contractLineId))))
            let lines = try ContractStore(connection: connection).lineFacts(
                of: rows.map(\.customer.contractLineId), [:])
            var accepted: [ContractLineCustomer] = []
            for (line, rows) in Dictionary(grouping: rows, by: \.customer.contractLineId) {
                let customers = rows.map(\.customer)
                let isKnown = Set(known[line] ?? []) == Set(customers)
                let problem = problem(
                    of: customers, lines[line]?.line, hasUnreadable: unreadable.contains("\(line)"))
                if problem == nil, !isKnown { accepted += customers }
                for row in rows {
                    report.rows.append(
                        RowOutcome(
                            row: row.row, key: "\(line)", problem != nil ? .refused : isKnown ? .unchanged : .done,
                            problem))
                }
            }
            if !accepted.isEmpty { try store.replace(accepted) }
            report.rows.sort { $0.row < $1.row }
            return report
        }
    }

    /// Why a contract line cannot have some customers; nil when it can.
    private func problem(of customers: [ContractLineCustomer], _ line: ContractLine?, hasUnreadable: Bool) -> String? {
        if line == nil { return "there is no such contract line; load salesorderdetails" }
        if hasUnreadable { return "another row of its contract line was refused" }
        if Set(customers.map(\.customerId)).count < customers.count {
            return "a customer of its contract line stands twice"
        }
        return SplitBilling.problem(customers.map(\.percentage))
    }
}

import Contracts

@testable import Dataverse

/// Rows of requests.
extension WebAPI {
    /// Eight hours at a cost of 100 and a price of 200.
    ///
    /// - parameter members: instead of those that an entry has, or besides.
    static func entry(
        _ number: Int, _ members: String = "", line: GUID? = timeAndMaterialLine, project: GUID = project,
        customer: GUID? = account
    ) -> String {
        var row: [(String, String)] = [
            ("id", text("\(id(5_000_000 + number))")), ("class", text("Time")), ("project", text("\(project)")),
            ("documentDate", text("2026-09-01")), ("quantitySubmitted", text("8")), ("costPrice", text("100.00")),
            ("salesPrice", text("200")), ("category", text("\(category)")), ("resource", text("\(resource)")),
        ]
        if let line { row.append(("contractLine", text("\(line)"))) }
        if let customer { row.append(("customer", text("\(customer)"))) }
        row.removeAll { members.contains("\"\($0.0)\":") }
        let own = row.map { "\(text($0.0)): \($0.1)" }.joined(separator: ", ")
        return "{\(own)\(members.isEmpty ? "" : ", ")\(members)}"
    }

    static func event(_ number: Int, _ event: String, _ members: String = "") -> String {
        "{\"id\": \"\(id(5_000_000 + number))\", \"event\": \"\(event)\"\(members.isEmpty ? "" : ", ")\(members)}"
    }

    static func customer(_ number: Int, _ percentage: String, line: GUID = timeAndMaterialLine) -> String {
        "{\"contractLine\": \"\(line)\", \"customer\": \"\(id(number))\", \"percentage\": \"\(percentage)\"}"
    }

    static func schedule(_ number: Int, _ members: String) -> String {
        "{\"id\": \"\(id(6_000_000 + number))\", \"contractLine\": \"\(fixedPriceLine)\", \"name\": \"Delivery\", \(members)}"
    }

    /// Unit 21 of the company demf.
    static let germany: [String: [WebRow]] = [
        "cdm_companies": [
            ["cdm_companyid": text("\(id(22))"), "cdm_companycode": text("DEMF"), "versionnumber": "1"]
        ],
        "msdyn_organizationalunits": [
            [
                "msdyn_organizationalunitid": text("\(id(21))"), "msdyn_name": text("Germany"),
                "_msdyn_company_value": text("\(id(22))"), "versionnumber": "1",
            ]
        ],
    ]
}

extension DataverseStore {
    @discardableResult
    func approve(_ rows: String) throws -> RequestReport {
        try ApproveEntries(connection: connection, configuration: configuration).approve([request(rows)])
    }

    func readyAll(on date: String = "2026-10-14") throws -> ReadyReport {
        try MarkReady(connection: connection, configuration: configuration)
            .markAll(on: CalendarDate(date) ?? CalendarDate(day: 0))
    }

    @discardableResult
    func ready(_ rows: String, on date: String = "2026-10-14") throws -> ReadyReport {
        try MarkReady(connection: connection, configuration: configuration)
            .mark([request(rows)], on: CalendarDate(date) ?? CalendarDate(day: 0))
    }

    @discardableResult
    func milestones(_ rows: String) throws -> RequestReport {
        try ChangeMilestones(connection: connection).change([request(rows)])
    }

    @discardableResult
    func customers(_ rows: String) throws -> RequestReport {
        try SetContractLineCustomers(connection: connection).set([request(rows)])
    }

    @discardableResult
    func edit(_ rows: String) throws -> RequestReport {
        try EditDrafts(connection: connection, configuration: configuration).edit(
            [request(rows)], on: CalendarDate(day: 20_710))
    }
}

import Contracts

extension WebAPI {
    static let quietLine = id(11)

    /// ``lookups``, whose contract knows its lines: one more of them is of fixed price, and nothing happens on it.
    static var lookupsOfDrafts: [String: [WebRow]] {
        var rows = lookups
        rows["salesorderdetails"]?.append([
            "salesorderdetailid": text("\(quietLine)"), "salesorderdetailname": text("Support"),
            "msdyn_billingmethod": "192350001", "versionnumber": "1",
        ])
        rows["salesorderdetails"] = rows["salesorderdetails"]?.map {
            $0.merging([
                "_salesorderid_value": text("\(contract)"), "_msdyn_project_value": text("\(project)"),
            ]) { $1 }
        }
        return rows
    }
}

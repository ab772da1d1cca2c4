import Contracts
import Database

/// A customer.
struct Account: CapturedRow {
    static let entitySet = "accounts"
    static let table = "accounts"

    var accountId: GUID
    var rowVersion: Int
    /// The customer's number in Finance.
    var accountNumber: String?
    var name: String?

    var id: GUID { accountId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Account(
            accountId: try column("account_id", row?.accountId, .id("accountid")),
            rowVersion: try column("row_version", row?.rowVersion),
            accountNumber: try column("account_number", row?.accountNumber, .identifier("accountnumber", most: 20)),
            name: try column("name", row?.name, .text("name", most: 300)))
    }
}

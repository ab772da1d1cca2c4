import Contracts
import Database

/// A currency (`domain.md` §1.4).
struct Currency: CapturedRow {
    static let entitySet = "transactioncurrencies"
    static let table = "currencies"

    var currencyId: GUID
    var rowVersion: Int
    var isoCode: CurrencyCode
    /// Its decimal places.
    var precision: Int16

    var id: GUID { currencyId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Currency(
            currencyId: try column("currency_id", row?.currencyId, .id("transactioncurrencyid")),
            rowVersion: try column("row_version", row?.rowVersion),
            isoCode: try column("iso_code", row?.isoCode, .currencyCode("isocurrencycode")),
            precision: try column("precision", row?.precision, .integer("currencyprecision", 0...4)))
    }
}

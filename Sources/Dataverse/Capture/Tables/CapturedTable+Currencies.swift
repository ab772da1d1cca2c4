extension CapturedTable {
    /// Currencies (`domain.md` §1.4).
    static let currencies = CapturedTable(
        entitySet: "transactioncurrencies", name: "currencies",
        columns: [
            .required("transactioncurrencyid", "currency_id", .id),
            .required("isocurrencycode", "iso_code", .currencyCode),
            .required("currencyprecision", "precision", .integer(0...4)),
        ])
}

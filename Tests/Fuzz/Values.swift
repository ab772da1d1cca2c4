import Contracts

/// What stands in fields and arguments: what is taken, is written so that it is taken again as the same.
func fuzzValues(_ bytes: UnsafeRawBufferPointer) {
    decimal(Money.self, bytes)
    decimal(Quantity.self, bytes)
    decimal(ExchangeRate.self, bytes)
    if let id = GUID(parsing: bytes) { precondition(GUID(id.description) == id) }
    if let date = CalendarDate(parsing: bytes) { precondition(CalendarDate(date.description) == date) }
    let text = String(decoding: bytes, as: UTF8.self)
    if let date = CalendarDate(text) { precondition(CalendarDate(date.description) == date) }
    if let company = Company(text) { precondition(Company(company.rawValue) == company) }
    if let currency = CurrencyCode(text) { precondition(CurrencyCode(currency.rawValue) == currency) }
    if let digest = ControlDigest(text) { precondition(ControlDigest(digest.description) == digest) }
    if let zone = DayZone(text) { precondition(DayZone(zone.name) != nil) }
}

private func decimal<Value: ExactDecimal>(_: Value.Type, _ bytes: UnsafeRawBufferPointer) {
    guard let value = try? Value(parsing: bytes) else { return }
    precondition((try? value.checked()) != nil, "\(value) is larger than what may come from outside")
    precondition((try? Value(value.description)) == value, "\(value) is not read as it is written")
}

// Values in JSON output are texts, as on the bus: no amount passes through a
// floating-point number.

extension GUID: Encodable {
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension Company: Encodable {
    public func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
}

extension CurrencyCode: Encodable {
    public func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
}

// As keys of an object: without it, a dictionary by currency would be an array.
extension Company: CodingKeyRepresentable {}
extension CurrencyCode: CodingKeyRepresentable {}

extension CalendarDate: Encodable {
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension ExactDecimal {
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension Money: Encodable {}
extension Quantity: Encodable {}
extension ExchangeRate: Encodable {}
extension Percentage: Encodable {}
extension PostingKind: Encodable {}
extension TransactionType: Encodable {}
extension TransactionClass: Encodable {}
extension BillingType: Encodable {}
extension BillingStatus: Encodable {}
extension AdjustmentStatus: Encodable {}
extension BillingMethod: Encodable {}
extension ProjectInvoiceStatus: Encodable {}

/// What the demo did, for an accountant.
public struct DemoReport: Sendable, Encodable {
    public struct Invoice: Sendable, Encodable {
        public let company: String
        public let proforma: String
        public let customer: String
        public let currency: String
        public let lines: Int
        public let amount: String
        public let salesTax: String
        public let total: String
        public let voucher: String?
        public let customerInvoice: String?
        /// "7 of 7": actuals that have their accounting detail back.
        public let actualsUpdated: String
        /// Why there is no customer invoice.
        public let waitingFor: String?
    }

    public struct Topic: Sendable, Encodable {
        public let name: String
        public let messages: Int64
    }

    public struct Step: Sendable, Encodable {
        public let name: String
        public let what: String
        public let seconds: Double
    }

    public var invoices: [Invoice]
    public var topics: [Topic]
    public var steps: [Step]
    public let directory: String
    public let dataverseURL: String
    public let financeURL: String
    public let bootstrapServers: String
    /// Whether everything is left running.
    public let isKept: Bool
}

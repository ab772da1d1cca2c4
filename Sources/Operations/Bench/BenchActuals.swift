import Bus
import Contracts
import JSON
import Kafka

/// Actuals as they come of a time-and-material contract: unbilled sales and the billed sales of one invoice, in turn.
///
/// The same number always makes the same actual.
struct BenchActuals {
    static let invoiceId = guid(1, 0)

    /// A random-looking id of a kind of row.
    static func guid(_ kind: UInt64, _ number: Int) -> GUID {
        let seed = kind << 40 | UInt64(number)
        let high = scrambled(seed) & ~0xF000 | 0x4000
        let low = scrambled(seed ^ 0x9E37_79B9_7F4A_7C15) & ~(3 << 62) | 2 << 62
        return GUID(high: high, low: low)
    }

    func actual(_ number: Int) throws -> ActualCreated {
        let isBilled = number % 2 == 1
        let hours = 1 + number / 2 % 8
        return try ActualCreated(
            actualId: Self.guid(2, number), rowVersion: 1_000_000 + number, company: Company(checking: "usmf"),
            projectNumber: "PRJ-000417", contractNumber: "CON-0012-2026",
            contractLine: "Implementation, time and material", customerAccount: "US-001",
            transactionType: isBilled ? .billedSales : .unbilledSales, transactionClass: .time,
            billingType: .chargeable, billingStatus: isBilled ? .customerInvoiceCreated : .readyToInvoice,
            billingMethod: isBilled ? .timeAndMaterial : nil, currency: CurrencyCode(checking: "USD"),
            currencyPrecision: 2,
            quantity: Quantity(hours), price: Money(180), amount: Money(180 * hours),
            documentDate: CalendarDate(day: 20_729 + Int32(number / 2 % 28)),
            accountingDate: CalendarDate(day: 20_729 + Int32(number / 2 % 28)), category: "Consulting",
            resource: "Anna Berg \(number / 2 % 40)",
            description: "Design review and follow-up, work package \(number / 2 % 500)",
            invoiceId: isBilled ? Self.invoiceId : nil, unbilledActualId: isBilled ? Self.guid(2, number - 1) : nil)
    }

    private static func scrambled(_ seed: UInt64) -> UInt64 {
        var value = seed &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// Messages with their headers, encoded in memory as the relay sends them.
struct BenchMessages {
    private struct Message {
        var value: Range<Int>
        var key: Range<Int>
        var id: Range<Int>
        var trace: Range<Int>
    }

    private var bytes: [UInt8] = []
    private var messages: [Message] = []
    private let time = Array("2026-11-21T12:00:00.123456Z".utf8)

    init(count: Int, choices: ChoiceTables) throws {
        let actuals = BenchActuals()
        let hash = try SHA256()
        var json = JSONWriter()
        let trace = Array("00-\(String(repeating: "0123456789abcdef", count: 2))-0123456789abcdef-01".utf8)
        messages.reserveCapacity(count)
        bytes.reserveCapacity(count * 900)
        for number in 0..<count {
            let actual = try actuals.actual(number)
            json.removeAll()
            try actual.write(to: &json, choices: choices)
            let id = json.withBytes { hash.digest($0).guid }
            let value = json.withBytes { append($0) }
            messages.append(
                Message(
                    value: value, key: append(actual.key.utf8), id: append(id.description.utf8), trace: append(trace)))
        }
    }

    var count: Int { messages.count }

    private mutating func append(_ part: some Sequence<UInt8>) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: part)
        return start..<bytes.count
    }

    /// Produces messages by librdkafka alone, and returns how long it took until all were acknowledged.
    func produce(
        _ range: Range<Int>, to topic: String, with producer: Producer, constant: [(String, String)]
    ) throws -> Duration {
        let template = producer.headerTemplate(constant)
        var deliveries: [Delivery] = []
        var delivered = 0
        func serve(_ timeout: Duration) throws {
            deliveries.removeAll(keepingCapacity: true)
            producer.deliveries(into: &deliveries, timeout: timeout)
            if let error = deliveries.lazy.compactMap(\.error).first { throw error }
            delivered += deliveries.count
        }
        let start = ContinuousClock.now
        try bytes.withUnsafeBytes { all in
            try time.withUnsafeBytes { time in
                for number in range {
                    let message = messages[number]
                    let key = UnsafeRawBufferPointer(rebasing: all[message.key])
                    let headers = [
                        (EventHeader.id, UnsafeRawBufferPointer(rebasing: all[message.id])),
                        (EventHeader.subject, key), (EventHeader.time, time),
                        (EventHeader.traceParent, UnsafeRawBufferPointer(rebasing: all[message.trace])),
                    ]
                    var isSent = false
                    while !isSent {
                        do {
                            try producer.send(
                                topic: topic, key: key, value: UnsafeRawBufferPointer(rebasing: all[message.value]),
                                template: template, headers: headers, token: number)
                            isSent = true
                        } catch let error as KafkaError where error.code == .queueFull {
                            try serve(.milliseconds(100))
                        }
                    }
                    if number & 511 == 511 { try serve(.zero) }
                }
            }
        }
        while delivered < range.count { try serve(.milliseconds(100)) }
        return .now - start
    }
}

public import Bus
public import Contracts
import Database
public import Service

/// The handler of posted invoices, measured: how long each invoice took from its publication to here.
public struct MeteredInvoicePosted: TopicHandler {
    private let handler: InvoicePostedHandler
    private let choices: ChoiceTables
    private let age: Histogram

    public init(_ handler: InvoicePostedHandler, choices: ChoiceTables, _ metrics: MetricsRegistry) {
        self.handler = handler
        self.choices = choices
        age = metrics.histogram(BusMetrics.writtenBack)
    }

    public var topic: TopicName { handler.topic }

    public func makeCollector() -> any MessageCollector {
        MeteredInvoicePostedCollector(handler.makeCollector(), MessageDecoder(choices: choices), age)
    }
}

private final class MeteredInvoicePostedCollector: MessageCollector {
    private let collector: any MessageCollector
    private let decoder: MessageDecoder<InvoicePosted>
    private let age: Histogram
    private var invoices: Set<GUID> = []
    private var written: [Double] = []

    init(_ collector: any MessageCollector, _ decoder: MessageDecoder<InvoicePosted>, _ age: Histogram) {
        self.collector = collector
        self.decoder = decoder
        self.age = age
    }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        try collector.add(value, from: source)
        invoices.insert(try decoder.decode(value).invoiceId)
    }

    func write(to connection: Connection) throws {
        // Asked before it is written: what was posted before comes again, and took no time now.
        written = try PostedInvoiceStore(connection: connection).secondsSincePublication(Array(invoices))
        try collector.write(to: connection)
    }

    func committed() {
        collector.committed()
        var tally = age.makeTally()
        for seconds in written { tally.record(seconds) }
        age.record(tally)
    }
}

import Bus
import Contracts
import Dataverse
import Finance
import JSON

/// The values of all topics: what their decoders take can be written and read again, and is taken in by the consumers'
/// collectors or refused for good or for now.
func fuzzMessages() throws -> (UnsafeRawBufferPointer) -> Void {
    let choices = try ChoiceTables()
    let hash = try SHA256()
    let handlers: [any TopicHandler] = [
        InvoiceConfirmedHandler(choices: choices), ActualCreatedHandler(choices: choices),
        TransactionConnectedHandler(choices: choices), PostingRequestedHandler(choices: choices),
        AccountingDetailHandler(choices: choices), InvoicePostedHandler(choices: choices),
        PublishedDetailHandler(choices: choices), PublishedInvoiceHandler(choices: choices),
    ]
    let rewriters = [
        rewriter(InvoiceConfirmed.self, choices), rewriter(ActualCreated.self, choices),
        rewriter(TransactionConnected.self, choices), rewriter(PostingRequested.self, choices),
        rewriter(AccountingDetail.self, choices), rewriter(InvoicePosted.self, choices),
    ]
    var collectors: [any MessageCollector] = []
    var runs = 0
    return { bytes in
        // A collector keeps what it takes, and to make one takes long.
        if runs % 500 == 0 { collectors = handlers.map { handler in unwrapped { try handler.makeCollector() } } }
        runs += 1
        for rewrite in rewriters {
            guard let written = rewrite(bytes) else { continue }
            let again = written.withUnsafeBytes(rewrite)
            precondition(again == written, "came back changed: \(String(decoding: written, as: UTF8.self))")
        }
        for (handler, collector) in zip(handlers, collectors) {
            do {
                try collector.add(
                    bytes, from: MessageSource(partition: 0, offset: 0, eventId: hash.digest(bytes).guid))
            } catch {
                guard case .setAside(let setAside) = Disposition(of: error) else {
                    fatalError("\(handler.topic): \(error)")
                }
                precondition(!setAside.reason.sentence.isEmpty)
            }
        }
    }
}

private func rewriter<M: Message>(_: M.Type, _ choices: ChoiceTables) -> (UnsafeRawBufferPointer) -> [UInt8]? {
    let decoder = MessageDecoder<M>(choices: choices)
    return { bytes in
        guard let message = try? decoder.decode(bytes) else { return nil }
        var json = JSONWriter()
        do { try message.write(to: &json, choices: choices) } catch { fatalError("\(M.topic): \(error)") }
        return json.bytes
    }
}

private func unwrapped<T>(_ make: () throws -> T) -> T {
    do { return try make() } catch { fatalError("\(error)") }
}

import Contracts
import Kafka
import Service
import Testbed

@testable import Bus

extension TestBus {
    /// A consumer that loses patience sooner than those that are shipped.
    func consumer(
        _ handlers: [any TopicHandler]? = nil, databaseURL: String? = nil, patience: Duration = .seconds(20),
        session: Duration = .seconds(10), progress: ((ConsumerProgress) -> Void)? = nil
    ) -> RunningService {
        let handlers = handlers ?? [NumberHandler<TransactionConnected>(choices: configuration.choices)]
        return RunningService { shutdown, logger in
            var settings = TransactionalConsumer.Settings(
                program: Self.program, handlers: handlers, configuration: configuration,
                databaseURL: databaseURL ?? database.url)
            settings.patience = patience
            settings.session = session
            progress?(settings.progress)
            return TransactionalConsumer(settings, shutdown: shutdown, logger: logger)
        }
    }

    /// Messages with their keys, as ``produce(_:_:headers:)`` takes them.
    func messages(_ numbers: Range<Int>) throws -> [(key: String?, value: [UInt8]?)] {
        try numbers.map { (TransactionConnected(number: $0).key, try value(TransactionConnected(number: $0))) }
    }
}

import Bus
import Contracts
import Database
import Kafka
import Service
import Testbed
import Testing

/// What is to be done about each failure, and who tries again.
struct FailureTests {
    private let log = RecordedLog()
    private let away = KafkaError(.transport, "the broker is away")

    @Test("What the outside world refuses is tried again until it works, and each failure is told before the wait")
    func triedAgain() throws {
        var attempts = 0
        var failures = 0
        func note(_ error: any Error) { failures += 1 }
        let policy = RetryPolicy(maximum: .milliseconds(1))
        let value = try policy.run(until: GracefulShutdown(), logger: log.logger, failed: note) {
            attempts += 1
            if attempts < 4 { throw away }
            return attempts
        }
        #expect(value == 4)
        #expect(failures == 3)
        #expect(log.contains("the broker is away"))
    }

    @Test("A shutdown ends the waiting")
    func shutdownEndsTheWait() throws {
        let shutdown = GracefulShutdown()
        var attempts = 0
        #expect(throws: CancellationError.self) {
            try RetryPolicy().run(until: shutdown, logger: log.logger) {
                attempts += 1
                shutdown.request()
                throw away
            }
        }
        #expect(attempts == 1)
    }

    @Test("What a message or a person has to cure is thrown at once")
    func notTriedAgain() throws {
        struct Unheard: Error {}
        let errors: [any Error] = [
            ContractError.missing(field: "company"), KafkaError(.authentication, "no"), DatabaseError(message: "no"),
            Unheard(), CancellationError(),
        ]
        for error in errors {
            var attempts = 0
            #expect(throws: (any Error).self) {
                try RetryPolicy().run(until: GracefulShutdown(), logger: log.logger) {
                    attempts += 1
                    throw error
                }
            }
            #expect(attempts == 1, "\(error)")
        }
    }

    @Test("Kafka's errors have a disposition as the database's have")
    func kafka() {
        for code in [KafkaError.Code.transport, .allBrokersDown, .timedOut, .queueFull, .maxPollExceeded] {
            #expect(Disposition(of: KafkaError(code, "passes")) == .retry, "\(code)")
        }
        for code in [KafkaError.Code.authentication, .invalidConfiguration, .fencedInstance, .offsetOutOfRange] {
            #expect(Disposition(of: KafkaError(code, "stays", isFatal: code == .fencedInstance)) == .fatal, "\(code)")
        }
        #expect(
            Disposition(of: KafkaError(.messageTooLarge, "too large"))
                == .setAside(.wait(Reason(.refusedByBroker, "too large"))))
    }

    @Test("A choice without its line of configuration waits; bytes that are no message never will be one")
    func contracts() {
        let unknown = ContractError.unknownChoice(column: "msdyn_billingtype", code: 7)
        #expect(unknown.setAside == .wait(Reason(.choiceNotConfigured, "\(unknown)")))
        for (error, code) in [
            (ContractError.notJSON("no"), FailureCode.notJSON), (.missing(field: "a"), .fieldMissing),
            (.malformed(field: "a", expected: "a date"), .fieldMalformed),
        ] {
            #expect(error.setAside == .deadLetter(Reason(code, "\(error)")))
        }
    }

    @Test("A value that the database refuses is the message's fault; a lock that is not given passes")
    func database() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        let outOfRange = try #require(throws: DatabaseError.self) { try connection.execute("SELECT 1 / 0") }
        #expect(outOfRange.refusedValue?.code == .refusedByDatabase)
        #expect(outOfRange.disposition == .setAside(.deadLetter(Reason(.refusedByDatabase, "\(outOfRange)"))))
        try connection.executeScript("CREATE TABLE things (id int)")
        try connection.executeScript("BEGIN; LOCK TABLE things")
        let other = try database.connect()
        let locked = try #require(throws: DatabaseError.self) {
            try other.executeScript("BEGIN; LOCK TABLE things NOWAIT")
        }
        #expect(locked.disposition == .retry)
        try connection.executeScript("ROLLBACK")
        let noTable = try #require(throws: DatabaseError.self) { try connection.execute("SELECT FROM nothing") }
        #expect(noTable.disposition == .fatal)
    }

    @Test("The declared writers and readers of every topic are programs of the bus")
    func declaredPrograms() throws {
        for topic in try TopicCatalogue().declarations {
            for name in topic.producers + topic.consumers {
                #expect(Program(rawValue: name) != nil, "\(topic.name) names \(name)")
            }
            for name in topic.consumers { #expect(Program(rawValue: name).flatMap(Side.init(consumer:)) != nil) }
        }
    }
}

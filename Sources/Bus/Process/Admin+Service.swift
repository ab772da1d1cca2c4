import Kafka

extension Admin {
    /// How long a service waits for the answer to one question: it asks again, and a shutdown cannot wait for brokers that are
    /// silent.
    static let serviceTimeout = Duration.seconds(5)
}

public import Testing

/// By these, `deploy/test` selects: see `--fast` and `--tag`.
extension Tag {
    /// Needs a Kafka broker, embedded or not.
    @Tag public static var broker: Self
    /// Runs the built programs, or servers of its own.
    @Tag public static var processes: Self
    /// Ends servers, sessions or processes at their work.
    @Tag public static var chaos: Self
    /// Takes more than some seconds.
    @Tag public static var long: Self
}

extension Trait where Self == ConditionTrait {
    /// Skipped where there is no Apache Kafka.
    public static var onlyOnApacheKafka: Self {
        .enabled(if: TestBroker.apacheKafkaHome != nil, "LEDGERBUS_TEST_KAFKA_HOME does not say where Apache Kafka is")
    }
}

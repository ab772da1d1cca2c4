extension FailureCode {
    /// The brokers do not take what the outbox has to send.
    public static let notDelivered = FailureCode("not-delivered")
    /// Nobody sends what the outbox holds.
    public static let noRelay = FailureCode("no-relay")

    /// What to do about each failure of the bus. Every code that a module names has a cure in a table of its module.
    public static let busCures: [FailureCode: String] = [
        .notJSON: "have its sender publish it again as JSON, then errors discard; or correct it here: errors edit",
        .noValue: "nothing can come of a message without a value: errors discard",
        .fieldMissing: "have its sender publish it again with the field, then errors discard; or add it: errors edit",
        .fieldMalformed: "have its sender publish it again, then errors discard; or correct the field: errors edit",
        .contradiction: "correct the row where it comes from and publish it again, then errors discard; or errors edit",
        .choiceNotConfigured: "name the choice in the configuration of the consumer, and start it again",
        .noEffect:
            "see what is in the database (ledgerbus why, ledgerbus trace); errors discard, or errors retry when it changed",
        .refusedByDatabase:
            "see which value (errors show); correct it: errors edit, or have it published again and errors discard",
        .refusedByBroker: "raise the topic's max.message.bytes (ledgerbus topics diff); it is sent by itself then",
        .messageTooLarge: "raise KAFKA_MESSAGE_MAX_BYTES, and have it published again; then errors discard",
        .valueTooLong: "only its beginning was kept: have it published again, then errors discard",
        .schemaTooNew: "upgrade the consumer, then errors retry",
        .notDelivered: "see to the brokers, by what they say; it is sent by itself then (ledgerbus outbox list)",
        .noRelay: "start the side's processes: dataverse-producer; finance-consumer or posting-consumer",
    ]
}

public import Service

/// What the processes of the bus measure: the catalogue of their metrics.
///
/// Dashboards and alert rules name these and no others; a test holds them together.
public enum BusMetrics {
    // MARK: The process

    public static let build = Metric(
        gauge: "ledgerbus_build_info", "1, with the program and its version.", labels: ["program", "version"])
    public static let ready = Metric(
        gauge: "ledgerbus_ready", "1 when the process does its work or has none, 0 when it is stuck.")
    public static let databaseUp = Metric(gauge: "ledgerbus_database_up", "1 when the database answered last time.")
    public static let brokersUp = Metric(gauge: "ledgerbus_brokers_up", "1 when the brokers answered last time.")

    // MARK: Consuming

    public static let lag = Metric(
        gauge: "ledgerbus_consumer_lag_messages",
        "Messages that have not taken effect, by the positions in the database.",
        labels: ["consumer", "topic", "partition"])
    public static let ownedPartitions = Metric(
        gauge: "ledgerbus_consumer_partitions", "Partitions that this process consumes.", labels: ["consumer"])
    public static let heldPartitions = Metric(
        gauge: "ledgerbus_consumer_held_partitions",
        "Partitions that stand still at a message that this version cannot read.", labels: ["consumer"])
    public static let mapPaused = Metric(
        gauge: "ledgerbus_map_paused", "1 while the table map is paused.", labels: ["map"])
    public static let rebalances = Metric(
        counter: "ledgerbus_consumer_rebalances_total", "How often partitions were given or taken away.",
        labels: ["consumer", "change"])
    public static let fencesRefused = Metric(
        counter: "ledgerbus_consumer_fences_refused_total",
        "Commits of a partition that the database refused, since another process had taken it over.",
        labels: ["consumer"])
    public static let messages = Metric(
        counter: "ledgerbus_consumer_messages_total", "Messages that took effect or were set aside.",
        labels: ["consumer", "topic"])
    public static let batchMessages = Metric(
        histogram: "ledgerbus_batch_messages", "Messages of a batch.", labels: ["consumer"],
        bounds: [1, 10, 100, 1_000, 5_000, 10_000])
    public static let batchDuration = Metric(
        histogram: "ledgerbus_batch_duration_seconds",
        "How long a batch took to be written and committed, tries included.", labels: ["consumer"], bounds: durations)
    public static let handlerDuration = Metric(
        histogram: "ledgerbus_handler_duration_seconds", "How long a topic's part of a batch took to be written.",
        labels: ["consumer", "topic"], bounds: durations)
    public static let handlerFailures = Metric(
        counter: "ledgerbus_handler_failures_total",
        "Attempts to write a topic's part of a batch that the database did not take, by its SQLSTATE; they are made again.",
        labels: ["consumer", "topic", "cause"])
    public static let setAside = Metric(
        counter: "ledgerbus_consumer_set_aside_total",
        "Messages that took no effect: dead letters, and those that wait.",
        labels: ["consumer", "topic", "disposition", "code"])
    public static let eventAge = Metric(
        histogram: "ledgerbus_event_age_seconds",
        "From an event's commit to its effect on the other side, of the last message of each partition's part of a batch.",
        labels: ["consumer", "topic"], bounds: ages)

    // MARK: What is set aside

    public static let deadLetters = Metric(
        gauge: "ledgerbus_dead_letters", "Dead letters that nobody has settled, by cause.", labels: ["side", "code"])
    public static let heldMessages = Metric(
        gauge: "ledgerbus_held_messages", "Messages that wait for something, by cause.", labels: ["side", "code"])

    // MARK: Publishing

    public static let outboxMessages = Metric(
        gauge: "ledgerbus_outbox_pending_messages", "Messages that the broker has not acknowledged.", labels: ["side"])
    public static let outboxBytes = Metric(
        gauge: "ledgerbus_outbox_pending_bytes", "Keys, values and headers of pending messages.", labels: ["side"])
    public static let outboxAge = Metric(
        gauge: "ledgerbus_outbox_oldest_seconds", "Age of the oldest pending message; 0 when there is none.",
        labels: ["side"])
    public static let outboxRelayed = Metric(
        gauge: "ledgerbus_outbox_relayed", "1 when some process has the right to relay the outbox.", labels: ["side"])
    public static let delivered = Metric(
        counter: "ledgerbus_outbox_delivered_total", "Messages that the broker has acknowledged to this process.")
    public static let undelivered = Metric(
        counter: "ledgerbus_outbox_undelivered_total",
        "Messages that were sent and not acknowledged; they stay pending.")
    public static let deliveryAge = Metric(
        histogram: "ledgerbus_outbox_delivery_age_seconds", "From an event's commit to the broker's acknowledgement.",
        bounds: ages)

    // MARK: Posting and the whole way

    public static let postingsWaiting = Metric(
        gauge: "ledgerbus_postings_waiting", "Postings that are asked for and not carried out.")
    public static let postingDuration = Metric(
        histogram: "ledgerbus_posting_duration_seconds", "How long a posting took, by its kind and outcome.",
        labels: ["kind", "outcome"], bounds: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800])
    public static let postedLines = Metric(
        counter: "ledgerbus_posted_lines_total", "Lines that were posted.", labels: ["kind"])
    public static let writtenBack = Metric(
        histogram: "ledgerbus_invoice_written_back_seconds",
        "From an invoice's publication, when it was confirmed and complete, to its posting in Dataverse.",
        bounds: [1, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400, 604_800])

    /// All of them, without those of ``ProcessMetrics``.
    public static let all = [
        build, ready, databaseUp, brokersUp, lag, ownedPartitions, heldPartitions, mapPaused, rebalances, fencesRefused,
        messages,
        batchMessages, batchDuration, handlerDuration, handlerFailures, setAside, eventAge, deadLetters, heldMessages,
        outboxMessages, outboxBytes, outboxAge, outboxRelayed, delivered, undelivered, deliveryAge, postingsWaiting,
        postingDuration, postedLines, writtenBack,
    ]

    private static let durations = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    private static let ages = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 86_400]
}

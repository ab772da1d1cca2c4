import Foundation
import Testing

@testable import Service

struct MetricsTests {
    private let registry = MetricsRegistry()

    private static let batches = Metric(counter: "bus_batches_total", "Batches.", labels: ["consumer"])
    private static let lag = Metric(
        gauge: "bus_lag", "How far \\ behind,\nin messages.", labels: ["topic", "partition"])
    private static let age = Metric(gauge: "bus_age_seconds", "The oldest.")
    private static let duration = Metric(
        histogram: "bus_batch_seconds", "How long.", labels: ["consumer"], bounds: [1, 0.1, 10])

    @Test func eachMetricIsWrittenAsPrometheusReadsIt() {
        registry.counter(Self.batches, "b").increment(by: 3)
        registry.counter(Self.batches, "a").increment()
        registry.gauge(Self.age).record(1.5)
        let duration = registry.histogram(Self.duration, "a")
        for seconds in [0.05, 0.1, 0.5, 20] { duration.record(seconds) }
        #expect(
            PrometheusText.text(registry) == """
                # HELP bus_batches_total Batches.
                # TYPE bus_batches_total counter
                bus_batches_total{consumer="a"} 1
                bus_batches_total{consumer="b"} 3
                # HELP bus_age_seconds The oldest.
                # TYPE bus_age_seconds gauge
                bus_age_seconds 1.5
                # HELP bus_batch_seconds How long.
                # TYPE bus_batch_seconds histogram
                bus_batch_seconds_bucket{consumer="a",le="0.1"} 2
                bus_batch_seconds_bucket{consumer="a",le="1"} 3
                bus_batch_seconds_bucket{consumer="a",le="10"} 3
                bus_batch_seconds_bucket{consumer="a",le="+Inf"} 4
                bus_batch_seconds_sum{consumer="a"} 20.65
                bus_batch_seconds_count{consumer="a"} 4

                """)
    }

    @Test func whatWouldBreakALineIsEscaped() {
        registry.gauge(Self.lag, "a\"b\\c\nd", "0").record(1)
        #expect(
            PrometheusText.text(registry) == """
                # HELP bus_lag How far \\\\ behind,\\nin messages.
                # TYPE bus_lag gauge
                bus_lag{topic="a\\"b\\\\c\\nd",partition="0"} 1

                """)
    }

    @Test(arguments: [
        (Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (0, "0"), (1_764_201_600, "1764201600"),
        (0.000_01, "1e-05"), (-2.25, "-2.25"),
    ])
    func aNumberIsWrittenAsPrometheusWritesIt(_ value: Double, _ text: String) {
        registry.gauge(Self.age).record(value)
        #expect(PrometheusText.text(registry).hasSuffix("\nbus_age_seconds \(text)\n"))
    }

    @Test func aSeriesThatIsGoneIsNotWrittenAnyMore() {
        registry.replace(Self.lag, with: [(["a", "0"], 1), (["a", "1"], 2)])
        registry.replace(Self.lag, with: [(["a", "1"], 3)])
        #expect(!PrometheusText.text(registry).contains("partition=\"0\""))
        #expect(PrometheusText.text(registry).contains("bus_lag{topic=\"a\",partition=\"1\"} 3\n"))
        registry.replace(Self.lag, with: [])
        #expect(PrometheusText.text(registry).isEmpty)
    }

    @Test func aTallyAddsAllThatItCounted() {
        let histogram = registry.histogram(Self.duration, "a")
        histogram.record(.milliseconds(50))
        var tally = histogram.makeTally()
        tally.record(5, times: 3)
        tally.record(.nan)
        histogram.record(tally)
        #expect(histogram.tally.counts == [1, 0, 3, 0])
        #expect(abs(histogram.tally.sum - 15.05) < 0.000_001)
    }

    @Test func noneOfManyThreadsCountsIsLost() throws {
        let threads = (0..<4).map { _ in
            WorkerThread(name: "count") { [registry] in
                for _ in 0..<10_000 {
                    registry.counter(Self.batches, "a").increment()
                    registry.histogram(Self.duration, "a").record(1)
                }
            }
        }
        for thread in threads { try thread.join() }
        #expect(registry.counter(Self.batches, "a").value == 40_000)
        #expect(registry.histogram(Self.duration, "a").tally.count == 40_000)
    }

    @Test func aProcessMeasuresItself() throws {
        ProcessMetrics.measure(with: registry)
        let text = PrometheusText.text(registry)
        #expect(Set(registry.names) == Set(ProcessMetrics.all.map(\.name)))
        let memory = try #require(text.firstMatch(of: /\nprocess_resident_memory_bytes (\d+)\n/))
        #expect(try #require(Int(memory.1)) > 1 << 20)
        #expect(text.contains(/\nprocess_cpu_seconds_total \d/))
    }
}

/// Measurements as Prometheus reads them: its text format, version 0.0.4.
public enum PrometheusText {
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    public static func text(_ registry: MetricsRegistry) -> String {
        var text = ""
        for family in registry.collect() where !family.series.isEmpty {
            let metric = family.metric
            text += "# HELP \(metric.name) \(escapedHelp(metric.help))\n"
            text += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                let pairs = zip(metric.labels, labels).map { "\($0)=\"\(escaped($1))\"" }
                write(series, metric.name, pairs, to: &text)
            }
        }
        return text
    }

    private static func write(
        _ series: MetricsRegistry.Series, _ name: String, _ pairs: [String], to text: inout String
    ) {
        switch series {
        case .counter(let counter): text += "\(name)\(labelled(pairs)) \(counter.value)\n"
        case .gauge(let gauge): text += "\(name)\(labelled(pairs)) \(number(gauge.value))\n"
        case .histogram(let histogram):
            let tally = histogram.tally
            var count: Int64 = 0
            for (bound, added) in zip(tally.bounds.map(number) + ["+Inf"], tally.counts) {
                count += added
                text += "\(name)_bucket\(labelled(pairs + ["le=\"\(bound)\""])) \(count)\n"
            }
            text += "\(name)_sum\(labelled(pairs)) \(number(tally.sum))\n"
            text += "\(name)_count\(labelled(pairs)) \(count)\n"
        }
    }

    private static func labelled(_ pairs: [String]) -> String {
        pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func escapedHelp(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func escaped(_ text: String) -> String {
        escapedHelp(text).replacing("\"", with: "\\\"")
    }
}

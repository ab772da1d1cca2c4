import Foundation
// In a release build, the compiler finds the fields of timespec by this module alone.
import SwiftOverlayShims

/// What every process tells of itself, by the names that Prometheus' own libraries use.
public enum ProcessMetrics {
    public static let residentMemory = Metric(
        gauge: "process_resident_memory_bytes", "Memory of the process that is in RAM, in bytes.")
    public static let processorTime = Metric(
        counter: "process_cpu_seconds_total", "Time that processors have spent on the process, in seconds.")
    public static let startTime = Metric(
        gauge: "process_start_time_seconds", "When the process began, in seconds since 1970.")
    public static let openFiles = Metric(gauge: "process_open_fds", "Files and connections that the process has open.")

    public static let all = [residentMemory, processorTime, startTime, openFiles]

    /// Has a registry measure the process whenever it is read.
    public static func measure(with registry: MetricsRegistry) {
        registry.gauge(startTime).record(Date().timeIntervalSince1970)
        let pageSize = sysconf(Int32(_SC_PAGESIZE))
        registry.onCollect { registry in
            if let pages = pages() { registry.gauge(residentMemory).record(pages * pageSize) }
            if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
                // Without the one by which they are listed.
                registry.gauge(openFiles).record(max(0, files - 1))
            }
            var time = timespec()
            if clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 {
                registry.record(total: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9, of: processorTime)
            }
        }
    }

    /// Pages of the process in RAM, the second number of `/proc/self/statm`.
    private static func pages() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let numbers = text.split(separator: " ")
        return numbers.count > 1 ? Int(numbers[1]) : nil
    }
}

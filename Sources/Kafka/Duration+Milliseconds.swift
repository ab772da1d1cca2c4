extension Duration {
    /// Whole milliseconds for a C timeout, never negative (which would mean for ever), rounded up.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let millisecond: Int64 = 1_000_000_000_000_000
        let whole = seconds.multipliedReportingOverflow(by: 1000)
        guard !whole.overflow, whole.partialValue < Int64(Int32.max) - 1001 else { return Int32.max }
        return Int32(whole.partialValue + (attoseconds + millisecond - 1) / millisecond)
    }
}

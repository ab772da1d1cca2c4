/// The parameters of a statement, in binary.
struct ParameterList {
    let types: [DatabaseType]
    private var bytes = WireBytes()
    /// Where each value starts; nil for a null.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []

    init(_ values: [(any DatabaseValue)?]) {
        types = values.map { $0.map { type(of: $0).databaseType } ?? .unknown }
        // So that even empty values have an address.
        bytes.reserve(1)
        for value in values {
            let start = bytes.count
            value?.write(to: &bytes)
            starts.append(value == nil ? nil : start)
            lengths.append(Int32(bytes.count - start))
        }
    }

    var count: Int32 { Int32(starts.count) }

    /// All formats are binary.
    var formats: [Int32] { Array(repeating: 1, count: starts.count) }

    func withUnsafePointers<T>(
        _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [Int32]) throws -> T
    ) rethrows -> T {
        try bytes.withUnsafeBytes { buffer in
            let values = starts.map { start in
                start.flatMap { start in buffer.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) } }
            }
            return try body(values, lengths)
        }
    }
}

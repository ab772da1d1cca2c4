import Contracts
import Kafka

/// What is kept of a message that does not take effect, when it is too large to be kept whole: the beginning, its size and
/// its digest. So a dead letter fits into its topic, whatever it was.
struct KeptParts {
    let hash: SHA256

    /// A value up to this size is kept whole: with the beginnings of key and headers it makes a message of less than a
    /// megabyte.
    static let longestValue = 850_000
    /// What is kept of a key, of all headers, and of a longer value.
    static let beginning = 64 << 10

    /// - returns: the value, or its beginning.
    func value(_ value: UnsafeRawBufferPointer) -> [UInt8] {
        Array(value.count > Self.longestValue ? UnsafeRawBufferPointer(rebasing: value.prefix(Self.beginning)) : value)
    }

    /// Key and headers of a message, each whole or its beginning; headers of ours then say what is missing.
    func keyAndHeaders(_ key: UnsafeRawBufferPointer?, _ headers: borrowing MessageHeaders) -> (
        key: [UInt8]?, headers: [[UInt8]]
    ) {
        var kept: [[UInt8]] = []
        var left = Self.beginning
        var size = 0
        headers.visit { name, value in
            size += name.count + value.count
            guard left > 0 else { return }
            kept.append(Array(name.prefix(left)))
            left -= kept[kept.count - 1].count
            kept.append(Array(value.prefix(left)))
            left -= kept[kept.count - 1].count
        }
        if size > Self.beginning { add(&kept, "ledgerbus-headers-size", "\(size)") }
        guard let key, key.count > Self.beginning else { return (key.map { Array($0) }, kept) }
        add(&kept, "ledgerbus-key-size", "\(key.count)")
        add(&kept, "ledgerbus-key-sha256", hash.digest(key).description)
        return (Array(key.prefix(Self.beginning)), kept)
    }

    private func add(_ headers: inout [[UInt8]], _ name: String, _ value: String) {
        headers.append(Array(name.utf8))
        headers.append(Array(value.utf8))
    }
}

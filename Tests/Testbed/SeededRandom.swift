import Foundation

/// Random numbers that can be had again: a failure prints the seed, and `LEDGERBUS_TEST_SEED` sets it.
public struct SeededRandom: RandomNumberGenerator, CustomStringConvertible {
    public let seed: UInt64
    private var state: UInt64

    public init() {
        let given = ProcessInfo.processInfo.environment["LEDGERBUS_TEST_SEED"].flatMap(UInt64.init)
        self.init(seed: given ?? UInt64.random(in: 0...UInt64.max))
    }

    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// SplitMix64.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Changes, adds, removes, cuts or copies some of the bytes.
    public mutating func damage(_ bytes: inout [UInt8]) {
        guard let position = bytes.indices.randomElement(using: &self) else { return }
        switch Int.random(in: 0..<5, using: &self) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &self)
        case 1: bytes.insert(Array("{}[]\",:\\-0eE. \0".utf8).randomElement(using: &self) ?? 0, at: position)
        case 2: bytes.remove(at: position)
        case 3:
            let end = min(bytes.count, position + Int.random(in: 1...40, using: &self))
            bytes.removeSubrange(position..<end)
        default:
            let end = min(bytes.count, position + Int.random(in: 1...40, using: &self))
            bytes.insert(contentsOf: bytes[position..<end], at: Int.random(in: 0...bytes.count, using: &self))
        }
    }

    public var description: String { "LEDGERBUS_TEST_SEED=\(seed)" }
}

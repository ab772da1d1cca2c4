import Contracts
import Testbed
import Testing

/// Whatever bytes come, a decoder gives a message or an error, and what it accepts it can write again.
struct HostileMessageTests {
    private let choices: ChoiceTables

    init() throws { choices = try ChoiceTables() }

    @Test("Random bytes are refused", arguments: Contract.all)
    func randomBytes(_ contract: Contract) {
        var random = SeededRandom()
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if contract.error(decoding: bytes, choices) == nil { Issue.record("\(bytes) were accepted: \(random)") }
        }
    }

    @Test("Messages with bytes changed, added, removed and moved are read or refused", arguments: Contract.all)
    func mutated(_ contract: Contract) throws {
        var random = SeededRandom()
        var accepted = 0
        for round in 0..<5_000 {
            var bytes = contract.samples[round % contract.samples.count]
            for _ in 0...Int.random(in: 0...3, using: &random) { random.damage(&bytes) }
            guard contract.error(decoding: bytes, choices) == nil else { continue }
            accepted += 1
            let written = try contract.rewrite(bytes, choices)
            if try contract.rewrite(written, choices) != written {
                Issue.record("\(bytes) came back changed: \(random)")
            }
        }
        #expect(accepted < 5_000, "\(random)")
    }
}

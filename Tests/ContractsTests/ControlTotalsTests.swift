import Contracts
import Testbed
import Testing

struct ControlTotalsTests {
    private struct Line {
        let id: GUID
        let amount: Money
        let currency: CurrencyCode
        let digest: String
    }

    /// The digests are Python's: `hashlib.sha256("5d8f…|1600.0000|USD".encode()).hexdigest()`.
    private static func lines() throws -> [Line] {
        try [
            (
                "5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d", "1600", "USD",
                "2ac404cc69a5f95410c7987a6c1b478f2d494a428185e3315dc87630d6bdad86"
            ),
            (
                "00000000-0000-0000-0000-000000000001", "-0.0001", "JPY",
                "7e115dcca8cefd80a0c8716ad02bf28c3b2102d24409b906dbfd6f8b5f314e70"
            ),
            (
                "ffffffff-ffff-ffff-ffff-ffffffffffff", "999999999999999.9999", "EUR",
                "2dfb15a4a4dba6465260cb5f0506705b5a1ea284d6b00fd375faf2af3ed9c96c"
            ),
        ].map {
            Line(
                id: try #require(GUID($0.0)), amount: try Money($0.1), currency: try #require(CurrencyCode($0.2)),
                digest: $0.3)
        }
    }

    /// The three, each lane added modulo 2³², by Python too.
    private static let sum = "d6d0783cb7509d1a03f0d543414daa76c288ef989c3fac0aafc0d86a74c8c562"

    @Test("A row's digest is SHA-256 over id, amount and currency")
    func digestOfRow() throws {
        let hash = try SHA256()
        for line in try Self.lines() {
            let digest = ControlDigest(actualId: line.id, amount: line.amount, currency: line.currency, hash: hash)
            #expect(digest.description == line.digest)
            #expect(ControlDigest(line.digest) == digest)
        }
    }

    @Test("Totals do not depend on the order of the rows")
    func anyOrder() throws {
        let hash = try SHA256()
        let lines = try Self.lines()
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            var totals = ControlTotals()
            for line in order.map({ lines[$0] }) {
                let digest = ControlDigest(actualId: line.id, amount: line.amount, currency: line.currency, hash: hash)
                totals += (line.amount, digest)
            }
            #expect(totals.count == 3)
            #expect(totals.amount.description == "1000000000001599.9998")
            #expect(totals.digest.description == Self.sum)
        }
    }

    @Test("A row that is added and taken away again changes nothing")
    func subtraction() throws {
        let digests = try Self.lines().map { try #require(ControlDigest($0.digest)) }
        let sum = digests.reduce(ControlDigest(), +)
        #expect(sum.description == Self.sum)
        #expect(sum - digests[1] == digests[0] + digests[2])
        #expect(digests.reduce(sum, -) == ControlDigest())
    }

    @Test("Another amount, currency or id is another digest")
    func sensitive() throws {
        let hash = try SHA256()
        let line = try #require(try Self.lines().first)
        let others = [
            ControlDigest(actualId: line.id, amount: line.amount + Money(units: 1), currency: "USD", hash: hash),
            ControlDigest(actualId: line.id, amount: line.amount, currency: "EUR", hash: hash),
            ControlDigest(
                actualId: GUID(high: line.id.high, low: line.id.low + 1), amount: line.amount, currency: "USD",
                hash: hash),
        ]
        #expect(Set(others.map(\.description) + [line.digest]).count == 4)
    }

    @Test("A text that is no digest is refused")
    func refused() {
        let text = String(repeating: "0", count: 64)
        #expect(ControlDigest(text) == ControlDigest())
        #expect(ControlDigest(String(text.dropLast())) == nil)
        #expect(ControlDigest("+" + text.dropFirst()) == nil)
        #expect(ControlDigest("-" + text.dropFirst()) == nil)
        #expect(ControlDigest("g" + text.dropFirst()) == nil)
        #expect(ControlDigest(String(repeating: "é", count: 32)) == nil)
    }

    @Test("SHA-256 gives the published digests, one after the other from one object")
    func sha256() throws {
        let hash = try SHA256()
        #expect(hash.digest("").description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(hash.digest("abc").description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(hash.digest("").bytes.count == 32)
        #expect(hash.digest("abc").guid.description == "ba7816bf-8f01-cfea-4141-40de5dae2223")
    }
}

import Contracts
import Testbed
import Testing

struct GUIDTests {
    @Test("An id is read in either case and written in lower case")
    func eitherCase() throws {
        let lower = "5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d"
        let id = try #require(GUID(lower))
        #expect(GUID(lower.uppercased()) == id)
        #expect(id.description == lower)
        #expect(id.high == 0x5d8f_2f0e_4b7a_ee11)
        #expect(id.low == 0x8179_000d_3a5b_1c2d)
    }

    @Test(
        "What is no id is refused",
        arguments: [
            "", "5d8f2f0e4b7aee118179000d3a5b1c2d", "{5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d}",
            "5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2", "5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d ",
            "5d8f2f0e-4b7a-ee11-8179_000d3a5b1c2d", "5d8f2f0g-4b7a-ee11-8179-000d3a5b1c2d",
            "-d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d", "５d8f2f0e-4b7a-ee11-8179-000d3a5b1c",
        ])
    func refused(_ text: String) {
        #expect(GUID(text) == nil)
    }

    @Test("Random ids come back from their text, and order as it does")
    func roundTrip() {
        var random = SeededRandom()
        for _ in 0..<1_000 {
            let one = GUID(high: random.next(), low: random.next())
            let other = GUID(high: random.next() & 1 == 0 ? one.high : random.next(), low: random.next())
            #expect(GUID(one.description) == one, "\(random)")
            #expect((one < other) == (one.description < other.description), "\(random)")
        }
    }
}

import Contracts

/// The highest numbers of number sequences that are somewhere in use.
struct SeenNumbers {
    /// A sequence, and what its numbers begin with: set-up may have given it another prefix since.
    private struct Kind: Hashable {
        var company: Company
        var sequence: NumberSequence
        var stem: Substring
    }

    private var highest: [Kind: String] = [:]
    private var last: String?

    var isEmpty: Bool { highest.isEmpty }

    mutating func see(_ number: String, of sequence: NumberSequence, company: Company) {
        // All lines of an invoice have one voucher.
        guard number != last else { return }
        last = number
        let digits = number.utf8.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        let kind = Kind(company: company, sequence: sequence, stem: number.dropLast(digits))
        if let known = highest[kind], (known.utf8.count, known) >= (number.utf8.count, number) { return }
        highest[kind] = number
    }

    /// The highest number of a sequence that is of its format; nil when there is none.
    func highest(of sequence: NumberSequence, company: Company, format: NumberFormat) -> Int? {
        highest.lazy.filter { $0.key.company == company && $0.key.sequence == sequence }
            .compactMap { format.number($0.value) }.max()
    }

    var companies: [Company] { Set(highest.keys.map(\.company)).sorted { $0.rawValue < $1.rawValue } }
}

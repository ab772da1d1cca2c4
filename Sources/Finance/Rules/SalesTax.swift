import Contracts

/// The sales tax of one line (`domain.md` §9.8): by code, each rounded; what the line's amount contains is taken out.
struct SalesTax: Hashable {
    /// The line's amount without tax.
    var net: Money
    /// A tax for each code, in the order of the codes.
    var taxes: [Tax] = []

    struct Tax: Hashable {
        var base: Money
        var amount: Money
    }

    /// - parameter precision: that of the transaction currency.
    init(on amount: Money, codes: [SalesTaxCode], precision: Int) {
        net = amount
        guard !codes.isEmpty else { return }
        var allIncluded = Percentage.zero
        for code in codes where code.included { allIncluded += code.percentage }
        for code in codes {
            let tax =
                code.included
                ? amount.includedPart(code.percentage, ofAll: allIncluded, precision: precision)
                : amount.part(code.percentage, precision: precision)
            if code.included { net -= tax }
            taxes.append(Tax(base: amount, amount: tax))
        }
        for index in codes.indices where codes[index].included { taxes[index].base = net }
    }
}

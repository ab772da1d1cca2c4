import Contracts

/// The sales tax of one line (`domain.md` §9.8, §9.23): by code, each rounded; what the line's amount contains is taken
/// out.
struct SalesTax: Hashable {
    /// The line's amount without tax.
    var net: Money
    /// A tax for each code, in the order of the codes.
    var taxes: [Tax] = []

    struct Tax: Hashable {
        var base: Money
        var amount: Money
        /// What of the amount is not deductible.
        var nonDeductible = Money.zero
    }

    /// - parameter amount: rounded to the transaction currency.
    /// - parameter precision: that of the transaction currency.
    /// - throws: `DecimalProblem.tooLarge`.
    init(on amount: Money, codes: [SalesTaxCode], precision: Int) throws(DecimalProblem) {
        var allIncluded = Percentage.zero
        for code in codes where code.included { allIncluded += code.percentage }
        var amounts: [Money] = []
        for code in codes {
            amounts.append(
                code.included
                    ? try amount.includedPart(code.percentage, ofAll: allIncluded, precision: precision)
                    : try amount.part(code.percentage, precision: precision))
        }
        try self.init(amounts, on: amount, codes: codes, precision: precision)
    }

    /// Taxes that are known: a tax that is included is computed on what is left without any, another on the amount.
    ///
    /// - parameter standing: what stands of each tax before, of the opposite sign where this one takes it back: what is not
    ///   deductible of both is rounded as one, so that parts that take a tax back come to the whole.
    /// - throws: `DecimalProblem.tooLarge`.
    init(
        _ amounts: [Money], on amount: Money, codes: [SalesTaxCode], standing: [Money] = [], precision: Int
    ) throws(DecimalProblem) {
        net = amount
        for (code, tax) in zip(codes, amounts) where code.included { net -= tax }
        for (index, (code, tax)) in zip(codes, amounts).enumerated() {
            var nonDeductible = Money.zero
            if code.nonDeductible != .zero {
                let before = standing.indices.contains(index) ? standing[index] : .zero
                nonDeductible =
                    try (before + tax).part(code.nonDeductible, precision: precision)
                    - before.part(code.nonDeductible, precision: precision)
            }
            taxes.append(Tax(base: code.included ? net : amount, amount: tax, nonDeductible: nonDeductible))
        }
    }
}

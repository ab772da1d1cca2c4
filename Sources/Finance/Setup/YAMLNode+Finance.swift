import Contracts
import YAML

// Finance's values in a set-up file.
extension YAMLNode {
    func asInt(in range: ClosedRange<Int>) throws(YAMLError) -> Int {
        let value = try asInt()
        guard range.contains(value) else {
            throw error(
                range.upperBound == .max
                    ? "must be at least \(range.lowerBound)"
                    : "must be between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }

    /// An exact decimal; quoted or not, it is never a floating-point number.
    func asDecimal<Value: ExactDecimal>(_: Value.Type = Value.self) throws(YAMLError) -> Value {
        let text = try asString()
        do {
            return try Value(text)
        } catch {
            switch error {
            case .notADecimal: throw self.error("must be a decimal such as 7.5")
            case .tooManyPlaces: throw self.error("must have at most \(Value.scale) decimal places")
            case .tooLarge:
                throw self.error("must have at most \(Value.mostDigits - Value.scale) digits before the point")
            }
        }
    }

    /// Accounting currency per 100 units of a currency.
    func asRate() throws(YAMLError) -> ExchangeRate {
        let rate: ExchangeRate = try asDecimal()
        guard rate > .zero else { throw error("must be more than 0: the accounting currency per 100 units") }
        return rate
    }

    /// The percentage of a tax, from 0 to 100: a tax of an amount that contains it is found by dividing by 100 and more.
    func asPercentage() throws(YAMLError) -> Percentage {
        let percentage: Percentage = try asDecimal()
        guard percentage >= .zero, percentage <= Percentage(100) else { throw error("must be between 0 and 100") }
        return percentage
    }

    func asDate() throws(YAMLError) -> CalendarDate {
        guard let date = CalendarDate(try asString()) else { throw error("must be a date such as 2026-01-01") }
        return date
    }

    func asCurrency() throws(YAMLError) -> CurrencyCode {
        guard let currency = CurrencyCode(try asString()) else {
            throw error("must be an ISO currency code such as USD")
        }
        return currency
    }

    func asLabel<Value: RawRepresentable<String> & CaseIterable>(
        _: Value.Type = Value.self
    ) throws(YAMLError) -> Value {
        guard let value = Value(rawValue: try asString()) else {
            throw error("must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    /// A name that another section of the company gives.
    func asName(in names: Set<String>, of section: String) throws(YAMLError) -> String {
        let name = try asString()
        guard names.contains(name) else { throw error("names \"\(name)\", which is not in \(section)") }
        return name
    }
}

import Contracts

/// What Dataverse has of an invoice whose customer invoice is posted, when it is not what was posted: a person corrects it
/// (`domain.md` §6.14).
struct InvoiceDifference: Hashable, Sendable {
    let reason: String

    /// - parameters:
    ///   - posted: what the customer's invoice was made of.
    ///   - announced: what Dataverse confirmed since; nil when nothing.
    ///   - arrived: how many billed sales of the invoice are here.
    /// - returns: nil when the invoice is as it was posted.
    init?(posted: ControlTotals, announced: ControlTotals?, arrived: Int, currency: CurrencyCode) {
        if let announced, announced != posted {
            var difference =
                "Dataverse has \(announced.count) billed sales of \(announced.amount) \(currency), and \(posted.count) of "
                + "\(posted.amount) were posted"
            if announced.count == posted.count, announced.amount == posted.amount { difference += ", which are others" }
            reason = Self.sentence(difference)
        } else if arrived != posted.count {
            reason = Self.sentence("\(arrived) billed sales arrived, and \(posted.count) were posted")
        } else {
            return nil
        }
    }

    private static func sentence(_ difference: String) -> String {
        "out of sync: \(difference); correct the difference with a new invoice in Dataverse"
    }
}

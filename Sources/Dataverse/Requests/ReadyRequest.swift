import Contracts

/// A row of `dataverse ready`: one unbilled sale, or those of a contract up to a day.
struct ReadyRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case unbilledSale, contract, through, ready
    }

    static var key: Field { .unbilledSale }

    var unbilledSale: GUID?
    var contract: String?
    var through: CalendarDate?
    /// False takes *Ready to Invoice* back.
    var ready: Bool

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        unbilledSale = try row.id(.unbilledSale)
        contract = try row.text(.contract, most: 36)
        through = try row.date(.through)
        ready = try row.flag(.ready) ?? true
        guard (unbilledSale == nil) != (contract == nil) else {
            throw RequestProblem("name an unbilledSale, or a contract")
        }
        if contract != nil, !ready { throw RequestProblem("ready is taken back from one unbilledSale at a time") }
    }
}

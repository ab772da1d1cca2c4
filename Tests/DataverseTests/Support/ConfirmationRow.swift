import Contracts
import Testing

@testable import Dataverse

/// One row of a table of `domain.md`: a line of a draft, and what confirming it makes, as the table writes it.
///
/// `U 8 1600 ch` is an unbilled sale of eight hours for 1,600, chargeable; after it come its adjustment and billing status,
/// and `skipped` with Skip Sync.
struct ConfirmationRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let line: DraftLine
    /// Existing rows, as they are then.
    let existing: [String]
    let new: [String]
    let connections: [String]

    init(
        _ title: String, _ line: DraftLine = .hours(), existing: [String] = [], new: [String],
        connections: [String]? = nil, _ change: (inout DraftLine) -> Void
    ) {
        testDescription = title
        var line = line
        change(&line)
        self.line = line
        self.existing = existing
        self.new = new
        self.connections = connections ?? []
    }

    /// Confirms the line, and compares all that it makes.
    @discardableResult
    func check() throws -> ConfirmedRows {
        let rows = try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds())
        #expect(rows.changed.map(\.written) == existing)
        #expect(rows.actuals.map(\.written) == new)
        let known = Dictionary((rows.actuals + rows.changed).map { ($0.actualId, $0.name) }) { $1 }
        let written = rows.connections.map {
            "\($0.transaction1Role) \(known[$0.transaction1Id] ?? "?") – \($0.transaction2Role) "
                + "\(known[$0.transaction2Id] ?? "?")"
        }
        if !connections.isEmpty || new.count < 2 { #expect(written == connections) }
        let ids = rows.actuals.map(\.actualId) + rows.connections.map(\.connectionId)
        #expect(Set(ids).count == ids.count, "every row has an id of its own")
        #expect(try Confirmation.rows(for: line, on: ConfirmationRow.day, ids: ConfirmationIds()) == rows)
        for actual in rows.actuals {
            #expect(actual.invoiceId == WebAPI.id(100) || actual.billingStatus == .unbilledSalesCreated)
            #expect(actual.accountingDate == (actual.transactionType == .billedSales ? Self.day : Self.approved))
        }
        return rows
    }

    /// The day of confirmation, and that of approval.
    static let day = CalendarDate(day: 20_376)
    static let approved = CalendarDate(day: 20_333)
}

extension DraftLine {
    /// Eight hours at 200 that nobody edited.
    static func hours(_ quantity: Int = 8, price: Int = 200, of transactionClass: TransactionClass = .time) -> DraftLine
    {
        var facts = ActualFacts.billedSale.actual.facts
        facts.transactionClass = transactionClass
        (facts.quantity, facts.price, facts.amount) = (Quantity(quantity), Money(price), Money(quantity * price))
        return DraftLine(
            detail: InvoiceLineDetail(invoiceLineDetailId: WebAPI.id(301), invoiceId: WebAPI.id(100), facts: facts),
            billingMethod: .timeAndMaterial,
            unbilled: Actual(
                actualId: WebAPI.id(201), rowVersion: 7, transactionType: .unbilledSales,
                billingStatus: .customerInvoiceCreated, accountingDate: ConfirmationRow.approved, facts: facts),
            belonging: .sample, header: .sample, currencyPrecision: 2)
    }

    /// A correction of eight hours at 200 that shall become nothing, as a revision makes it.
    static func correction(_ quantity: Int = 8, price: Int = 200, of transactionClass: TransactionClass = .time)
        -> DraftLine
    {
        var line = hours(quantity, price: price, of: transactionClass)
        line.detail.isCorrection = true
        var unbilled = line.unbilled
        line.unbilled = nil
        unbilled?.billingStatus = .customerInvoicePosted
        unbilled?.invoiceId = WebAPI.id(50)
        let billed = Actual(
            actualId: WebAPI.id(203), rowVersion: 9, transactionType: .billedSales,
            billingStatus: .customerInvoicePosted, accountingDate: CalendarDate(day: 20_340), invoiceId: WebAPI.id(50),
            facts: line.detail.facts)
        line.corrected = CorrectedSale(billed: billed, unbilled: unbilled)
        line.detail.say(0)
        return line
    }

    /// A milestone of 1,000.
    static var ofMilestone: DraftLine {
        var line = hours(1, price: 1_000, of: .milestone)
        line.unbilled = nil
        line.billingMethod = .fixedPrice
        line.detail.contractLineId = WebAPI.fixedPriceLine
        line.milestone = Milestone(
            milestoneId: WebAPI.id(601), amount: Money(1_000), currencyId: WebAPI.currency,
            contractLineId: WebAPI.fixedPriceLine, projectContractId: WebAPI.contract, invoiceStatus: .ready)
        return line
    }
}

extension InvoiceLineDetail {
    /// Sets the quantity, and the price if one is given, and the amount that they come to.
    mutating func say(_ quantity: Int, price: Int? = nil) {
        if let price { self.price = Money(price) }
        self.quantity = Quantity(quantity)
        self.amount = Money(units: (self.price ?? .zero).units * Int128(quantity))
    }
}

extension Actual {
    /// The row as a table of `domain.md` writes it.
    var written: String {
        let amount = self.amount.text(precision: 0)
        let parts = [
            name, amount, billing,
            adjustmentStatus.map { $0 == .adjusted ? "ADJ" : "UNADJ" }, status, skipSync ? "skipped" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }

    /// Its type and quantity.
    var name: String {
        let quantity = self.quantity.map { String($0.description.prefix { $0 != "." }) } ?? "–"
        return "\(transactionType == .billedSales ? "B" : "U") \(quantity)"
    }

    private var billing: String {
        switch self.billingType {
        case .chargeable: "ch"
        case .nonChargeable: "nc"
        case .complimentary: "co"
        case .notAvailable, nil: "–"
        }
    }

    private var status: String? {
        switch billingStatus {
        case .customerInvoicePosted: "posted"
        case .canceled: "canceled"
        case .unbilledSalesCreated: "open"
        default: billingStatus?.rawValue
        }
    }
}

import Bus
import Contracts
import Database

/// A billed sale that another system invoiced before the cut-over, with what credits have taken back of it here.
struct OpeningSale: Hashable, Sendable {
    var amount: Money
    /// That of its invoice, which finds the rates of its taxes.
    var accountingDate: CalendarDate
    /// The voucher that the other system gave.
    var voucher: String
    var credits: [Credit] = []

    /// A posted credit.
    struct Credit: Hashable, Sendable {
        var amount: Money
        var salesTaxes: [Money]
    }
}

extension CreditedLine {
    /// What a credit takes back of an invoice of before the cut-over: as it would have been posted here, on the accounts of
    /// now, with the taxes of the day of its invoice. How the other system posted it nobody knows here; the general ledger
    /// has it under the accounts of the same set-up (`domain.md` §9.17, §9.26).
    ///
    /// - parameter credit: says what kind of line it is.
    /// - throws: ``LineRefusal`` when set-up lacks something.
    init(
        _ opening: OpeningSale, creditedBy credit: ProposalLineToPost, contract: String, conversion: Conversion,
        bookings: Bookings
    ) throws(LineRefusal) {
        var kind = InvoiceLineBooking.Kind(credit, contract: contract, invoiceDate: opening.accountingDate)
        kind.isNegative = opening.amount < .zero
        let booking = try bookings.booking(of: kind)
        do {
            let tax = try SalesTax(
                on: try opening.amount.rounded(to: conversion.currencyPrecision), codes: booking.salesTaxCodes,
                precision: conversion.currencyPrecision)
            self.init(
                proposalNumber: "\(opening.voucher), which was posted before the cut-over", amount: opening.amount,
                salesTaxes: tax.taxes.map(\.amount), booking: booking,
                rates: try Self.rates(of: opening, credit, contract: contract, conversion, bookings.setup))
        } catch let refusal as LineRefusal {
            throw refusal
        } catch {
            throw LineRefusal(.tooLarge(opening.amount, "taxed"))
        }
        for known in opening.credits { take(known.amount, taxes: known.salesTaxes) }
    }

    /// Those of the day of its invoice, where credits have the rates of what they take back (§9.5).
    private static func rates(
        of opening: OpeningSale, _ credit: ProposalLineToPost, contract: String, _ conversion: Conversion,
        _ setup: FinanceSetup
    ) throws(LineRefusal) -> PostingRates {
        guard setup.parameters.creditExchangeRate == .original else { return conversion.rates }
        do throws(SetupGap) {
            return try setup.postingRates(
                of: .billedSales, currency: credit.currency, contract: contract, on: opening.accountingDate)
        } catch {
            throw LineRefusal(error)
        }
    }
}

private struct OpeningRow: Record {
    var actualId: GUID
    var amount: Money
    var accountingDate: CalendarDate
    var voucher: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OpeningRow(
            actualId: try column("actual_id", row?.actualId), amount: try column("amount", row?.amount),
            accountingDate: try column("accounting_date", row?.accountingDate),
            voucher: try column("opening_voucher", row?.voucher))
    }
}

extension InvoiceStore {
    /// Of some billed sales those that another system invoiced before the cut-over.
    ///
    /// That two invoices take back the same one, import does not let happen.
    func openingSales(of actuals: [GUID], company: Company) throws -> [GUID: OpeningSale] {
        let rows = try connection.records(
            OpeningRow.self,
            """
            SELECT \(OpeningRow.columnList) FROM actuals_staging
            WHERE actual_id = ANY ($2) AND data_area_id = $1 AND opening_voucher IS NOT NULL
            """, company, actuals)
        guard !rows.isEmpty else { return [:] }
        var sales = Dictionary(
            rows.map {
                ($0.actualId, OpeningSale(amount: $0.amount, accountingDate: $0.accountingDate, voucher: $0.voucher))
            }
        ) { first, _ in first }
        for credit in try credits(of: rows.map(\.actualId), company: company) {
            sales[credit.reversedActualId]?.credits.append(
                OpeningSale.Credit(amount: credit.amount, salesTaxes: credit.salesTaxes))
        }
        return sales
    }
}

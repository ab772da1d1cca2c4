import Contracts

/// A line of an invoice, with how it is posted and what it books.
struct BookedInvoiceLine {
    var booking: InvoiceLineBooking
    var amounts: InvoiceLineAmounts
    /// By which it was converted.
    var conversion: Conversion

    /// A line that is no credit, by today's set-up and by what its unbilled sale accrued.
    ///
    /// - throws: ``LineRefusal``.
    init(
        _ line: ProposalLineToPost, contract: String, terms: InvoiceTerms, bookings: Bookings
    ) throws(LineRefusal) {
        conversion = terms.conversion
        booking = try bookings.booking(
            of: InvoiceLineBooking.Kind(line, contract: contract, invoiceDate: terms.invoiceDate))
        do throws(SetupGap) {
            amounts = try InvoiceLineAmounts(
                line.amount, isChargeable: booking.isChargeable, codes: booking.salesTaxCodes,
                accrual: line.billedSale?.accrual, feeAccrual: line.billedFee?.sale.accrual,
                parts: booking.shown(line.parts), conversion: conversion)
        } catch {
            throw LineRefusal(error)
        }
    }

    /// A credit, as its original was posted (`domain.md` §9.26).
    ///
    /// - parameter credited: the original; nil when it is not posted.
    /// - throws: ``LineRefusal``.
    init(
        credit line: ProposalLineToPost, of credited: inout CreditedLine?, terms: InvoiceTerms
    ) throws(LineRefusal) {
        guard var original = credited else {
            throw LineRefusal(
                .creditedSaleNotPosted,
                "the billed sale \(line.reversedActualId.map { "\($0)" } ?? "") that it takes back is on no posted invoice; "
                    + "post that first")
        }
        conversion = terms.conversion(ofCreditAt: original.rates)
        let tax = try original.take(line.amount, precision: conversion.currencyPrecision)
        credited = original
        booking = original.booking
        do throws(SetupGap) {
            amounts = try InvoiceLineAmounts(
                credit: line.amount, tax: booking.isChargeable ? tax : nil, parts: booking.shown(line.parts),
                conversion: conversion)
        } catch {
            throw LineRefusal(error)
        }
    }
}

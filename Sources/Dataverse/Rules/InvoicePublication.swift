import Contracts

/// What becomes of a captured invoice.
enum InvoicePublication: Hashable, Sendable {
    /// It is not confirmed, and never was.
    case draft
    /// Another system has invoiced it.
    case settled
    case waiting(WaitingReason)
    /// It can be complete. The message is all but its control totals, their version and the accounting date.
    case examined(InvoiceConfirmed)

    init(_ facts: InvoiceFacts) {
        guard facts.settlement?.isSettled != true else {
            self = .settled
            return
        }
        guard !facts.isDeleted else {
            self = facts.wasPublished ? .waiting(WaitingReason(.deletedInvoice, facts.invoice.invoiceId)) : .draft
            return
        }
        guard Self.statuses.contains(facts.invoice.status) else {
            self = facts.wasPublished ? .waiting(WaitingReason(.reconfirmation, facts.invoice.invoiceId)) : .draft
            return
        }
        self = facts.publication
    }

    /// The statuses from confirmation on (`domain.md` §2.1).
    static let statuses: Set<ProjectInvoiceStatus> = [.confirmed, .invoicePaid, .posted]
}

extension InvoiceFacts {
    /// The message, or the first thing that it lacks.
    fileprivate var publication: InvoicePublication {
        guard let contract else { return .waiting(WaitingReason(.projectContract, invoice.projectContractId)) }
        guard let contractNumber = contract.contractNumber else {
            return .waiting(WaitingReason(.contractNumber, contract.projectContractId))
        }
        guard let customer else { return .waiting(WaitingReason(.account, customerId)) }
        guard let accountNumber = customer.accountNumber else {
            return .waiting(WaitingReason(.accountNumber, customer.accountId))
        }
        guard let currency else { return .waiting(WaitingReason(.currency, invoice.currencyId)) }
        guard let company else { return .waiting(WaitingReason(.company, contract.contractingUnitId)) }
        guard progress.canBeComplete(lineAmount: invoice.lineAmount) else {
            return .waiting(WaitingReason(.actuals, nil))
        }
        return .examined(
            InvoiceConfirmed(
                invoiceId: invoice.invoiceId, invoiceNumber: invoice.invoiceNumber, company: company,
                contractNumber: contractNumber, customerAccount: accountNumber, customerName: customer.name,
                currency: currency.isoCode, currencyPrecision: Int(currency.precision),
                accountingDate: CalendarDate(day: 0), paymentTerms: invoice.paymentTerms,
                billToName: invoice.billToName, billToAddress: invoice.billToAddress,
                hasCorrections: invoice.hasCorrections, lineAmount: invoice.lineAmount, totalsVersion: 0,
                totalCount: 0, totalAmount: .zero, totalDigest: ControlDigest()))
    }
}

extension Invoice {
    /// The address as a letter has it, a line each; nil when there is none.
    fileprivate var billToAddress: String? {
        let place = [billToPostalCode, billToCity].compactMap(\.self).joined(separator: " ")
        let lines = [
            billToLine1, billToLine2, billToLine3, place.isEmpty ? nil : place, billToState, billToCountry,
        ].compactMap(\.self)
        let address = lines.joined(separator: "\n")
        return address.isEmpty ? nil : address
    }
}

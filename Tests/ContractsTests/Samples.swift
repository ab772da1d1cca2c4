import Contracts
import Testbed

/// Messages of each type: the fullest first, then one without its optional fields, then odd ones.
enum Samples {
    static let one = GUID(high: 0x5d8f_2f0e_4b7a_ee11, low: 0x8179_000d_3a5b_1c2d)
    static let two = GUID(high: 0x0a6c_1f2e_9d3b_4c11, low: 0xa1f0_3b1d_5e7a_9c42)
    static let three = GUID(high: .max, low: .max)
    static let day = CalendarDate(day: 20_778)
    /// Everything that JSON has to escape, and some that it has not.
    static let oddText = "\"quoted\" \\ / \u{8}\u{c}\n\r\t\u{1}\u{1f}\u{7f} é 字 😀 \u{2028} e\u{301}"

    static let invoiceConfirmed: [InvoiceConfirmed] = {
        let full = InvoiceConfirmed(
            invoiceId: one, invoiceNumber: "PINV-000123", company: "uspm", contractNumber: "ORD-01002",
            customerAccount: "US-001", customerName: "Contoso Retail", currency: "USD", currencyPrecision: 2,
            accountingDate: day, paymentTerms: "Net 30", billToName: "Contoso", billToAddress: "1 Way\nTown",
            hasCorrections: true, lineAmount: Money(units: 246_500_000), totalsVersion: 3, totalCount: 17,
            totalAmount: Money(units: 246_500_000), totalDigest: ControlDigest(lanes: SIMD8(repeating: 0xdead_beef)))
        var least = full
        least.customerName = nil
        least.paymentTerms = nil
        least.billToName = nil
        least.billToAddress = nil
        least.hasCorrections = false
        least.totalsVersion = 0
        least.totalCount = Int.max
        least.totalAmount = Money(units: -1)
        least.totalDigest = ControlDigest()
        var odd = full
        odd.customerName = oddText
        odd.billToAddress = String(repeating: "字", count: 1_000)
        odd.invoiceNumber = "😀é\"\\"
        return [full, least, odd]
    }()

    static let actualCreated: [ActualCreated] = {
        let full = ActualCreated(
            actualId: one, rowVersion: 1_048_577, company: "uspm", projectNumber: "PRJ-1", contractNumber: "ORD-1",
            contractLine: "Line", customerAccount: "US-001", transactionType: .billedSales, transactionClass: .time,
            billingType: .chargeable, billingStatus: .customerInvoiceCreated, adjustmentStatus: .adjusted,
            billingMethod: .timeAndMaterial, currency: "USD", currencyPrecision: 2, quantity: Quantity(8),
            price: Money(200), amount: Money(1_600), documentDate: day, accountingDate: day.adding(days: 1),
            category: "Consulting", productNumber: "P-1", resource: "Ana", description: oddText,
            externalDescription: "ok", invoiceId: two,
            unbilledActualId: three, reversedActualId: two, projectCompany: "gbpm", contractingUnitCurrency: "GBP",
            discountAmount: Money(160), feeAmount: Money(units: -5), sourceActualId: one, withdrawn: true,
            openingVoucher: "OLD-000123")
        let least = ActualCreated(
            actualId: two, rowVersion: -1, company: "1", projectNumber: "P", transactionType: .cost,
            transactionClass: .expense, currency: "JPY", currencyPrecision: 0, quantity: Quantity(units: -1),
            price: Money.zero, amount: Money(units: -9_999_999_999_999_999_999),
            documentDate: CalendarDate(day: -719_161),
            accountingDate: CalendarDate(day: 2_932_896))
        return [full, least]
            + TransactionType.allCases.filter { $0 != .billedSales }.map { type in
                var actual = full
                actual.transactionType = type
                return actual
            }
            + TransactionClass.allCases.filter { $0 != .retainer }.map { kind in
                var actual = full
                actual.transactionClass = kind
                return actual
            }
            + BillingStatus.allCases.map { status in
                var actual = full
                actual.billingStatus = status
                return actual
            }
    }()

    static let transactionConnected: [TransactionConnected] = [
        TransactionConnected(
            connectionId: one, rowVersion: 7, company: "uspm", transaction1Id: two, transaction1Role: "Billed Sales",
            transaction1Type: "msdyn_actual", transaction2Id: three, transaction2Role: "Unbilled Sales",
            transaction2Type: "msdyn_actual"),
        TransactionConnected(
            connectionId: three, rowVersion: Int.min, company: "a", transaction1Id: three, transaction1Role: oddText,
            transaction1Type: "x", transaction2Id: three, transaction2Role: "y", transaction2Type: "z"),
    ]

    static let postingRequested: [PostingRequested] = [
        PostingRequested(
            commandId: one, company: "uspm", kind: .proposal, number: "PINV-1", invoiceDate: day, requestedBy: "ana"),
        PostingRequested(commandId: two, company: "uspm", kind: .journal, number: "INTJ-1", requestedBy: oddText),
    ]

    static let accountingDetail: [AccountingDetail] = {
        let full = AccountingDetail(
            actualId: one, company: "uspm", voucher: "PPV-1", accountingDate: day, exchangeRate: .parity,
            accountingCurrency: "USD", accountingAmount: Money(1_732), salesTaxAmount: Money(120), source: .proposal,
            sourceNumber: "PINV-1", invoiceId: two, postingVersion: 1)
        var least = full
        least.source = .journal
        least.invoiceId = nil
        least.exchangeRate = ExchangeRate(units: 1)
        least.salesTaxAmount = .zero
        return [full, least]
    }()

    static let invoicePosted: [InvoicePosted] = [
        InvoicePosted(
            invoiceId: one, company: "uspm", proposalNumber: "PINV-1", customerInvoiceNumber: "CIV-7", invoiceDate: day,
            dueDate: day.adding(days: 30), voucher: "CIV-7", status: .posted, currency: "USD",
            lineAmount: Money(24_650),
            salesTaxAmount: Money(units: 18_487_500), detailCount: 17, accountingCurrency: "EUR",
            detailAccountingAmount: Money(-1), postingVersion: 2)
    ]
}

import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Tax, currencies, dates and refusals of whole invoices.
@Suite("Amounts and dates of an invoice")
struct ProposalAmountTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    @Test("Two codes are rounded line by line, and summed by code; the group's code that the item lacks is not charged")
    func twoCodes() throws {
        try world.proposal(
            "P",
            [
                ProposalLineSample(project: "PLAIN", amount: "33.34", tax: "BOTH"),
                ProposalLineSample(project: "PLAIN", amount: "33.34", tax: "BOTH"),
                ProposalLineSample(project: "PLAIN", amount: "10", tax: "CITYONLY"),
                ProposalLineSample(project: "PLAIN", amount: "10", tax: nil),
            ])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P") == [
                "customer-balance - 93.31 93.31", "invoiced-revenue PLAIN -86.68 -86.68", "sales-tax PLAIN -6.63 -6.63",
            ])
        #expect(
            try world.connection.query(
                "SELECT sales_tax_code || ' ' || base_amount::real || ' ' || tax_amount::real FROM sales_tax_transactions ORDER BY 1"
            ).map { try $0.string(0) } == ["CITY 76.68 1.63", "STATE 66.68 5"])
        #expect(
            try world.text(
                "SELECT string_agg(sales_tax_amount::real::text, ' ' ORDER BY line_number) FROM project_invoice_lines")
                == "3.21 3.21 0.21 0")
        let detail = try world.text(
            "SELECT detail FROM (SELECT id, convert_from(payload, 'UTF8') AS detail FROM outbox) o WHERE detail LIKE '%\"source\":\"proposal\"%' ORDER BY id LIMIT 1"
        )
        #expect(detail.contains(#""salesTaxAmount":"3.2100""#))
    }

    @Test("Tax that is included lowers revenue, not what the customer owes")
    func included() throws {
        try world.proposal("P", [ProposalLineSample(project: "PLAIN", amount: "100", tax: "INCBOTH")])
        try world.post(.proposal, "P")
        #expect(
            try world.invoiceEntries("P") == [
                "customer-balance - 100.00 100.00", "invoiced-revenue PLAIN -80.65 -80.65",
                "sales-tax PLAIN -19.35 -19.35",
            ])
        let invoice = try #require(try CustomerInvoices(world.connection).list().first)
        #expect(invoice.lineAmount.description == "80.6500")
        #expect(invoice.salesTaxAmount.description == "19.3500")
    }

    @Test("A foreign invoice: lines by the invoice date's rate, WIP by the accrual's, the rest as penny difference")
    func foreignCurrency() throws {
        let unbilled = try world.journal(
            "J", [.unbilled("75", currency: "EUR"), .unbilled("10.01", currency: "EUR")])
        try world.post(.journal, "J")
        try world.proposal(
            "P", currency: "EUR", date: "2026-07-15",
            [
                ProposalLineSample(amount: "75", unbilled: unbilled[0], tax: "BOTH"),
                ProposalLineSample(amount: "10.01", unbilled: unbilled[1]),
            ])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        // City 1.59, state 5.63, at 1.2: 1.91 and 6.76; 92.23 in all is 110.68.
        #expect(
            try world.invoiceEntries("P") == [
                "customer-balance - 92.23 110.68", "invoiced-revenue WIP -85.01 -102.01", "sales-tax WIP -7.22 -8.67",
                "wip-sales-value WIP -85.01 -93.98", "accrued-revenue-sales-value WIP 85.01 93.98",
            ])
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("The penny difference is booked, and needs its account only then")
    func pennyDifference() throws {
        let line = ProposalLineSample(project: "PLAIN", amount: "10.01")
        try world.proposal("P", currency: "EUR", [line, line, line])
        let rows = try world.rowsPosted()
        try world.connection.executeScript(
            "DELETE FROM posting_accounts WHERE posting_type = 'penny-difference'")
        #expect(try world.post(.proposal, "P").error?.contains("penny-difference") == true)
        #expect(try world.rowsPosted() == rows)
        try world.connection.executeScript(
            "INSERT INTO posting_accounts VALUES ('usmf', 'penny-difference', 'company', '', '6189')")
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P") == [
                "customer-balance - 30.03 33.20", "invoiced-revenue PLAIN -30.03 -33.21",
                "penny-difference - 0.00 0.01",
            ])
        #expect(
            try world.text(
                "SELECT accounting_invoice_amount::real || ' ' || accounting_detail_amount::real FROM project_invoices")
                == "33.2 33.21")
    }

    @Test("A fixed rate agreement of the contract comes before the day's rate")
    func fixedRate() throws {
        try world.proposal(
            "P", contract: "C-FIX", currency: "EUR", [ProposalLineSample(project: "PLAIN", amount: "10")])
        try world.post(.proposal, "P")
        #expect(try world.invoiceEntries("P")[0] == "customer-balance - 10.00 20.00")
    }

    @Test("The invoice's date is the request's, moved into an open period, which is said; its rate and due date follow")
    func invoiceDate() throws {
        try world.proposal("P", currency: "EUR", [ProposalLineSample(project: "PLAIN", amount: "10")])
        let note = "dated 2026-01-01 instead of 2025-12-24, whose period is closed"
        #expect(try world.post(.proposal, "P", invoiceDate: "2025-12-24") == .init(status: "Posted", note: note))
        #expect(try world.count("execution_log", "level = 'warning' AND message = '\(note)'") == 1)
        #expect(
            try world.text(
                "SELECT invoice_date || ' ' || due_date || ' ' || exchange_rate::real FROM project_invoices")
                == "2026-01-01 2026-01-31 110.55")
        #expect(try world.text("SELECT DISTINCT accounting_date::text FROM ledger_entries") == "2026-01-01")
    }

    @Test("A date that would be moved by more days than set-up allows is refused, with what to do")
    func movedTooFar() throws {
        try world.proposal("P", [ProposalLineSample(project: "PLAIN", amount: "10")])
        let error = try world.post(.proposal, "P", invoiceDate: "2025-11-30").error
        #expect(
            error?.contains(
                "2025-11-30 is in a closed period, and the next open one starts on 2026-01-01, more than 31 days later")
                == true, "\(error ?? "")")
        try world.connection.executeScript("UPDATE project_parameters SET most_days_to_open_period = 32")
        #expect(try world.post(.proposal, "P", invoiceDate: "2025-11-30").status == "Posted")
    }

    @Test("Before it is posted, a proposal says on which date it would be, instead of which, or why it cannot")
    func preview() throws {
        func preview(_ date: String? = nil) throws -> ProposalPreview? {
            try ProposalPreview.list(
                world.connection, number: "P", requestedDate: try date.map { try day($0) }, zone: .utc
            ).first
        }
        try world.proposal("P", currency: "EUR", [ProposalLineSample(project: "PLAIN", amount: "10")])
        let moved = try preview("2025-12-24")
        #expect(try moved?.invoiceDate == day("2026-01-01") && moved?.movedFrom == day("2025-12-24"))
        let own = try preview()
        #expect(try own?.invoiceDate == day("2026-04-01") && own?.movedFrom == nil && own?.dueDate == day("2026-05-01"))
        #expect(try own?.exchangeRate == ExchangeRate("110.55") && own?.reason == nil)
        #expect(try preview("2025-11-01")?.reason?.contains("more than 31 days later") == true)
        try world.post(.proposal, "P")
        #expect(try preview()?.reason == "it is posted")
        #expect(try ProposalPreview.list(world.connection, number: "NONE", zone: .utc).isEmpty)
    }

    @Test("A period that is closed while an invoice is posted in it moves its date, and the voucher stays the same")
    func closedMeanwhile() throws {
        try world.proposal("P", date: "2026-03-31", [.typed("10"), .typed("20")])
        let command = try world.request(.proposal, "P")
        let url = world.database.url
        let worker = world.worker(chunk: 1) { rows in
            guard rows == 2 else { return }
            try Connection(url: url, applicationName: "other").executeScript(FinanceWorld.closingMarch)
        }
        #expect(try worker.workOnce(world.connection))
        #expect(
            try world.outcome(of: command)
                == .init(
                    status: "Posted", note: "dated 2026-04-01 instead of 2026-03-31, whose period is closed"))
        #expect(
            try world.text("SELECT invoice_date || ' ' || voucher FROM project_invoices") == "2026-04-01 PSV-000001")
        #expect(try world.text("SELECT DISTINCT accounting_date::text FROM ledger_entries") == "2026-04-01")
    }

    @Test("The rate of a sales tax is that of the invoice's date, and a date without one is refused")
    func taxOfTheDay() throws {
        try world.connection.executeScript(
            """
            UPDATE sales_tax_rates SET valid_from = '2026-01-01', valid_to = '2026-06-30' WHERE sales_tax_code = 'STATE';
            INSERT INTO sales_tax_rates VALUES ('usmf', 'STATE', '2026-08-01', NULL, 10);
            """)
        for number in ["P1", "P2", "P3"] {
            try world.proposal(number, [ProposalLineSample(project: "PLAIN", amount: "100", tax: "ONE")])
        }
        try world.post(.proposal, "P1", invoiceDate: "2026-06-30")
        #expect(
            try world.post(.proposal, "P2", invoiceDate: "2026-07-01").error?.contains(
                "sales tax code STATE of company usmf has no rate on 2026-07-01") == true)
        try world.post(.proposal, "P3", invoiceDate: "2026-08-01")
        #expect(
            try world.texts("SELECT tax_amount::real::text FROM sales_tax_transactions ORDER BY voucher") == [
                "7.5", "10",
            ])
    }

    @Test("Fractions of a cent: 33.3333 is invoiced as 33.33 and its tax, and no amount has more places (§9.28)")
    func fractionsOfACent() throws {
        try world.connection.executeScript(
            "UPDATE sales_tax_rates SET percentage = 8.75 WHERE sales_tax_code = 'STATE'")
        try world.proposal("P", [ProposalLineSample(quantity: "3", amount: "33.3333", tax: "ONE")])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P") == [
                "customer-balance - 36.25 36.25", "invoiced-revenue WIP -33.33 -33.33", "sales-tax WIP -2.92 -2.92",
                "wip-sales-value WIP -33.33 -33.33", "accrued-revenue-sales-value WIP 33.33 33.33",
            ])
        #expect(try world.balance(.wipSalesValue) == "0.00")
        try expectPlaces(transaction: 2)
    }

    @Test(
        "What the header is more than the rounded lines is a penny difference; more than that holds the invoice (§9.28)"
    )
    func headerOfFractions() throws {
        let line = ProposalLineSample(project: "PLAIN", amount: "33.3333")
        try world.proposal("P1", [line, line, line])
        #expect(try world.post(.proposal, "P1") == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P1") == [
                "customer-balance - 100.00 100.00", "invoiced-revenue PLAIN -99.99 -99.99",
                "penny-difference - -0.01 -0.01",
            ])
        #expect(
            try world.text("SELECT line_amount::real || ' ' || invoice_amount::real FROM project_invoices") == "100 100"
        )
        try world.proposal("P2", [line, line, line])
        try world.connection.executeScript(
            "UPDATE invoice_proposals SET line_amount = 100.02 WHERE proposal_number = 'P2'")
        let error = try world.post(.proposal, "P2").error
        #expect(
            error?.contains("add up to 99.9900") == true && error?.contains("is 100.0200") == true, "\(error ?? "")")
    }

    @Test(
        "A yen has no places and a dinar three, in ledger, tax, invoice and detail",
        arguments: [("JPY", 0), ("KWD", 3)])
    func otherCurrencies(currency: String, precision: Int) throws {
        let code = try #require(CurrencyCode(currency))
        try world.connection.executeScript(
            "INSERT INTO exchange_rates VALUES ('usmf', 'JPY', '2026-01-01', 0.66), ('usmf', 'KWD', '2026-01-01', 325.5)"
        )
        let line = ProposalLineSample(amount: "1005.4567", tax: "BOTH")
        try world.proposal("P", currency: code, precision: precision, [line, line])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        try expectPlaces(transaction: precision)
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    /// No amount that was posted has more places than its currency; the accounting currency has two.
    private func expectPlaces(transaction: Int) throws {
        for (table, columns) in [
            ("ledger_entries", ["amount"]), ("sales_tax_transactions", ["base_amount", "tax_amount"]),
            ("project_invoices", ["line_amount", "sales_tax_amount", "invoice_amount"]),
            ("project_invoice_lines", ["sales_tax_amount"]), ("project_transactions", ["amount"]),
        ] {
            for column in columns {
                #expect(
                    try world.count(table, "\(column) <> round(\(column), \(transaction))") == 0, "\(table) \(column)")
            }
        }
        for (table, column) in [
            ("ledger_entries", "accounting_amount"), ("sales_tax_transactions", "accounting_tax_amount"),
            ("project_invoices", "accounting_invoice_amount"), ("project_invoice_lines", "accounting_amount"),
            ("project_transactions", "accounting_amount"),
        ] {
            #expect(try world.count(table, "\(column) <> round(\(column), 2)") == 0, "\(table) \(column)")
        }
        let details =
            "(SELECT convert_from(payload, 'UTF8')::jsonb AS detail FROM outbox WHERE topic = 'accounting-detail') d"
        #expect(
            try world.count(
                details, "(detail->>'accountingAmount')::numeric <> round((detail->>'accountingAmount')::numeric, 2)")
                == 0)
        #expect(
            try world.count(
                details,
                "(detail->>'salesTaxAmount')::numeric <> round((detail->>'salesTaxAmount')::numeric, \(transaction))")
                == 0)
    }

    @Test(
        "A line that is too large to be taxed is refused with its number, and the others of the invoice are looked at")
    func tooLarge() throws {
        try world.connection.executeScript("UPDATE sales_tax_rates SET percentage = 900 WHERE sales_tax_code = 'STATE'")
        try world.proposal(
            "P",
            [
                ProposalLineSample(project: "PLAIN", amount: "10"),
                ProposalLineSample(project: "PLAIN", amount: "900000000000000", tax: "ONE"),
            ])
        let error = try world.post(.proposal, "P").error
        #expect(
            error?.contains("because of 1 of its lines: line 2: the amount 900000000000000.0000, taxed, has more than")
                == true,
            "\(error ?? "")")
    }

    @Test("A line that adds nothing writes its amount back, converted and without tax, and is in no total (§9.22)")
    func addsNothing() throws {
        let unbilled = try world.journal("J", [.unbilled("400", billingType: .nonChargeable, currency: "EUR")])
        try world.post(.journal, "J")
        try world.proposal(
            "P", currency: "EUR", date: "2026-07-01",
            [ProposalLineSample(billingType: .nonChargeable, amount: "400", unbilled: unbilled[0], tax: "ONE")])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        let details = try world.texts(
            "SELECT convert_from(payload, 'UTF8') FROM outbox WHERE topic = 'accounting-detail' ORDER BY id")
        #expect(details[1].contains(#""accountingAmount":"480.0000","salesTaxAmount":"0.0000""#))
        let posted = try world.text("SELECT convert_from(payload, 'UTF8') FROM outbox WHERE topic = 'invoice-posted'")
        // The sum by which Dataverse knows that all details have come.
        #expect(posted.contains(#""detailAccountingAmount":"480.0000""#))
        #expect(try world.count("project_invoices", "accounting_detail_amount = 0 AND invoice_amount = 0") == 1)
        #expect(try world.invoiceEntries("P") == [])
    }

    @Test("An invoice without payment terms that is dated later than today is due on its date, never before")
    func dueOnItsDate() throws {
        try world.proposal("P", customer: "US-NOTERMS", [ProposalLineSample(project: "PLAIN", amount: "10")])
        try world.post(.proposal, "P", invoiceDate: "2026-12-31")
        #expect(try world.count("project_invoices", "due_date >= invoice_date") == 1)
    }

    @Test(
        "A line that contradicts its header is refused when it is posted as well",
        arguments: [
            ("currency = 'EUR'", "currency is EUR, and that of the invoice USD"),
            ("contract_number = 'C-9'", "contract is C-9"), ("customer_account = 'US-9'", "customer is US-9"),
        ])
    func contradiction(change: String, reason: String) throws {
        try world.proposal("P", [.typed("1000")])
        try world.connection.executeScript("UPDATE invoice_proposal_lines SET \(change)")
        #expect(try world.post(.proposal, "P").error?.contains(reason) == true)
    }

    @Test("Without payment terms the invoice is due on the day of posting (§9.20)")
    func dueToday() throws {
        try world.proposal("P", customer: "US-NOTERMS", [ProposalLineSample(project: "PLAIN", amount: "10")])
        try world.post(.proposal, "P")
        #expect(try world.count("project_invoices", "due_date = (posted_at AT TIME ZONE 'UTC')::date") == 1)
    }

    @Test(
        "The day of posting is that of Finance's time zone (§9.24)",
        arguments: ["Pacific/Pago_Pago", "Pacific/Kiritimati"])
    func dueTodayInZone(name: String) throws {
        try world.proposal("P", customer: "US-NOTERMS", [ProposalLineSample(project: "PLAIN", amount: "10")])
        _ = try world.request(.proposal, "P")
        try world.work(zone: #require(DayZone(name)))
        #expect(try world.count("project_invoices", "due_date = (posted_at AT TIME ZONE '\(name)')::date") == 1)
    }

    @Test(
        "What stands in the way is said in a sentence, on the request and on the proposal, and nothing is posted",
        arguments: [
            ("UPDATE invoice_proposals SET customer_account = 'US-HOLD'", "is on hold"),
            ("UPDATE invoice_proposals SET customer_account = 'NOBODY'", "does not know customer NOBODY"),
            (
                "UPDATE invoice_proposals SET status = 'Open', waiting_for = 'actual 7'",
                "not ready to be posted: actual 7"
            ),
            ("UPDATE invoice_proposals SET payment_terms = 'Never'", "no payment terms \"Never\""),
            ("UPDATE invoice_proposals SET currency = 'SEK'", "no exchange rate from SEK"),
            ("UPDATE invoice_proposals SET accounting_date = '2027-01-01'", "no open period"),
            ("UPDATE invoice_proposals SET total_count = 2", "Dataverse announced 2"),
            ("UPDATE invoice_proposals SET line_amount = 74", "chargeable lines of proposal P add up to 75"),
            ("DELETE FROM posting_accounts WHERE posting_type = 'invoiced-revenue'", "invoiced-revenue"),
            ("DELETE FROM posting_accounts WHERE posting_type = 'customer-balance'", "customer-balance"),
            ("DELETE FROM number_sequences WHERE sequence = 'voucher'", "no number sequence \"voucher\""),
            (
                "DELETE FROM number_sequences WHERE sequence = 'customer-invoice'",
                "no number sequence \"customer-invoice\""
            ),
            ("DELETE FROM project_transactions", "is not posted; post the journal"),
            ("UPDATE project_transactions SET currency = 'EUR'", "was posted in EUR, and the proposal is in USD"),
            ("UPDATE invoice_proposal_lines SET billing_type = 'Not Available'", "chargeable lines"),
        ])
    func refusals(change: String, reason: String) throws {
        let unbilled = try world.journal("J", [.unbilled("75")])[0]
        try world.post(.journal, "J")
        try world.proposal("P", [ProposalLineSample(amount: "75", unbilled: unbilled, tax: "ONE")])
        try world.connection.executeScript(change)
        let rows = try world.rowsPosted()
        let outcome = try world.post(.proposal, "P")
        #expect(outcome.status == "Error")
        #expect(outcome.error?.contains(reason) == true, "\(outcome.error ?? "")")
        #expect(try world.text("SELECT posting_error FROM invoice_proposals") == outcome.error)
        #expect(try world.rowsPosted() == rows)
    }

    @Test("An unbilled sale cannot be invoiced twice: the second proposal says on which invoice it is")
    func invoicedTwice() throws {
        let unbilled = try world.journal("J", [.unbilled("75")])[0]
        try world.post(.journal, "J")
        try world.proposal("P1", [ProposalLineSample(amount: "75", unbilled: unbilled)])
        try world.proposal("P2", [ProposalLineSample(amount: "75", unbilled: unbilled)])
        try world.post(.proposal, "P1")
        let rows = try world.rowsPosted()
        let error = try world.post(.proposal, "P2").error
        #expect(
            error?.contains(
                "line 1: its unbilled sale \(unbilled) is already invoiced, by proposal P1 of customer invoice CIV-000001"
            ) == true)
        #expect(try world.rowsPosted() == rows)
    }

    @Test("A proposal that was posted before ends as posted, and takes no number")
    func alreadyPosted() throws {
        try world.proposal("P", [.typed("10")])
        try world.post(.proposal, "P")
        let rows = try world.rowsPosted()
        #expect(try world.post(.proposal, "P") == .init(status: "Posted", note: "proposal P was already posted"))
        #expect(try world.rowsPosted() == rows)
        #expect(try world.text("SELECT string_agg(next::text, ' ') FROM number_sequences WHERE next > 1") == "2 2")
    }

    @Test(
        "Customer invoice numbers have no gap after a posting that failed at its very end; the voucher's gap is recorded"
    )
    func numbersWithoutGaps() throws {
        for number in ["P1", "P2", "P3"] {
            try world.proposal(number, [.typed("10")])
        }
        try world.connection.executeScript(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'refused by a test' USING ERRCODE = 'check_violation'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON project_invoices FOR EACH ROW
                WHEN (NEW.proposal_number = 'P2') EXECUTE FUNCTION refuse();
            """)
        #expect(try world.post(.proposal, "P1").status == "Posted")
        #expect(try world.post(.proposal, "P2").error?.contains("refused by a test") == true)
        #expect(try world.post(.proposal, "P3").status == "Posted")
        try world.connection.executeScript("DROP TRIGGER refuse ON project_invoices")
        #expect(try world.post(.proposal, "P2") == .init(status: "Posted"))
        #expect(
            try world.connection.query(
                "SELECT proposal_number || ' ' || customer_invoice_number || ' ' || voucher FROM project_invoices ORDER BY 1"
            ).map { try $0.string(0) }
                == ["P1 CIV-000001 PSV-000001", "P2 CIV-000003 PSV-000004", "P3 CIV-000002 PSV-000003"])
        #expect(
            try world.text("SELECT string_agg(first || '-' || last || ' ' || reason, ', ') FROM number_sequence_gaps")
                == "2-2 taken for proposal P2, and not used")
    }
}

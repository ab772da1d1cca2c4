import Bus
import Contracts
import Database

/// Posts an invoice proposal of any size as the customer's invoice, in one
/// transaction and in bounded memory (`domain.md` §6.12, §6.13).
struct ProposalPosting {
    let setups: PostingSetups
    let choices: ChoiceTables
    var chunk = PostingOutcome.chunk

    /// Posts, in the caller's transaction.
    ///
    /// - parameter takeVoucher: takes the invoice's voucher, outside of this transaction.
    /// - throws: ``PostingRefusal``, `NumberSequenceError`, `DatabaseError`; what `progress` throws.
    func post(
        _ request: PostingRequest, on connection: Connection, progress: PostingProgress,
        takeVoucher: () throws -> NumberBlock
    ) throws -> PostingOutcome {
        guard let header = try ProposalHeader.lock(company: request.company, number: request.number, on: connection)
        else {
            throw PostingRefusal(
                "company \(request.company) has no proposal \(request.number); "
                    + "list them with \"ledgerbus finance proposals\"")
        }
        if header.status == "Invoiced" {
            return PostingOutcome(rows: header.totalCount, note: "\(request.subject) was already posted")
        }
        try header.checkPostable(company: request.company, number: request.number)
        let rules = try setups.rules(company: request.company, version: header.setupVersion, on: connection)
        let dates = try rules.invoiceDates(header, requested: request.invoiceDate)
        let conversion = InvoiceConversion(
            rate: try rules.rate(of: header, on: dates.invoice), currencyPrecision: header.currencyPrecision,
            accountingPrecision: rules.accountingPrecision)
        let voucher = try takeVoucher()

        var invoice = InvoiceRows(
            request: request, header: header, conversion: conversion, voucher: voucher.number(0),
            invoiceDate: dates.invoice, accountingCurrency: rules.accountingCurrency,
            outbox: try OutboxRows(choices: choices))
        try collectLines(of: request, header, rules, into: &invoice, connection, progress)
        try invoice.checkTotals()

        let closed = try invoice.voucherSums.closed(
            customer: try rules.customerKey(header), conversion: conversion,
            pennyDifference: { () throws(PostingRefusal) in try rules.pennyDifferenceKey(header) })
        try invoice.writeLedger(closed.entries, to: connection)
        try invoice.outbox.write(to: connection)
        try voucher.settle(used: 1, on: connection)
        try connection.execute(
            """
            WITH invoiced AS (
                UPDATE invoice_proposals SET status = 'Invoiced', posting_error = NULL
                WHERE data_area_id = $1 AND proposal_number = $2
            )
            INSERT INTO invoices_to_check (data_area_id, invoice_id)
            SELECT data_area_id, invoice_id FROM invoice_proposals
            WHERE data_area_id = $1 AND contract_number = $3 AND status = 'Open' AND has_corrections
            ORDER BY invoice_id
            """, request.company, request.number, header.contractNumber)
        try invoice.writeHeader(total: closed.total, dueDate: dates.due, on: connection)
        return PostingOutcome(rows: invoice.count, note: nil)
    }

    private func collectLines(
        of request: PostingRequest, _ header: ProposalHeader, _ rules: PostingRules, into invoice: inout InvoiceRows,
        _ connection: Connection, _ progress: PostingProgress
    ) throws {
        var refused = RefusedLines()
        var rowsDone = 0
        var last: Int32 = 0
        var isLastChunk = false
        while !isLastChunk {
            let rows = try connection.query(ProposalLine.query, request.company, request.number, last, Int64(chunk))
            isLastChunk = rows.count < chunk
            for row in rows {
                let line = try ProposalLine(row, contract: header.contractNumber)
                last = line.lineNumber
                do {
                    try line.checkUnbilledSale(currency: header.currency)
                    let rule = try rules.rule(for: line)
                    if refused.isEmpty { try invoice.append(line, rule) }
                } catch let refusal as PostingRefusal {
                    refused.refuse(Int(line.lineNumber), refusal)
                }
            }
            rowsDone += rows.count
            if refused.isEmpty { try invoice.writeLines(to: connection) }
            try progress.checkpoint(rowsDone: rowsDone)
        }
        guard refused.isEmpty else { throw refused.refusal(of: request.subject) }
    }
}

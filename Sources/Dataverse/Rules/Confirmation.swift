import Contracts

/// What confirming an invoice makes of each of its line details (`domain.md` §6.3).
enum Confirmation {
    /// The rows for one line detail.
    ///
    /// - parameter accountingDate: the header's accounting date, or the day
    ///   of confirmation (`domain.md` §9.15).
    /// - throws: ``ConfirmationRefusal`` when the line cannot be confirmed,
    ///   or not yet.
    static func rows(
        for line: DraftLine, on accountingDate: CalendarDate, ids: ConfirmationIds
    ) throws(ConfirmationRefusal) -> ConfirmedRows {
        let detail = line.detail
        if let problem = line.belonging.contradiction(line.header, of: "the invoice's header") {
            throw ConfirmationRefusal(problem: problem)
        }
        if let unbilled = line.unbilled, let other = line.otherUnbilled {
            throw ConfirmationRefusal(
                problem: "it is connected to two unbilled sales, \(unbilled.actualId) and \(other)")
        }
        guard !detail.isCorrection else { throw ConfirmationRefusal(problem: "not supported yet: it is a correction") }
        switch detail.transactionClass {
        case .milestone:
            return try milestone(line, on: accountingDate, ids: ids)
        case .time, .expense, .material, .fee:
            guard line.billingMethod == .timeAndMaterial else {
                let method = line.billingMethod?.rawValue ?? "no"
                throw ConfirmationRefusal(
                    problem: "not supported yet: a \(detail.transactionClass.rawValue) line of \(method) billing method"
                )
            }
            guard let unbilled = line.unbilled else {
                throw ConfirmationRefusal(
                    problem: "not supported yet: it was typed on the invoice, or its connection to its unbilled sale "
                        + "is not loaded")
            }
            return try uneditedLine(detail, unbilled, on: accountingDate, ids: ids)
        case .retainer, .commission, .additional, .tax:
            throw ConfirmationRefusal(
                problem: "not supported yet: the transaction class \(detail.transactionClass.rawValue)")
        }
    }
}

import Contracts

/// What confirming an invoice makes of each of its line details (`domain.md` §6.3).
///
/// | line on the draft | rows | where |
/// |---|---|---|
/// | time, expense, material, fee | T7, T8, T9 | `Confirmation+TimeAndMaterial` |
/// | typed on the invoice | | `Confirmation+TypedLine` |
/// | milestone | F4, F5 | `Confirmation+Milestone` |
/// | retainer | | `Confirmation+Retainer` |
/// | correction | T10, T11 | `Confirmation+Correction` |
enum Confirmation {
    /// The rows for one line detail.
    ///
    /// - parameter accountingDate: the header's accounting date, or the day
    ///   of confirmation (`domain.md` §9.15).
    /// - throws: ``ConfirmationRefusal`` when the line cannot be confirmed.
    static func rows(
        for line: DraftLine, on accountingDate: CalendarDate, ids: ConfirmationIds
    ) throws(ConfirmationRefusal) -> ConfirmedRows {
        let detail = line.detail
        if let problem = line.belonging.contradiction(line.header, of: "the invoice's header") {
            throw ConfirmationRefusal(problem: problem)
        }
        if let problem = AllowedActual.problem(of: .billedSales, detail.transactionClass, line.billingMethod) {
            throw ConfirmationRefusal(problem: problem)
        }
        if let unbilled = line.unbilled, let other = line.otherUnbilled {
            throw ConfirmationRefusal(
                problem: "it is connected to two unbilled sales, \(unbilled.actualId) and \(other)")
        }
        var confirmed = ConfirmedLine(detail, on: accountingDate, ids: ids)
        switch (detail.transactionClass, detail.isCorrection) {
        case (.retainer, _): try confirm(retainer: line, &confirmed)
        case (.milestone, false): try confirm(milestone: line, &confirmed)
        case (.milestone, true): try credit(milestone: line, &confirmed)
        case (_, true): try confirm(correction: line, &confirmed)
        case (_, false):
            if let unbilled = line.unbilled {
                try confirm(line, billing: unbilled, &confirmed)
            } else {
                try confirm(typed: line, &confirmed)
            }
        }
        return confirmed.rows
    }
}

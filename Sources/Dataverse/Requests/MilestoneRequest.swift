import Contracts

/// A row of `dataverse milestones`: a schedule that makes milestones, or a change of one.
struct MilestoneRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case id, contractLine, name, amount, percentages, date, dates, status
        case milestone, progress
    }

    static var key: Field { .id }

    enum Wish: Hashable {
        case schedule(MilestoneSchedule)
        case change(GUID, MilestoneChange)
    }

    var wish: Wish

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        let status = try row.label(.status, as: MilestoneInvoiceStatus.self)
        if let status, status != .ready, status != .notReady {
            throw RequestProblem(
                "status is \(status.rawValue); it can be made \(MilestoneInvoiceStatus.ready.rawValue) or "
                    + "\(MilestoneInvoiceStatus.notReady.rawValue), invoices do the rest")
        }
        if let milestone = try row.id(.milestone) {
            let of: [Field] = [.id, .contractLine, .name, .amount, .percentages, .date, .dates]
            if let given = of.first(where: row.has) {
                throw RequestProblem("\(given.rawValue) is of a new milestone, and the row names one that there is")
            }
            let progress = try row.decimal(.progress, as: Percentage.self)
            guard (status == nil) != (progress == nil) else { throw RequestProblem("give status or progress") }
            wish = .change(milestone, progress.map { .progress($0) } ?? (status == .ready ? .ready : .notReady))
            return
        }
        if row.has(.progress) { throw RequestProblem("milestone is missing, of which there is progress") }
        if row.has(.date), row.has(.dates) { throw RequestProblem("give date or dates") }
        let date = try row.date(.date)
        wish = .schedule(
            MilestoneSchedule(
                scheduleId: try row.required(.id, row.id(.id)),
                contractLineId: try row.required(.contractLine, row.id(.contractLine)),
                name: try row.text(.name, most: 80), amount: try row.required(.amount, row.decimal(.amount)),
                percentages: try row.decimals(.percentages) ?? [],
                dates: try row.dates(.dates) ?? (date.map { [$0] } ?? []),
                isReady: status == .ready))
    }
}

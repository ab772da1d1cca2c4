import Bus
import Database

/// The members that a row of a page lacks, by the place of their columns: what it says nothing of (`null` says that there
/// is no value).
struct MissingMembers: OptionSet, Hashable, Sendable {
    let rawValue: Int64

    init(rawValue: Int64) { self.rawValue = rawValue }

    /// The column at a place of ``CapturedTable/columns``.
    init(column: Int) { rawValue = 1 << Int64(column) }

    static let none: MissingMembers = []
    /// The member that tells a project's rows from others.
    static let filter = MissingMembers(column: 62)
}

extension CapturedTable {
    /// What a row that is new must not lack.
    var needed: MissingMembers {
        var needed: MissingMembers = onlyRows == nil ? .none : .filter
        for (index, column) in readColumns.enumerated() where column.isNeeded {
            needed.insert(MissingMembers(column: index))
        }
        return needed
    }

    /// The columns of which a load says something.
    func columns(besides unsaid: MissingMembers) -> [CapturedColumn] {
        columns.enumerated().filter { !unsaid.contains(MissingMembers(column: $0.offset)) }.map(\.element)
    }

    /// The columns that the table keeps and some rows lack, with their places.
    func columns(in missing: MissingMembers) -> [(place: Int, column: CapturedColumn)] {
        columns.enumerated().filter { missing.contains(MissingMembers(column: $0.offset)) }
            .map { (place: $0.offset, column: $0.element) }
    }

    /// The columns that a load reads and some rows lack, with their places.
    func readColumns(in missing: MissingMembers) -> [(place: Int, column: CapturedColumn)] {
        readColumns.enumerated().filter { missing.contains(MissingMembers(column: $0.offset)) }
            .map { (place: $0.offset, column: $0.element) }
    }
}

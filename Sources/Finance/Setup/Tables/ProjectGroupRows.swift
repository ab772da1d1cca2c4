import Bus
import Contracts
import Database
import YAML

/// The group that a project is in, by which it gets profiles and accounts that it has none of its own of
/// (`domain.md` §9.19).
struct ProjectGroupRow: SetupRow {
    static let table = "project_groups"
    static let section = "project-groups"

    var company: Company
    var projectNumber: String
    var group: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProjectGroupRow(
            company: try column("data_area_id", row?.company),
            projectNumber: try column("project_number", row?.projectNumber),
            group: try column("project_group", row?.group))
    }

    var entry: SetupEntry { .name(projectNumber, in: [Self.section, group]) }
}

extension CompanyReader {
    mutating func readProjectGroups() throws(YAMLError) {
        var known: [String: String] = [:]
        for (group, value) in try members(ProjectGroupRow.section) {
            projectGroups.insert(group)
            for item in try value.asSequence() {
                let project = try item.asString()
                if let other = known[project] {
                    throw item.error("names project \(project), which is in the group \"\(other)\" already")
                }
                known[project] = group
                rows.projectGroups.append(ProjectGroupRow(company: company, projectNumber: project, group: group))
            }
        }
    }

    /// Refuses the rule of a project group that there is not.
    func checkGroup(_ relation: SetupRelation, _ number: String, _ rule: YAMLNode) throws(YAMLError) {
        guard relation == .group, !projectGroups.contains(number) else { return }
        throw rule.error("is for the project group \"\(number)\", which is not in \(ProjectGroupRow.section)")
    }
}

extension FinanceSetup {
    mutating func takeProjectGroups(_ rows: SetupRows) {
        for row in rows.projectGroups { projectGroups[row.projectNumber] = row.group }
    }
}

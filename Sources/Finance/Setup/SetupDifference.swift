public import Contracts
import YAML

/// What a row of set-up is now, and what it is to be.
public struct SetupChange: Hashable, Sendable, Encodable {
    public enum Kind: String, Sendable, Encodable {
        case added
        case changed
        case removed
    }

    public let company: Company
    /// The section of the set-up file; nil for the company's own keys.
    public let section: String?
    /// Which row of the section; nil when the section is one row.
    public let row: String?
    public let kind: Kind
    /// What the row says, by the file's keys; empty when there is none, or it only names something.
    public let before: [String: String]
    public let after: [String: String]
}

extension SetupChange {
    fileprivate init(company: Company, from old: SetupEntry?, to new: SetupEntry?) {
        let place = (new ?? old)?.place ?? []
        self.company = company
        section = place.first
        row = place.count > 1 ? place.dropFirst().joined(separator: " ") : nil
        kind = old == nil ? .added : new == nil ? .removed : .changed
        before = old?.texts ?? [:]
        after = new?.texts ?? [:]
    }

    /// The rows in which two set-ups of a company differ: first those that are new or changed, in the order of the new
    /// set-up, then those that are no more.
    static func between(_ old: [SetupEntry], _ new: [SetupEntry], of company: Company) -> [SetupChange] {
        let before = Dictionary(old.map { ($0.place, $0) }) { first, _ in first }
        let kept = Set(new.map(\.place))
        let written = new.compactMap { entry -> SetupChange? in
            let known = before[entry.place]
            return known == entry ? nil : SetupChange(company: company, from: known, to: entry)
        }
        let removed = old.filter { !kept.contains($0.place) }
            .map { SetupChange(company: company, from: $0, to: nil) }
        return written + removed
    }
}

extension SetupEntry {
    /// What the row says, by the file's keys.
    fileprivate var texts: [String: String] {
        Dictionary(fields.map { ($0.name, $0.value.scalar ?? "") }) { first, _ in first }
    }
}

/// A setting of a set-up file that is not followed, and why.
public struct UnfollowedSetting: Hashable, Sendable, Encodable {
    public let company: Company
    public let section: String
    public let row: String
    public let reason: String
}

extension UnfollowedSetting {
    /// What a company's number sequences do not follow.
    static func ofSequences(
        _ wanted: [NumberSequenceSetting], current: [NumberSequenceStore.Row], of company: Company
    ) -> [UnfollowedSetting] {
        func unfollowed(_ sequence: NumberSequence, _ reason: String) -> UnfollowedSetting {
            UnfollowedSetting(
                company: company, section: NumberSequenceSetting.section, row: sequence.rawValue, reason: reason)
        }
        return current.compactMap { current in
            guard let setting = wanted.first(where: { $0.sequence == current.sequence }) else {
                return unfollowed(
                    current.sequence, "the file leaves it out, and it stays: its numbers may have been given out")
            }
            guard let next = setting.next, next < current.next else { return nil }
            return unfollowed(
                current.sequence, "the file says next: \(next), and \(current.next) stays: numbers never go back")
        }
    }
}

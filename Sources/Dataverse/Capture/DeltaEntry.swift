import Contracts
import Foundation
import JSON

/// What an element of a page's rows stands for, when it is not a row with its values.
///
/// OData 4.0 answers a change-tracking request with `{"@odata.context": "…#accounts/$deletedEntity", "id": …, "reason":
/// "deleted"}`, OData 4.01 with `{"@removed": {"reason": "deleted"}, "@id": …}` or the key in place of `@id`.
enum DeltaEntry: Hashable, Sendable {
    /// Dataverse deleted the row.
    case deleted(GUID)
    /// The row left what the request selects, or a link of it changed, which says nothing of it.
    case kept

    /// The members by which one is known. A table's own columns have no such names.
    enum Member: Int, CaseIterable {
        case context
        case shortContext
        case removed
        case longRemoved
        case deleted
        case longDeleted
        case id
        case reference
        case longReference
        case reason

        var name: String {
            switch self {
            case .context: "@odata.context"
            case .shortContext: "@context"
            case .removed: "@removed"
            case .longRemoved: "@odata.removed"
            case .deleted: "@deleted"
            case .longDeleted: "@odata.deleted"
            case .id: "id"
            case .reference: "@id"
            case .longReference: "@odata.id"
            case .reason: "reason"
            }
        }
    }

    /// Why an element is neither a row nor an entry that is known.
    struct Unknown: Error {
        var member: Member
        var problem: String
    }

    /// - parameters:
    ///   - member: the element's value of a member.
    ///   - key: the value of the table's key column.
    ///   - isRow: whether the element has what a row has.
    /// - returns: nil for a row.
    /// - throws: ``Unknown`` when it says that something was deleted in a form that is not known.
    init?(
        of entitySet: String, key: JSONSlot, isRow: Bool, _ member: (Member) -> JSONSlot
    ) throws(Unknown) {
        guard Member.allCases.contains(where: { member($0).kind != .missing }) else { return nil }
        for unknown in [Member.deleted, .longDeleted] where ![.missing, .null, .false].contains(member(unknown).kind) {
            throw Unknown(member: unknown, problem: "it is a form of deletion that is not known; " + Self.known)
        }
        let kind = try Self.kind(of: entitySet, member)
        if let kind, kind.isLink {
            self = .kept
            return
        }
        let removed = [Member.removed, .longRemoved].first { ![.missing, .null].contains(member($0).kind) }
        let hasReason = member(.reason).kind == .string && !isRow
        guard removed != nil || kind == .deletedEntity || hasReason else { return nil }
        let reason = try Self.reason(removed, member)
        guard reason == .deleted else {
            self = .kept
            return
        }
        self = .deleted(try Self.id(of: entitySet, key: key, member))
    }

    private static let known =
        "known are @removed, and $deletedEntity with its id, each with the reason \"deleted\" or \"changed\""

    /// The ends of an entry's context.
    private enum Kind: String {
        case entity = "$entity"
        case deletedEntity = "$deletedEntity"
        case link = "$link"
        case deletedLink = "$deletedLink"

        var isLink: Bool { self == .link || self == .deletedLink }
    }

    private enum Reason: String {
        case deleted
        case changed
    }

    /// What the element's own context says it is; nil when it has none, as rows have.
    private static func kind(of entitySet: String, _ member: (Member) -> JSONSlot) throws(Unknown) -> Kind? {
        guard let name = [Member.context, .shortContext].first(where: { member($0).kind == .string }),
            let context = member(name).text, let mark = context.range(of: "#")
        else { return nil }
        let parts = context[mark.upperBound...].split(separator: "/")
        let set = parts.first.map { String($0.prefix { $0 != "(" }) } ?? ""
        guard let last = parts.last, last.hasPrefix("$") else { return nil }
        guard let kind = Kind(rawValue: String(last)) else {
            throw Unknown(member: name, problem: "\"\(last)\" is not known; " + known)
        }
        guard set == entitySet else {
            throw Unknown(member: name, problem: "it is of the table \"\(set)\", on a page of \(entitySet)")
        }
        return kind
    }

    private static func reason(_ removed: Member?, _ member: (Member) -> JSONSlot) throws(Unknown) -> Reason {
        var text = member(.reason).kind == .string ? member(.reason).text : nil
        if let removed {
            let slot = member(removed)
            switch slot.kind {
            case .string: text = slot.text
            case .object: text = slot.text.flatMap { try? JSONValue(parsing: $0) }?["reason"]?.string ?? text
            default: break
            }
        }
        let name = removed ?? .reason
        guard let text else {
            throw Unknown(member: name, problem: "it does not say whether the row was deleted; " + known)
        }
        guard let reason = Reason(rawValue: text) else {
            throw Unknown(member: name, problem: "the reason \"\(text.prefix(60))\" is not known; " + known)
        }
        return reason
    }

    /// The row's id: by itself, in the row's address, or in its key column.
    private static func id(
        of entitySet: String, key: JSONSlot, _ member: (Member) -> JSONSlot
    ) throws(Unknown) -> GUID {
        for name in [Member.id, .reference, .longReference] where member(name).kind == .string {
            let text = member(name).text ?? ""
            if let id = GUID(text) { return id }
            guard let address = Address(text) else {
                throw Unknown(member: name, problem: "\"\(text.prefix(200))\" does not name the row by its id")
            }
            guard address.entitySet == nil || address.entitySet == entitySet else {
                throw Unknown(
                    member: name,
                    problem: "it is of the table \"\(address.entitySet ?? "")\", on a page of \(entitySet)")
            }
            return address.id
        }
        if key.kind == .string, let id = GUID(parsing: key.bytes) { return id }
        throw Unknown(member: .id, problem: "the deletion does not say of which row it is; " + known)
    }

    /// A row's address: `https://…/api/data/v9.2/accounts(5d8f2f0e-…)`, also relative, also with the key's name.
    private struct Address {
        var entitySet: String?
        var id: GUID

        init?(_ text: String) {
            let text = text.removingPercentEncoding ?? text
            guard let open = text.lastIndex(of: "("), let close = text[open...].firstIndex(of: ")"),
                text[close...].dropFirst().isEmpty
            else { return nil }
            let key = text[text.index(after: open)..<close]
            let value = key.split(separator: "=", omittingEmptySubsequences: false).last ?? key
            let quoted = value.hasPrefix("guid'") ? value.dropFirst(4) : value
            guard let id = GUID(String(quoted.filter { $0 != "'" && $0 != "{" && $0 != "}" })) else { return nil }
            self.id = id
            let set = text[..<open].split(separator: "/").last.map(String.init)
            entitySet = set?.isEmpty == false ? set : nil
        }
    }
}

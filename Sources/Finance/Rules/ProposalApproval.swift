public import Database

/// How far the workflow of a proposal has come (`domain.md` §4.9, §6.13): with the parameter, a proposal is posted only when
/// it is approved.
///
/// | proposal | submit | approve | reject | its lines become others |
/// |---|---|---|---|---|
/// | Open, without lines | – | – | – | – |
/// | Ready | Submitted | – | – | Ready |
/// | Submitted | – | Approved | Rejected | Ready |
/// | Approved | – | – | Rejected | Ready |
/// | Rejected | Submitted | – | – | Ready |
/// | Invoiced | – | – | – | – |
///
/// Lines that are made anew and are the same as before keep it: set-up changes every day.
public enum ProposalApproval: String, DatabaseLabel, Encodable {
    case submitted = "Submitted"
    case approved = "Approved"
    case rejected = "Rejected"

    /// What a person does, or what happens.
    public enum Action: String, DatabaseLabel, Encodable {
        case submit, approve, reject
        /// Its lines became others than those that were submitted.
        case lose
    }

    /// Whether a proposal with it is posted, where proposals are approved.
    public var isPostable: Bool { self == .approved }

    /// The approvals of which a property is true.
    static func all(_ property: (ProposalApproval) -> Bool) -> [ProposalApproval] { allCases.filter(property) }

    /// What follows; nil when it cannot be done.
    ///
    /// - parameter approval: how far it has come; nil of a proposal that nobody submitted.
    static func after(_ action: Action, _ approval: ProposalApproval?) -> ProposalApproval? {
        switch (action, approval) {
        case (.submit, nil), (.submit, .rejected?): .submitted
        case (.approve, .submitted?): .approved
        case (.reject, .submitted?), (.reject, .approved?): .rejected
        default: nil
        }
    }

    /// Why something cannot be done with a proposal, in a sentence; nil when it can.
    static func refusal(
        of action: Action, proposal: String, _ status: ProposalStatus, _ approval: ProposalApproval?, isWorkflow: Bool
    ) -> String? {
        guard isWorkflow else {
            return
                "proposals of this company are posted without approval; set approve-proposals with \"ledgerbus finance "
                + "configure\" to have them approved"
        }
        switch status {
        case .invoiced: return "proposal \(proposal) is invoiced: there is nothing to \(action.rawValue)"
        case .open:
            return "proposal \(proposal) has no lines yet: there is nothing to \(action.rawValue); \"ledgerbus finance "
                + "proposals list\" says what it waits for"
        case .ready: break
        }
        guard after(action, approval) == nil else { return nil }
        let state = approval?.rawValue ?? "not submitted"
        return "proposal \(proposal) is \(state): it cannot be \(action.pastTense)"
            + (action == .approve && approval != .approved ? "; submit it first" : "")
    }

    /// Why a proposal is not posted; nil when it may be.
    static func postingRefusal(
        of proposal: String, _ approval: ProposalApproval?, isWorkflow: Bool
    ) -> PostingRefusal? {
        guard isWorkflow, approval?.isPostable != true else { return nil }
        return PostingRefusal(
            .notApproved,
            "proposal \(proposal) is not posted: it is \(approval?.rawValue ?? "not submitted"), and has to be approved; "
                + "\"ledgerbus finance proposals \(approval == .submitted ? "approve" : "submit") \(proposal)\"")
    }
}

extension ProposalApproval.Action {
    /// As a sentence about the proposal says it.
    var pastTense: String {
        switch self {
        case .submit: "submitted"
        case .approve: "approved"
        case .reject: "rejected"
        case .lose: "lost"
        }
    }
}

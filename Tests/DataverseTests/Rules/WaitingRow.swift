import Contracts
import Testing

@testable import Dataverse

/// What is missing of some facts, and what is waited for then.
struct WaitingRow<Facts>: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout Facts) -> Void
    let reason: WaitingReason

    init(
        _ title: String, _ waitingFor: Waiting, _ id: GUID?, _ change: @escaping @Sendable (inout Facts) -> Void
    ) {
        testDescription = title
        self.change = change
        reason = WaitingReason(waitingFor, id)
    }
}

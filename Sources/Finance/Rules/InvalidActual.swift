/// An actual that Dataverse no longer has, or keeps from Finance by now (`domain.md` §6.14, *Actuals validation*).
///
/// | when it is withdrawn | what becomes of it |
/// |---|---|
/// | before it has a line | it never becomes one |
/// | in a journal that is not posted | with validation its line is *Invalid actuals* and is not posted, the others are; without, it leaves the journal |
/// | in a proposal that is not posted | the proposal stays open, and cannot be posted |
/// | once it is posted | it stays posted, and is out of sync |
///
/// Finance asks Dataverse every five minutes. Here Dataverse's side says so itself, by `withdrawn` in `actual-created`, so
/// that only the wait of a new row is left of it: what is withdrawn meanwhile never is a line.
enum InvalidActual {
    /// Why its line is not posted.
    static let blockage = Blockage(
        .invalidActual,
        "Dataverse no longer has its actual, or keeps it from Finance by now; put that right in Dataverse, or delete the "
            + "line's journal: the others come back with the next import")

    /// Why a proposal stays open.
    ///
    /// - parameter count: how many of its billed sales are withdrawn.
    static func waiting(_ count: Int) -> String {
        "\(count) billed sale\(count == 1 ? "" : "s") that Dataverse no longer has, or keeps from Finance: it stays open "
            + "until Dataverse confirms it without, or has them again"
    }
}

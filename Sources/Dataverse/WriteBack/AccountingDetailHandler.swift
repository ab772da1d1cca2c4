public import Bus
public import Contracts

/// Takes Finance's accounting details over: voucher, accounting date, rate,
/// accounting amount and sales tax of an actual (`domain.md` §6.14).
///
/// Of an actual's details the one with the highest posting version counts.
public struct AccountingDetailHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .accountingDetail }

    public func makeCollector() -> any MessageCollector { AccountingDetailCollector(choices: choices) }
}

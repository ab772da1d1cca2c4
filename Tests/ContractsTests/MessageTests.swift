import Contracts
import JSON
import Testbed
import Testing

struct MessageTests {
    private let choices: ChoiceTables

    init() throws { choices = try ChoiceTables() }

    @Test("What is written is read as the same message")
    func roundTrip() throws {
        try expectRoundTrip(Samples.invoiceConfirmed)
        try expectRoundTrip(Samples.actualCreated)
        try expectRoundTrip(Samples.transactionConnected)
        try expectRoundTrip(Samples.postingRequested)
        try expectRoundTrip(Samples.accountingDetail)
        try expectRoundTrip(Samples.invoicePosted)
    }

    @Test("The same message is always written as the same bytes", arguments: Contract.all)
    func sameBytes(_ contract: Contract) throws {
        #expect(!contract.samples.isEmpty)
        for sample in contract.samples { #expect(try contract.rewrite(sample, choices) == sample) }
    }

    @Test("A message's key is the id that its topic is spread by")
    func keys() throws {
        #expect(Samples.invoiceConfirmed[0].key == Samples.one.description)
        #expect(Samples.actualCreated[0].key == Samples.one.description)
        #expect(Samples.transactionConnected[0].key == Samples.two.description)
        #expect(Samples.postingRequested[0].key == "uspm/PINV-1")
        #expect(Samples.accountingDetail[0].key == Samples.one.description)
        #expect(Samples.invoicePosted[0].key == Samples.one.description)
    }

    @Test("A company is read in either case and kept in lower case")
    func companyCase() throws {
        let sample = try #require(Contract.all.first { $0.topic == .postingRequested }?.samples.first)
        let decoder = MessageDecoder<PostingRequested>(choices: choices)
        let value = String(decoding: sample, as: UTF8.self).replacing("uspm", with: "USpm")
        #expect(try Array(value.utf8).withUnsafeBytes { try decoder.decode($0) }.company == "uspm")
    }

    @Test("A meaning without a code can't be written until it is configured")
    func unconfigured() throws {
        var actual = Samples.actualCreated[1]
        actual.transactionClass = .retainer
        var json = JSONWriter()
        #expect(throws: ContractError.unconfiguredChoice(column: "msdyn_transactionclassification", label: "Retainer"))
        {
            try actual.write(to: &json, choices: choices)
        }
        let configured = try ChoiceTables(additional: ["msdyn_transactionclassification": [192_350_005: "Retainer"]])
        json.removeAll()
        try actual.write(to: &json, choices: configured)
        let decoder = MessageDecoder<ActualCreated>(choices: configured)
        #expect(try json.withBytes { try decoder.decode($0) } == actual)
        let older = MessageDecoder<ActualCreated>(choices: choices)
        #expect(
            throws: ContractError.unknownChoice(column: "msdyn_transactionclassification", code: 192_350_005)
        ) { try json.withBytes { try older.decode($0) } }
    }

    private func expectRoundTrip<M: Message & Equatable>(_ messages: [M]) throws {
        let decoder = MessageDecoder<M>(choices: choices)
        var json = JSONWriter()
        for message in messages {
            json.removeAll()
            try message.write(to: &json, choices: choices)
            #expect(try json.withBytes { try decoder.decode($0) } == message)
        }
    }
}

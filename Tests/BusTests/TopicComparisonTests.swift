import Contracts
import Testing

@testable import Bus
@testable import Kafka

/// What `topics diff` shows and `topics apply` does, topic by topic.
struct TopicComparisonTests {
    private let declared: TopicDeclaration

    init() throws { declared = try #require(try TopicCatalogue().declaration("actual-created")) }

    private func comparison(
        partitions: Int = 6, replication: Int = 3, brokers: Int = 3, inStep: Int? = nil,
        _ settings: [String: String] = [:], wanted: Int? = nil
    ) -> TopicComparison {
        return TopicComparison(
            declared: declared, name: "x.actual-created", replication: wanted, brokers: brokers,
            present: TopicComparison.Present(
                partitions: (0..<partitions).map { id in
                    TopicDescription.Partition(
                        id: Int32(id), leader: 1, replicas: (0..<replication).map { Int32($0) },
                        inSyncReplicas: (0..<(inStep ?? replication)).map { Int32($0) })
                }, replication: replication,
                settings: declared.configuration.merging(settings) { $1 }))
    }

    private func missing(brokers: Int, wanted: Int? = nil) -> TopicComparison {
        TopicComparison(
            declared: declared, name: "x.actual-created", replication: wanted, brokers: brokers, present: nil)
    }

    @Test("A topic that is as declared differs in nothing")
    func same() {
        #expect(comparison().steps.isEmpty)
        #expect(comparison().changes.isEmpty)
    }

    @Test(
        "A setting that can stop publishing or lose messages is set as declared, and the danger is said",
        arguments: [
            ("retention.ms", "604800000", "loses messages"), ("retention.bytes", "1000000", "loses messages"),
            ("cleanup.policy", "compact", "are lost"), ("cleanup.policy", "compact,delete", "are lost"),
            ("max.message.bytes", "1000", "never published"), ("max.message.bytes", "99999999", "no consumer takes"),
            ("min.insync.replicas", "1", "lost with one broker"), ("min.insync.replicas", "3", "can be published"),
            ("unclean.leader.election.enable", "true", "is lost"), ("compression.type", "producer", "larger"),
            ("message.timestamp.type", "LogAppendTime", "time of a message"),
        ])
    func setting(_ name: String, _ value: String, _ danger: String) throws {
        let comparison = comparison([name: value])
        let step = try #require(comparison.steps.first { $0.kind == .configure })
        #expect(step.detail.contains("\(name) from \(value) to "))
        #expect(step.detail.contains(danger), "\(step.detail)")
        #expect(comparison.changes == [name: declared.configuration[name]])
    }

    @Test("A danger in a setting that is not declared is a warning")
    func undeclared() {
        let steps = comparison(["message.timestamp.after.max.ms": "1000"]).steps
        #expect(steps.map(\.kind) == [.warning])
    }

    @Test("Fewer copies than declared are shown, with what to do")
    func replication() throws {
        let comparison = comparison(replication: 1, ["min.insync.replicas": "1"])
        let step = try #require(comparison.steps.first { $0.detail.contains("replication") })
        #expect(step.kind == .cannotApply)
        #expect(step.detail.contains("its replication is 1 and 3 is declared"))
        #expect(comparison.changes.isEmpty, "one copy cannot be in step with two")
        #expect(self.comparison(replication: 1, ["min.insync.replicas": "1"], wanted: 1).steps.isEmpty)
    }

    @Test(
        "A topic is never made or changed so that nobody could write to it",
        arguments: [(1, 1, "1"), (2, 2, "2"), (3, 3, "2"), (5, 3, "2")])
    func writable(_ brokers: Int, _ wanted: Int, _ inStep: String) {
        let comparison = missing(brokers: brokers, wanted: wanted)
        #expect(comparison.canBeMade)
        #expect(comparison.steps.map(\.kind) == [.create])
        #expect(comparison.wantedSettings["min.insync.replicas"] == inStep)
    }

    @Test("A topic with more copies than there are brokers is not made, and that is said")
    func tooManyCopies() throws {
        let step = try #require(missing(brokers: 1).steps.first)
        #expect(step.kind == .cannotApply)
        #expect(step.detail.contains("the cluster has 1 broker"))
        #expect(step.detail.contains("--replication 1"))
        #expect(!missing(brokers: 2).canBeMade)
    }

    @Test("A partition that nobody can publish to at the moment is named")
    func outOfStep() throws {
        let step = try #require(comparison(partitions: 6, inStep: 1).steps.first)
        #expect(step.kind == .warning)
        #expect(step.detail.contains("partition 0 has 1 copies in step, and 2 are needed"))
        let all = try #require(comparison(replication: 2, wanted: 2).steps.first)
        #expect(all.detail.contains("one broker that is away stops publishing"))
    }

    @Test("Every declaration can be written on three brokers, and says all that a broker's default may get wrong")
    func declarations() throws {
        for declaration in try TopicCatalogue().declarations {
            let inStep = try #require(declaration.configuration["min.insync.replicas"].flatMap { Int($0) })
            #expect(inStep < declaration.replication, "\(declaration.name)")
            for setting in [
                "cleanup.policy", "retention.ms", "retention.bytes", "max.message.bytes", "compression.type",
                "unclean.leader.election.enable", "message.timestamp.type",
            ] { #expect(declaration.configuration[setting] != nil, "\(declaration.name): \(setting)") }
        }
    }

    @Test("Topics that are missing are named, and the prefix under which the cluster has them")
    func missingTopics() {
        let declared = ["a", "b"]
        #expect(DeclaredTopics.missing(declared: declared, prefix: "x.", present: ["x.a", "x.b", "other"]) == nil)
        let one = DeclaredTopics.missing(declared: declared, prefix: "x.", present: ["x.a"])
        #expect(one?.description.contains("no topic x.b") == true)
        let none = DeclaredTopics.missing(declared: declared, prefix: "y.", present: ["x.a", "x.b"])
        #expect(none?.description.contains("no topics with the prefix y.") == true)
        #expect(none?.description.contains("it has them with the prefix x.") == true)
        let bare = DeclaredTopics.missing(declared: declared, prefix: "y.", present: ["a", "b"])
        #expect(bare?.description.contains("with no prefix") == true)
    }
}

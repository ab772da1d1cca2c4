import Bus
import Dataverse
import Finance
import Foundation
import Glibc
import Kafka
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// A bus of the real processes, on databases of its own and a shared broker.
final class ProcessBus {
    let bus: PrivateBus
    let dataverse: Connection
    let finance: Connection
    private let databases: [TestDatabase]

    /// The folder of the built programs: that of the test bundle.
    static let binaries = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .path

    /// The sample export of the repository.
    static let export = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../deploy/export").standardizedFileURL.path

    init(on kind: TestBroker.Kind) throws {
        let dataverse = try TestDatabase(DataverseSchema.migrations)
        let finance = try TestDatabase(FinanceSchema.migrations)
        var options = PrivateBus.Options(binaries: Self.binaries)
        options.databaseURLs = (dataverse.url, finance.url)
        if kind == .apacheKafka {
            options.bootstrapServers = try TestBroker.shared(kind).configuration.bootstrapServers
            options.topicPrefix = TestBroker.unique("bus") + "."
        }
        let directory = NSTemporaryDirectory() + "ledgerbus-e2e-\(UUID().uuidString.prefix(8))"
        bus = try PrivateBus(directory: directory, options: options)
        if kind == .apacheKafka {
            let configuration = try bus.configuration(side: .dataverse)
            try TopicPlan(configuration, replication: 1).apply(configuration)
        }
        self.dataverse = try dataverse.connect()
        self.finance = try finance.connect()
        databases = [dataverse, finance]
    }

    /// A bus on servers of the test's own.
    ///
    /// - parameter dataverse: a connection with all rights, as the other.
    init(_ options: PrivateBus.Options, dataverse: Connection, finance: Connection) throws {
        bus = try PrivateBus(
            directory: NSTemporaryDirectory() + "ledgerbus-e2e-\(UUID().uuidString.prefix(8))", options: options)
        self.dataverse = dataverse
        self.finance = finance
        databases = []
    }

    func remove() {
        bus.stop()
        try? FileManager.default.removeItem(atPath: bus.directory)
    }

    /// Runs the operator's tool.
    func ledgerbus(_ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
        try ledgerbus(arguments, environment: [:])
    }

    /// Runs the operator's tool in an environment that differs from the bus's.
    func ledgerbus(_ arguments: [String], environment: [String: String]) throws -> (
        status: Int32, output: String, errors: String
    ) {
        try Self.run("\(Self.binaries)/ledgerbus", arguments, environment: bus.environment.merging(environment) { $1 })
    }

    /// Runs a program to its end.
    ///
    /// - parameter environment: what it has besides this process's.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: outputData, as: UTF8.self),
            String(decoding: errorData, as: UTF8.self)
        )
    }

    /// Kills a process without a word, and starts another in its place.
    ///
    /// - parameter label: which of several.
    func killAndReplace(_ program: Program, label: String? = nil) throws {
        let name = label ?? program.rawValue
        let victim = try #require(bus.fleet.members.first { $0.name == name })
        kill(victim.processIdentifier, SIGKILL)
        try bus.fleet.stop(name)
        try bus.fleet.start(program, label: "\(name)-again")
    }

    /// A number that one of the databases knows.
    func count(_ connection: Connection, _ query: String) throws -> Int {
        try connection.query(query).single().int(0)
    }
}

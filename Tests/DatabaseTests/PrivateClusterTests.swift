import Foundation
import Testbed
import Testing

@testable import Database

@Suite(.tags(.processes))
struct PrivateClusterTests {
    @Test func aClusterKeepsItsDataOverRestartsAndStarts() throws {
        // Too long for a socket's path.
        let parent = NSTemporaryDirectory() + "cluster-\(UUID().uuidString)"
        let directory = "\(parent)/\(String(repeating: "deep/", count: 20))cluster"
        defer { try? FileManager.default.removeItem(atPath: parent) }
        let options = PrivateCluster.Options(sharedBuffers: 16, port: try freePort(), isDurable: false)
        let cluster = try PrivateCluster.start(directory: directory, options: options)
        defer { try? cluster.remove() }

        try cluster.createDatabase("finance")
        try cluster.createDatabase("finance")
        let url = cluster.url(database: "finance")
        try Connection(url: url, applicationName: "tests")
            .executeScript("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)")
        func kept(_ url: String) throws -> Int {
            try Connection(url: url, applicationName: "tests").query("SELECT id FROM kept").single().int(0)
        }
        for mode in [PrivateCluster.StopMode.fast, .immediate] {
            try cluster.restart(mode)
            #expect(try kept(url) == 1)
        }
        #expect(try kept(#require(cluster.tcpURL(database: "finance"))) == 1)

        // Starting what runs, and what was stopped, finds it as it was.
        let again = try PrivateCluster.start(directory: directory, options: options)
        #expect(try kept(again.url(database: "finance")) == 1)
        try #require(try PrivateCluster.existing(directory: directory)).stop()
        try again.stop()
        #expect(try !cluster.isRunning)
        #expect(throws: DatabaseError.self) { try kept(url) }

        #expect(try PrivateCluster.existing(directory: parent).map(\.directory) == nil)
        try "9.6\n".write(toFile: "\(directory)/data/PG_VERSION", atomically: false, encoding: .utf8)
        let error = #expect(throws: ClusterError.self) {
            try PrivateCluster.start(directory: directory, options: options)
        }
        #expect(error?.description.contains("was made by PostgreSQL 9.6") == true)
    }

    private func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

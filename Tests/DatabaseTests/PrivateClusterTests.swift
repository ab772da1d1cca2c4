import Foundation
import Glibc
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

    /// A folder of this test's own.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "private-\(UUID().uuidString)"
        try PrivateFolder.make(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func aPrivateFolderIsNobodyElses() throws {
        try withFolder { parent in
            let folder = try PrivateFolder.make("\(parent)/a/b")
            #expect(mode(folder.path) & 0o007 == 0)
            #expect(mode(folder.path) & 0o060 == 0)
            #expect(try PrivateFolder.make(folder.path).path == folder.path)
            #expect(try PrivateFolder.existing(folder.path)?.path == folder.path)
            #expect(try PrivateFolder.existing("\(parent)/nowhere")?.path == nil)
        }
    }

    @Test func aFolderThatIsALinkIsRefusedAndNothingIsWrittenWhereItLeads() throws {
        try withFolder { parent in
            try PrivateFolder.make("\(parent)/elsewhere")
            let link = "\(parent)/link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(parent)/elsewhere")
            for body in [
                { _ = try PrivateFolder.make(link) }, { _ = try PrivateFolder.existing(link) },
                { _ = try PrivateCluster.start(directory: link) },
            ] as [() throws -> Void] {
                let error = #expect(throws: ClusterError.self, performing: body)
                #expect(error?.description.contains("it is a symbolic link") == true, "\(String(describing: error))")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(parent)/elsewhere").isEmpty)
        }
    }

    @Test func aFolderThatOthersMayWriteToOrReplaceIsRefused() throws {
        try withFolder { parent in
            let open = "\(parent)/open"
            try PrivateFolder.make(open)
            chmod(open, 0o777)
            #expect(throws: ClusterError.self) { try PrivateFolder.make(open) }
            #expect(throws: ClusterError.self) { try PrivateFolder.existing(open) }
            let error = #expect(throws: ClusterError.self) { try PrivateFolder.make("\(open)/inner") }
            #expect(error?.description.contains("anybody may replace it") == true)
            // As /tmp is.
            chmod(open, 0o1777)
            #expect(throws: Never.self) { try PrivateFolder.make("\(open)/inner") }
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a folder away")) func aFolderOfAnotherUserIsRefused() throws
    {
        try withFolder { parent in
            let theirs = "\(parent)/theirs"
            try PrivateFolder.make(theirs)
            lchown(theirs, 12_345, 12_345)
            let error = #expect(throws: ClusterError.self) { try PrivateFolder.make(theirs) }
            #expect(error?.description.contains("it belongs to user 12345") == true)
            #expect(throws: ClusterError.self) { try PrivateFolder.existing(theirs) }
            #expect(throws: ClusterError.self) { try PrivateCluster.start(directory: theirs) }
        }
    }

    @Test func theSocketFolderOfAKilledRunIsRemovedByTheNext() throws {
        let owner = try ClusterOwner()
        let folders = SocketFolder(owner: owner)
        try withFolder { parent in
            let deep = "\(parent)/\(String(repeating: "deep/", count: 20))cluster"
            try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
            let socket = try folders.path(for: deep)
            #expect(socket.hasPrefix("/tmp/ledgerbus-"))
            #expect(try folders.path(for: deep) == socket)
            folders.removeLeftovers()
            #expect(FileManager.default.fileExists(atPath: socket), "Its cluster is there.")
            try FileManager.default.removeItem(atPath: deep)
            folders.removeLeftovers()
            #expect(!FileManager.default.fileExists(atPath: socket))
        }
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

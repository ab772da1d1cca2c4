import Bus
import Contracts
import Testbed
import Testing

@testable import Database

/// Ids are sorted in Swift so that transactions lock rows in one order, PostgreSQL's.
struct GUIDTests {
    @Test("Ids go to the database and back, and are sorted there as here")
    func order() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        let ids = (0..<100).map { _ in GUID(high: .random(in: 0...(.max)), low: .random(in: 0...(.max))) }
        let ordered = try connection.query("SELECT v FROM unnest($1::uuid[]) v ORDER BY v", ids)
        #expect(try ordered.map { try $0[0, as: GUID.self] } == ids.sorted())
        #expect(try connection.query("SELECT $1::text", ids[0]).single().string(0) == ids[0].description)
    }
}

import Database
import Testing

struct CopyRowsTests {
    private func rows(_ values: Int64...) -> CopyRows {
        var rows = CopyRows()
        for value in values {
            rows.beginRow(columns: 1)
            rows.append(value)
        }
        return rows
    }

    private func bytes(_ rows: CopyRows) -> [UInt8] {
        rows.withUnsafeBytes { Array($0) }
    }

    @Test func aCopyIsAValueOfItsOwn() {
        var original = rows(1, 2)
        var copy = original
        copy.beginRow(columns: 1)
        copy.append(3)
        original.removeAll(keepingCapacity: true)
        original.beginRow(columns: 1)
        original.append(4)
        #expect(bytes(copy) == bytes(rows(1, 2, 3)))
        #expect(bytes(original) == bytes(rows(4)))
        let shared = copy
        copy.append(row: 0, of: shared, first: 9)
        #expect(bytes(copy) == bytes(rows(1, 2, 3, 9)))
        #expect(bytes(shared) == bytes(rows(1, 2, 3)))
    }

    @Test func rowsThatWereRemovedLeaveNothingBehind() {
        var emptied = rows(1, 2)
        for keepingCapacity in [true, false] {
            emptied.removeAll(keepingCapacity: keepingCapacity)
            #expect(emptied.isEmpty)
            #expect(emptied.byteCount == 0)
            #expect(bytes(emptied).isEmpty)
            emptied.append(row: 1, of: rows(5, 6))
            #expect(bytes(emptied) == bytes(rows(6)))
        }
    }
}

import Foundation
import JSON

/// What a row of a request asks for.
protocol RequestRow: Sendable {
    /// The members that it can have.
    associatedtype Field: CaseIterable, Hashable, RawRepresentable, Sendable where Field.RawValue == String

    /// What refused rows are known by.
    static var key: Field { get }

    /// - throws: ``RequestProblem`` when a member is missing, or not what it has to be.
    init(_ row: RequestFields<Field>) throws(RequestProblem)
}

/// Reads requests: a JSON array of objects, one object, or an object a line.
///
/// A row that cannot be read costs itself alone. What is no JSON at all is refused whole: nothing in it can be trusted.
final class RequestReader<Row: RequestRow> {
    private let page = JSONPageReader(fields: Row.Field.allCases.map(\.rawValue))
    private let places = Dictionary(uniqueKeysWithValues: Row.Field.allCases.enumerated().map { ($1, $0) })
    /// How many rows have been read.
    private(set) var rows = 0

    /// Reads all rows of a source in their order.
    ///
    /// - parameter row: is given each row's place, from 1, what it says, and what is wrong with it otherwise.
    /// - throws: ``CaptureError`` when the source cannot be read; whatever `row` throws.
    func forEachRow(of source: any PageSource, _ row: (Int, Result<Row, RefusedRow>) throws -> Void) throws {
        try source.forEachDocument { document in
            guard let first = document.first(where: { $0 > 0x20 }) else { return }
            let isArray = first == UInt8(ascii: "[")
            var framed = Data(isArray ? #"{"value":"#.utf8 : #"{"value":["#.utf8)
            framed.append(document)
            framed.append(contentsOf: isArray ? "}".utf8 : "]}".utf8)
            do { try framed.withUnsafeBytes { try page.open($0) } } catch let error as JSONError {
                throw CaptureError(file: source.name, row: error.row.map { $0 + rows }, problem: error.kind.description)
            }
            while try nextRow(source.name) {
                rows += 1
                try row(rows, read())
            }
        }
    }

    private func nextRow(_ file: String) throws(CaptureError) -> Bool {
        do { return try page.nextRow() } catch {
            throw CaptureError(file: file, row: rows + 1, problem: error.kind.description)
        }
    }

    private func read() -> Result<Row, RefusedRow> {
        let fields = RequestFields<Row.Field>(page, places: places)
        do throws(RequestProblem) {
            try refuseUnknownMembers()
            return .success(try Row(fields))
        } catch {
            return .failure(RefusedRow(key: fields.shown(Row.key), problem: error.description))
        }
    }

    /// A member that nobody knows may be one that was misspelt: what it says must not be lost.
    private func refuseUnknownMembers() throws(RequestProblem) {
        var unknown: String?
        page.forEachMember { name, _ in
            let name = String(decoding: name, as: UTF8.self)
            if unknown == nil, Row.Field(rawValue: name) == nil { unknown = name }
        }
        guard let unknown else { return }
        let known = Row.Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw RequestProblem("there is no member \"\(unknown)\"; the members are \(known)")
    }
}

/// A row of a request that cannot be read.
struct RefusedRow: Error, Hashable, Sendable {
    /// What it is known by, as far as it says.
    let key: String?
    let problem: String
}

/// What is wrong with a row of a request.
struct RequestProblem: Error, Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

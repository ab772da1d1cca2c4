import Contracts
import JSON

/// The members of one row of a request.
///
/// Amounts and quantities are decimals in quotes or numbers; days are `2026-11-21`; choices are their labels.
struct RequestFields<Field: CaseIterable & Hashable & RawRepresentable & Sendable> where Field.RawValue == String {
    private let page: JSONPageReader
    /// Where the page reader holds each member.
    private let places: [Field: Int]

    init(_ page: JSONPageReader, places: [Field: Int]) {
        self.page = page
        self.places = places
    }

    private func slot(_ field: Field) -> JSONSlot? {
        guard let place = places[field] else { return nil }
        let slot = page[place]
        return slot.kind == .missing || slot.kind == .null ? nil : slot
    }

    /// Whether the row has the member, with a value.
    func has(_ field: Field) -> Bool { slot(field) != nil }

    /// What the row says, for reports; nil when it says nothing.
    func shown(_ field: Field) -> String? { slot(field)?.text.map { String($0.prefix(100)) } }

    /// - throws: ``RequestProblem``.
    func text(_ field: Field, most: Int) throws(RequestProblem) -> String? {
        guard let slot = slot(field) else { return nil }
        guard slot.kind == .string, slot.isReadable, let text = slot.text else { throw malformed(field, "a text") }
        guard !text.isEmpty else { return nil }
        guard text.unicodeScalars.count <= most else { throw malformed(field, "a text of at most \(most) characters") }
        return text
    }

    /// - throws: ``RequestProblem``.
    func id(_ field: Field) throws(RequestProblem) -> GUID? {
        guard let slot = slot(field) else { return nil }
        guard slot.kind == .string, let id = GUID(parsing: slot.bytes) else {
            throw malformed(field, "an id such as 5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d")
        }
        return id
    }

    /// - throws: ``RequestProblem``.
    func decimal<Value: ExactDecimal>(
        _ field: Field, as type: Value.Type = Value.self
    ) throws(RequestProblem) -> Value? {
        guard let slot = slot(field) else { return nil }
        guard slot.kind == .string || slot.kind == .number, let plain = plainDecimal(slot.bytes) else {
            throw malformed(field, "a decimal such as \"1600.00\"")
        }
        do { return try plain.withUnsafeBytes { bytes in try Value(parsing: bytes) } } catch {
            throw malformed(
                field,
                "a decimal of at most \(Value.scale) places and \(Value.mostDigits - Value.scale) digits before them")
        }
    }

    /// - throws: ``RequestProblem``.
    func date(_ field: Field) throws(RequestProblem) -> CalendarDate? {
        guard let slot = slot(field) else { return nil }
        guard slot.kind == .string, let date = CalendarDate(parsing: slot.bytes), !date.meansNone else {
            throw malformed(field, "a day such as 2026-11-21")
        }
        return date
    }

    /// - throws: ``RequestProblem``.
    func flag(_ field: Field) throws(RequestProblem) -> Bool? {
        guard let slot = slot(field) else { return nil }
        guard let flag = slot.bool else { throw malformed(field, "true or false") }
        return flag
    }

    /// A choice or another closed set, by its label.
    ///
    /// - throws: ``RequestProblem``.
    func label<Word: CaseIterable & RawRepresentable>(
        _ field: Field, as type: Word.Type = Word.self
    ) throws(RequestProblem) -> Word? where Word.RawValue == String {
        guard let slot = slot(field) else { return nil }
        guard slot.kind == .string, let word = slot.text.flatMap(Word.init(rawValue:)) else {
            throw malformed(field, "one of " + Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        return word
    }

    /// A list of decimals.
    ///
    /// - throws: ``RequestProblem``.
    func decimals<Value: ExactDecimal>(
        _ field: Field, as type: Value.Type = Value.self
    ) throws(RequestProblem) -> [Value]? {
        guard let elements = try elements(field) else { return nil }
        var values: [Value] = []
        for element in elements {
            guard let text = element.string ?? element.number, let value = try? Value(text) else {
                throw malformed(field, "a list of decimals of at most \(Value.scale) places")
            }
            values.append(value)
        }
        return values
    }

    /// A list of ids.
    ///
    /// - throws: ``RequestProblem``.
    func ids(_ field: Field) throws(RequestProblem) -> [GUID]? {
        guard let elements = try elements(field) else { return nil }
        var ids: [GUID] = []
        for element in elements {
            guard let id = element.string.flatMap(GUID.init) else { throw malformed(field, "a list of ids") }
            ids.append(id)
        }
        return ids
    }

    /// A list of days.
    ///
    /// - throws: ``RequestProblem``.
    func dates(_ field: Field) throws(RequestProblem) -> [CalendarDate]? {
        guard let elements = try elements(field) else { return nil }
        var dates: [CalendarDate] = []
        for element in elements {
            guard let date = element.string.flatMap(CalendarDate.init), !date.meansNone else {
                throw malformed(field, "a list of days such as 2026-11-21")
            }
            dates.append(date)
        }
        return dates
    }

    private func elements(_ field: Field) throws(RequestProblem) -> [JSONValue]? {
        guard let slot = slot(field) else { return nil }
        guard slot.kind == .array, let value = try? JSONValue(parsing: slot.bytes), let array = value.array else {
            throw malformed(field, "a list")
        }
        return array
    }

    /// What the row must say.
    ///
    /// - throws: ``RequestProblem`` when it does not.
    func required<Value>(_ field: Field, _ value: Value?) throws(RequestProblem) -> Value {
        guard let value else { throw RequestProblem("\(field.rawValue) is missing") }
        return value
    }

    private func malformed(_ field: Field, _ expected: String) -> RequestProblem {
        RequestProblem("\(field.rawValue) is not \(expected)")
    }
}

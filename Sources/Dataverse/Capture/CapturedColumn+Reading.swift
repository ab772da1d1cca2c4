import Bus
import Contracts
import Database
import JSON

/// What is wrong with a value of a page.
enum FieldProblem: Error {
    /// The column is required, and the row has no value for it.
    case missing
    /// The value is not what the column holds: which, and why.
    case malformed(String)
    case unknownChoice(Int, ChoiceLabels)
}

extension CapturedColumn {
    /// Appends the value of a page, as it is stored; what stands in for it where the row lacks the member.
    ///
    /// - throws: ``FieldProblem``.
    func append(_ slot: JSONSlot, to rows: inout CopyRows) throws(FieldProblem) {
        guard slot.kind != .missing, slot.kind != .null else {
            if isRequired, slot.kind == .null { throw .missing }
            if case .boolean = kind { rows.append(false) } else { rows.null() }
            return
        }
        switch kind {
        case .id:
            guard slot.kind == .string, let guid = GUID(parsing: slot.bytes) else {
                throw .malformed("\(slot.shown) is not an id such as 5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d")
            }
            guid.append(to: &rows)
        case .text(let most): try appendText(slot, most: most, to: &rows)
        case .identifier(let most): rows.append(utf8: try identifier(slot, most: most))
        case .currencyCode:
            guard let currency = CurrencyCode(String(decoding: try text(slot), as: UTF8.self)) else {
                throw .malformed("\(slot.shown) is not \(CurrencyCode.expected)")
            }
            rows.append(currency.rawValue)
        case .companyCode:
            guard let company = Company(String(decoding: try text(slot), as: UTF8.self)) else {
                throw .malformed("\(slot.shown) is not \(Company.expected)")
            }
            rows.append(company.rawValue)
        case .decimal: try decimal(slot).append(to: &rows)
        case .quantity: try quantity(slot).append(to: &rows)
        case .boolean:
            guard let flag = slot.bool else { throw .malformed("\(slot.shown) is not true or false") }
            rows.append(flag)
        case .date(let zone):
            if let date = try date(slot, in: zone) { date.append(to: &rows) } else { rows.null() }
        case .integer(let range):
            guard let integer = slot.integer, range.contains(Int(integer)) else {
                throw .malformed("\(slot.shown) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            rows.append(Int16(integer))
        case .choice(let labels):
            guard let code = slot.integer else { throw .malformed("\(slot.shown) is not a choice's code") }
            guard let label = labels.label(of: Int(code)) else { throw .unknownChoice(Int(code), labels) }
            rows.append(label)
        }
    }

    private func text(_ slot: JSONSlot) throws(FieldProblem) -> UnsafeRawBufferPointer {
        guard slot.kind == .string else { throw .malformed("\(slot.shown) is not a text") }
        if isRequired, slot.bytes.isEmpty { throw .missing }
        return slot.bytes
    }

    /// A text that only people read: U+0000, which no database keeps, becomes U+FFFD, as all else has that is no
    /// character.
    private func appendText(_ slot: JSONSlot, most: Int, to rows: inout CopyRows) throws(FieldProblem) {
        let bytes = try text(slot)
        guard bytes.contains(0) else {
            rows.append(utf8: bytes.prefix(characters: most))
            return
        }
        let text = String(decoding: bytes, as: UTF8.self).replacing("\0", with: "\u{FFFD}")
        rows.append(String(String.UnicodeScalarView(text.unicodeScalars.prefix(most))))
    }

    private func identifier(_ slot: JSONSlot, most: Int) throws(FieldProblem) -> UnsafeRawBufferPointer {
        let bytes = try text(slot)
        guard bytes.prefix(characters: most).count == bytes.count else {
            throw .malformed("\(slot.shown) is longer than \(most) characters, which is what Finance holds; shorten it")
        }
        guard slot.isReadable else {
            throw .malformed("\(slot.shown) holds a character that cannot be read; something is known by it: mend it")
        }
        return bytes
    }

    private func decimal(_ slot: JSONSlot) throws(FieldProblem) -> Money {
        // Strings as well: so the Web API answers under IEEE754Compatible=true.
        guard slot.kind == .number || slot.kind == .string else { throw .malformed("\(slot.shown) is not a decimal") }
        do { return try Money(number: slot) } catch {
            switch error {
            case .notADecimal: throw .malformed("\(slot.shown) is not a plain decimal")
            case .tooManyPlaces:
                throw .malformed("\(slot.shown) has more than \(Money.scale) decimal places, which Finance cannot hold")
            case .tooLarge:
                throw .malformed(
                    "\(slot.shown) has more than \(Money.mostDigits - Money.scale) digits before the point")
            }
        }
    }

    private func quantity(_ slot: JSONSlot) throws(FieldProblem) -> Money {
        guard slot.kind == .number || slot.kind == .string, let plain = plainDecimal(slot.bytes),
            let point = plain.firstIndex(of: UInt8(ascii: ".")), plain.count - point - 1 > Quantity.scale
        else { return try decimal(slot) }
        let kept = plain[...(point + Quantity.scale)]
        guard let quantity = try? kept.withUnsafeBytes({ try Money(parsing: $0) }) else { return try decimal(slot) }
        let isUp = plain[point + Quantity.scale + 1] >= UInt8(ascii: "5")
        let step = Money(units: isUp ? 1 : 0)
        return plain.first == UInt8(ascii: "-") ? quantity - step : quantity + step
    }

    /// The day; nil where the value says that there is none.
    private func date(_ slot: JSONSlot, in zone: DayZone) throws(FieldProblem) -> CalendarDate? {
        guard slot.kind == .string else { throw .malformed("\(slot.shown) is not a date such as \"2026-11-21\"") }
        let date: CalendarDate?
        do { date = try CalendarDate.reading(slot.bytes, in: zone) } catch {
            throw .malformed("\(slot.shown) is not a date such as \"2026-11-21\"")
        }
        guard date != nil || !isRequired else {
            throw .malformed("\(slot.shown) means that there is no date, and the row needs one")
        }
        return date
    }
}

extension Money {
    /// Reads a number, also with an exponent, or a plain decimal in quotes.
    fileprivate init(number slot: JSONSlot) throws(DecimalProblem) {
        do { try self.init(parsing: slot.bytes) } catch {
            guard error == .notADecimal, slot.kind == .number, let plain = plainDecimal(slot.bytes) else { throw error }
            self = try plain.withUnsafeBytes { bytes in
                Result { () throws(DecimalProblem) in try Money(parsing: bytes) }
            }.get()
        }
    }
}

extension JSONSlot {
    /// The value as errors show it.
    fileprivate var shown: String {
        let text = String(decoding: bytes.prefix(60), as: UTF8.self) + (bytes.count > 60 ? "…" : "")
        return kind == .string ? "\"\(text)\"" : text
    }
}

extension UnsafeRawBufferPointer {
    /// The first characters (Unicode scalars) of a UTF-8 text.
    fileprivate func prefix(characters most: Int) -> UnsafeRawBufferPointer {
        guard count > most else { return self }
        var characters = 0
        for (index, byte) in enumerated() where byte & 0xC0 != 0x80 {
            if characters == most { return UnsafeRawBufferPointer(rebasing: self[..<index]) }
            characters += 1
        }
        return self
    }
}

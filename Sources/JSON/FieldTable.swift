import CSimdJSON

/// The members that a reader wants, and the slots that it fills with them.
final class FieldTable {
    let names: [String]
    let pointer: OpaquePointer
    let slots: UnsafeMutablePointer<sj_slot>

    init(_ names: [String]) {
        precondition(Set(names).count == names.count, "a field is named twice")
        self.names = names
        let texts = names.map { Array($0.utf8) }
        pointer = sj_fields_make(texts.flatMap { $0 }, texts.map(\.count), UInt32(names.count))
        slots = .allocate(capacity: max(names.count, 1))
        slots.initialize(repeating: sj_slot(), count: max(names.count, 1))
    }

    deinit {
        slots.deallocate()
        sj_fields_free(pointer)
    }

    subscript(field: Int) -> JSONSlot {
        precondition(names.indices.contains(field), "there is no such field")
        return slots[field].slot
    }
}

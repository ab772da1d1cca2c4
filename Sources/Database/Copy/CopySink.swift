import CLibPQ

/// Where the rows of a `COPY … FROM STDIN (FORMAT binary)` go.
public final class CopySink {
    /// How much is handed to libpq at once.
    static let chunk = 256 * 1024

    /// Thrown through the closure that writes, when the server has ended the `COPY`; its own error follows.
    struct Ended: Error {}

    private let handle: OpaquePointer
    private(set) var hasEnded = false

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    /// Sends rows. None means nothing is sent.
    public func write(_ rows: CopyRows) throws {
        try rows.withUnsafeBytes { try write($0) }
    }

    /// Sends rows, or a part of them, as ``CopyRows`` encodes them.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.chunk))
            guard PQputCopyData(handle, part.bindMemory(to: CChar.self).baseAddress, Int32(part.count)) == 1 else {
                hasEnded = true
                throw Ended()
            }
            rest = rest.dropFirst(part.count)
        }
    }

    /// The signature, no flags, no extension.
    func writeHeader() throws {
        try write(bytes: Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8))
    }

    func writeTrailer() throws {
        try write(bytes: [0xFF, 0xFF])
    }

    private func write(bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }
}

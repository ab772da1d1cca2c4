import Glibc

/// Writes a file part by part: it is made, or what was in it is replaced.
public final class TextFileWriter {
    private let path: String
    private let descriptor: Int32
    private var isOpen = true

    public init(_ path: String) throws(TextFileError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw TextFileError(path, "written", number: errno) }
    }

    deinit { if isOpen { _ = Glibc.close(descriptor) } }

    public func write(_ text: String) throws(TextFileError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw TextFileError(path, "written", number: errno)
            }
        }
    }

    /// Ends the file. Some file systems say only now that they are full.
    public func close() throws(TextFileError) {
        isOpen = false
        guard Glibc.close(descriptor) == 0 else { throw TextFileError(path, "written", number: errno) }
    }
}

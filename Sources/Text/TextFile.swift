import Glibc

/// A file that a person named, and that can't be read or written: which, why, and what to do.
public struct TextFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }

    /// - parameter number: the system's error, of `errno`.
    init(_ path: String, _ verb: String, number: Int32) {
        let reason =
            switch number {
            case ENOENT: "it is not there"
            case EISDIR: "it is a folder"
            case ENOTDIR: "a part of its path is no folder"
            case EACCES, EPERM: "this user may not"
            case EROFS: "the disk is read-only"
            case ENOSPC, EDQUOT: "the disk is full"
            case ENAMETOOLONG: "its name is too long"
            case ELOOP: "its symbolic links lead in a circle"
            default: String(cString: strerror(number))
            }
        self.init("\(path) can't be \(verb): \(reason)")
    }
}

/// Files that a person names on a command line or in the configuration.
public enum TextFile {
    /// All bytes of a file, or of whatever else can be read under that name.
    public static func bytes(_ path: String) throws(TextFileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw TextFileError(path, "read", number: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &part, part.count)
            if count > 0 {
                bytes += part[..<count]
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw TextFileError(path, "read", number: errno)
            }
        }
    }

    /// The text of a file, in UTF-8, without the mark that some editors put before it.
    public static func text(_ path: String) throws(TextFileError) -> String {
        let bytes = try bytes(path)
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw TextFileError("\(path) is not text in UTF-8: save it as UTF-8 (PowerShell: -Encoding utf8)")
        }
        return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Makes the file, or replaces what is in it.
    public static func write(_ text: String, to path: String) throws(TextFileError) {
        let writer = try TextFileWriter(path)
        try writer.write(text)
        try writer.close()
    }
}

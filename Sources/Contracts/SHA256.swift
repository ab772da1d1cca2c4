import CCrypto

/// SHA-256 over libcrypto, one context reused for many short inputs.
///
/// An instance belongs to one thread at a time.
public final class SHA256 {
    private let context: OpaquePointer
    private let algorithm: OpaquePointer

    /// - throws: ``SHA256Unavailable`` when libcrypto offers no SHA-256.
    public init() throws(SHA256Unavailable) {
        guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else { throw SHA256Unavailable() }
        guard let context = EVP_MD_CTX_new() else {
            EVP_MD_free(algorithm)
            throw SHA256Unavailable()
        }
        self.algorithm = algorithm
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(algorithm)
    }

    /// The digest of some bytes, or of several parts one after the other without joining them, as eight words, most
    /// significant byte first.
    public func digest(_ parts: UnsafeRawBufferPointer...) -> Digest {
        var digest = Digest()
        withUnsafeMutableBytes(of: &digest) { output in
            EVP_DigestInit_ex2(context, algorithm, nil)
            for part in parts { EVP_DigestUpdate(context, part.baseAddress, part.count) }
            EVP_DigestFinal_ex(context, output.bindMemory(to: UInt8.self).baseAddress, nil)
        }
        return digest
    }

    /// The digest of a text's UTF-8.
    public func digest(_ text: String) -> Digest {
        var copy = text
        return copy.withUTF8 { digest(UnsafeRawBufferPointer($0)) }
    }

    /// The 32 bytes of a digest, as they come from the algorithm.
    public struct Digest: Hashable, Sendable, CustomStringConvertible {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

        public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

        /// The first 16 bytes as an id.
        public var guid: GUID { GUID(high: words.0.bigEndian, low: words.1.bigEndian) }

        /// 64 hexadecimal digits.
        public var description: String {
            let digits = Array("0123456789abcdef".utf8)
            return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }

        public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

        public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
    }
}

/// libcrypto offers no SHA-256: the system's library is broken or restricted.
public struct SHA256Unavailable: Error, CustomStringConvertible {
    public var description: String { "libcrypto offers no SHA-256; check the system's OpenSSL configuration" }
}

import CSimdJSON
import Foundation

extension JSONDocument {
    /// Reads a file or pipe into the input buffer, and gives the number of bytes.
    func readToEnd(of descriptor: Int32) throws(JSONError) -> Int {
        var information = stat()
        var room = 1 << 16
        // One byte more than the file has, so that its end is seen without growing the buffer.
        if fstat(descriptor, &information) == 0 { room = max(room, Int(information.st_size) + 1) }

        var count = 0
        while true {
            if count == room { room *= 2 }
            let buffer = try reserve(room)
            let got = read(descriptor, buffer.baseAddress! + count, room - count)
            if got == 0 { return count }
            if got > 0 {
                count += got
            } else if errno != EINTR {
                throw JSONError(.unreadable(reason: String(cString: strerror(errno))))
            }
        }
    }
}

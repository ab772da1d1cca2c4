import Foundation

/// libFuzzer's own main loop (`FuzzerDriver.cpp`).
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Feeds bytes of any kind to what `LEDGERBUS_FUZZ` names; `deploy/fuzz` builds and runs it.
///
/// Its arguments are libFuzzer's. A target ends the process when what it is about does not hold.
@main
struct Fuzz {
    nonisolated(unsafe) private static var target: ((UnsafeRawBufferPointer) -> Void)?

    static func main() throws {
        let name = ProcessInfo.processInfo.environment["LEDGERBUS_FUZZ"] ?? ""
        guard let known = FuzzTarget(rawValue: name) else {
            print(FuzzTarget.allCases.map(\.rawValue).joined(separator: "\n"))
            exit(name == "list" ? 0 : 64)
        }
        target = try known.make()
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(
            runFuzzer(&count, &arguments) { bytes, count in
                // A copy of just this size, so that the address sanitizer sees a read too far.
                let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
                defer { memory.deallocate() }
                memory.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: count))
                Fuzz.target?(UnsafeRawBufferPointer(memory))
                return 0
            })
    }
}

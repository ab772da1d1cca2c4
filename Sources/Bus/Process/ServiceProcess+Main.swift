import Foundation
public import Service

extension ServiceProcess {
    /// Does a program's work from its configuration on. An error that ends it is the last line of its log, in the log's
    /// format.
    ///
    /// - parameter config: the configuration file that the command line names, if it names one.
    /// - returns: whether it ended in good order.
    public static func main(
        _ program: Program, config: String?, _ body: (ConfigReader) async throws -> Void
    ) async -> Bool {
        LoggingSystem.bootstrap(LogSettings(environment: ProcessInfo.processInfo.environment))
        do {
            let reader = try ConfigReader.load(file: config)
            try LoggingSystem.bootstrap(from: reader)
            try await body(reader)
            return true
        } catch {
            Logger(label: program.rawValue).critical("\(error)")
            return false
        }
    }
}

import Foundation
import Operations
import Service
import Terminal

struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Tell somebody when a number of the status stays above its threshold.",
        discussion: """
            Rules, and what is called, are below alerts in the configuration: alerts.rules.NAME has watch (\
            \(AlertNumber.allCases.map(\.rawValue).joined(separator: ", "))), above and for; without any, a few that fit \
            everybody hold. alerts.command is called with the alert as JSON on its input, alerts.webhook is sent it. \
            A recovery is told as well, and what stays is told again every alerts.repeat.
            """,
        examples: ["ledgerbus alerts run --every 60", "ledgerbus alerts test"], subcommands: [Run.self, Test.self])

    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look at the status once, or every so many seconds, and tell what is new.",
            discussion: """
                It exits with 1 when somebody could not be told; that is tried again at the next look. With --every it runs until \
                Ctrl-C or SIGTERM.
                """,
            examples: ["ledgerbus alerts run", "ledgerbus alerts run --every 60"])

        @Option(help: ArgumentHelp("Look again every so many seconds.", valueName: "seconds")) var every: WatchInterval?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let settings = try AlertSettings(reader: reader)
            guard !settings.command.isEmpty || settings.webhook != nil else {
                throw CommandFailure("Nobody would be told: set alerts.command or alerts.webhook.")
            }
            var source = try StatusSource(reader)
            let delivery = AlertDelivery(settings)
            var run = try AlertRun(settings) { try delivery.deliver($0) }
            let shutdown = GracefulShutdown()
            let trap = SignalTrap(requesting: shutdown)
            defer { trap.cancel() }
            while true {
                let outcome = try run.look(at: source.ask(), now: Date())
                if output.json {
                    try JSONOutput.print(outcome.told)
                } else {
                    for message in outcome.told { StandardStream.output.print("told: \(message.text)") }
                }
                for problem in outcome.failed { StandardStream.error.print("\(problem)") }
                guard let every else {
                    if !outcome.failed.isEmpty { throw ExitCode.failure }
                    return
                }
                if shutdown.wait(upTo: .seconds(every.seconds)) { throw ExitCode.interrupted }
            }
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Call what is called, with an alert that says that it is a test.",
            examples: ["ledgerbus alerts test"])

        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let settings = try AlertSettings(reader: configuration.reader())
            guard !settings.command.isEmpty || settings.webhook != nil else {
                throw CommandFailure("Nobody would be told: set alerts.command or alerts.webhook.")
            }
            let message = AlertMessage.test
            do { try AlertDelivery(settings).deliver(message) } catch { throw CommandFailure("\(error)") }
            if output.json {
                try JSONOutput.print(message)
            } else {
                StandardStream.output.print("told: \(message.text)")
            }
        }
    }
}

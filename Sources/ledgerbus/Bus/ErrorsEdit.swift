import Bus
import Contracts
import Database
import Dataverse
import Finance
import Foundation
import JSON
import Service
import Terminal

extension ErrorsCommand {
    struct Edit: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put another value in the place of a dead letter's own, and have it tried.",
            discussion: """
                The value as it came is kept with its digest, and so is who changed it and why. What the consumer could not \
                even decode is refused, with its reason. --set changes members of a JSON object: FIELD=VALUE, text where the \
                field has text, else JSON; FIELD= removes it. What takes effect does so once: the letter is not tried again, \
                nor taken in when its topic is read from its beginning.
                """,
            examples: [
                #"ledgerbus errors edit F12 --set quantity=8 --reason "the sender left it out""#,
                #"ledgerbus errors edit F12 --payload actual.json --reason "corrected with Ada""#,
            ])

        @Argument(help: "The dead letter's id, as errors list shows it.") var id: ErrorID
        @Option(help: "A file with the new value; - for standard input.") var payload: String?
        @Option(help: "FIELD=VALUE; several times for several fields.") var set: [MemberSetting] = []
        @Option(help: "Why, for whoever asks later.") var reason: String
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty: say why.") }
            if (payload == nil) == set.isEmpty { throw ValidationError("Give --payload FILE, or --set FIELD=VALUE.") }
            if id.kind == .waiting {
                throw ValidationError("\(id) is no dead letter: it waits, and is tried again by itself.")
            }
        }

        func run() throws {
            let reader = try configuration.reader()
            let choices = try ChoiceTables(reader: reader)
            let given = try payload.map(Self.read)
            let run = OperatorRun(command: "errors edit", of: "\(id)", because: reason)
            let connection = try id.side.connect(reader, for: run)
            try connection.transaction {
                do {
                    try DeadLetterSettlement.edit(
                        id.number, to: given ?? changed(connection), by: run.actor, because: reason,
                        handlers: id.side.handlers(choices), on: connection)
                } catch let refusal as DeadLetterRefusal {
                    throw CommandFailure(
                        "\(id): \(refusal.causes.first.map { "\($0.cause)" } ?? "it cannot be edited").")
                } catch let refusal as EditRefusal {
                    throw CommandFailure("\(id): \(refusal).")
                }
            }
            if output.json { return try JSONOutput.print(["edited": "\(id)"]) }
            StandardStream.output.print("\(id) is edited, and will be tried; see ledgerbus errors show \(id).")
        }

        private static func read(_ file: String) throws -> [UInt8] {
            let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
            guard let data = try handle?.readToEnd() else {
                throw CommandFailure("There is no file \(file), or it is empty.")
            }
            return Array(data)
        }

        /// The value with the members that are set.
        private func changed(_ connection: Connection) throws -> [UInt8] {
            guard let value = try DeadLetterSettlement.value(of: id.number, on: connection),
                var object = (try? JSONValue(parsing: value))?.object
            else { throw CommandFailure("\(id) has no JSON object as its value: give a whole one by --payload.") }
            for setting in set { object[setting.name] = setting.value(in: object) }
            var writer = JSONWriter()
            writer.element(JSONValue.object(object))
            return writer.withBytes { Array($0) }
        }
    }
}

/// `quantity=8`: a member of a JSON object, and what it is to be.
struct MemberSetting: ExpressibleByArgument {
    let name: String
    let text: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else { return nil }
        name = String(argument[..<equals])
        text = String(argument[argument.index(after: equals)...])
    }

    /// Text where the object has text, or where it is no JSON; nil to remove it.
    func value(in object: JSONObject) -> JSONValue? {
        if text.isEmpty { return nil }
        if object[name]?.string != nil { return .string(text) }
        return (try? JSONValue(parsing: text)) ?? .string(text)
    }

    var defaultValueDescription: String { "\(name)=\(text)" }
    static var expectation: String? { "FIELD=VALUE" }
}

extension Side {
    /// What its consumers make of their topics.
    func handlers(_ choices: ChoiceTables) -> [any TopicHandler] {
        switch self {
        case .dataverse: [AccountingDetailHandler(choices: choices), InvoicePostedHandler(choices: choices)]
        case .finance:
            [
                InvoiceConfirmedHandler(choices: choices), ActualCreatedHandler(choices: choices),
                TransactionConnectedHandler(choices: choices), PostingRequestedHandler(choices: choices),
                PublishedInvoiceHandler(choices: choices), PublishedDetailHandler(choices: choices),
            ]
        }
    }
}

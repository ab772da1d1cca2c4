public import Bus
import Database
import Dataverse
import Finance
import Kafka
import Service
public import Terminal

/// The options of every command that reads the configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: "The configuration file; LEDGERBUS_CONFIG names it as well.") var config: String?

    init() {}

    func reader() throws -> ConfigReader { try ConfigReader.load(file: config) }
}

extension Side: ExpressibleByArgument {
    var migrations: [Migration] {
        switch self {
        case .dataverse: DataverseSchema.migrations
        case .finance: FinanceSchema.migrations
        }
    }

    /// The letter before an error's number.
    var letter: String {
        switch self {
        case .dataverse: "D"
        case .finance: "F"
        }
    }

    /// A connection to the side's database to ask it something, whose schema is the one that this program knows. The server
    /// refuses to change anything by it.
    func connect(_ reader: ConfigReader) throws -> Connection {
        var options = ConnectionOptions()
        options.isReadOnly = true
        return try open(reader, options)
    }

    /// A connection to the side's database for a command that changes something, which keeps the run for
    /// `ledgerbus audit`.
    func connect(_ reader: ConfigReader, for run: OperatorRun) throws -> Connection {
        let connection = try open(reader, run.connectionOptions)
        try run.begin(on: connection)
        return connection
    }

    private func open(_ reader: ConfigReader, _ options: ConnectionOptions) throws -> Connection {
        try SideDatabase.open(
            self, url: try reader.databaseURL(side: self), migrations, applicationName: Program.ledgerbus.rawValue,
            options: options)
    }

    func configuration(_ reader: ConfigReader) throws -> BusConfiguration {
        var configuration = try BusConfiguration(reader: reader, side: self)
        configuration.kafka.log = nil
        return configuration
    }

    /// The sides whose database is configured.
    static func configured(_ reader: ConfigReader) throws -> [Side] {
        let sides = try allCases.filter(reader.hasDatabase)
        guard !sides.isEmpty else {
            throw ConfigError(
                "No database is configured: set DATAVERSE_DATABASE_URL, FINANCE_DATABASE_URL or both.")
        }
        return sides
    }
}

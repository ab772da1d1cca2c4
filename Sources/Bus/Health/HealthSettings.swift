public import Service

/// How a process tells how it is: `http.listen`, `http.token`, `health.patience`.
public struct HealthSettings: Sendable {
    /// Where it serves HTTP; nil is nowhere.
    let address: HTTPAddress?
    /// Nobody has asked for this port: when it is taken, another will do.
    let isAnyPort: Bool
    let token: BearerToken?
    /// How long work may wait while none is done, before the process is not ready.
    let patience: Duration

    /// - throws: `ConfigError` when a value is malformed.
    public init(reader: ConfigReader, program: Program) throws {
        let standing = program.httpPort.map { HTTPAddress(port: $0) }
        let listen = try reader.string(forKey: "http.listen", default: standing?.description ?? Self.off)
        isAnyPort = listen == standing?.description
        if listen == Self.off {
            address = nil
        } else {
            guard let parsed = HTTPAddress(listen) else {
                throw ConfigError("http.listen is '\(listen)': expected \(HTTPAddress.expected), or off.")
            }
            address = parsed
        }
        token = try reader.string(forKey: "http.token", isSecret: true).map { text in
            guard let token = BearerToken(text) else {
                throw ConfigError(
                    "http.token is not usable: expected at least \(BearerToken.shortest) characters, without spaces.")
            }
            return token
        }
        patience = try reader.duration(forKey: "health.patience", default: .seconds(60))
        guard patience >= .seconds(1) else { throw ConfigError("health.patience is less than 1s.") }
    }

    private static let off = "off"

    /// Begins to serve a process's pages.
    ///
    /// - returns: nil when nothing is to be served.
    /// - throws: `ConfigError` when it cannot be where it is asked for.
    func serve(_ instruments: Instruments, logger: Logger) throws -> HTTPServer? {
        guard let address else { return nil }
        let pages = HealthPages(instruments.health, instruments.metrics)
        func server(on address: HTTPAddress) throws -> HTTPServer {
            try HTTPServer(address, token: token) { pages.respond(to: $0) }
        }
        let started: HTTPServer
        do {
            started = try server(on: address)
        } catch let error as HTTPServerError where isAnyPort && error.isTaken {
            started = try server(on: HTTPAddress(host: address.host, port: 0))
            logger.notice("\(error): serving on another port")
        } catch let error as HTTPServerError {
            throw ConfigError("http.listen: \(error); set HTTP_LISTEN, and HTTP_TOKEN_FILE where others can reach it")
        }
        logger.info("serving health and metrics", metadata: ["address": "\(started.address)"])
        return started
    }
}

extension Program {
    /// Where each serves unless it is told otherwise, of this machine alone; nil of one that serves nothing.
    var httpPort: UInt16? {
        switch self {
        case .dataverseProducer: 9471
        case .financeConsumer: 9472
        case .postingConsumer: 9473
        case .dataverseConsumer: 9474
        case .ledgerbus: nil
        }
    }
}

import Text

/// The pages that a process shows over HTTP: whether it lives, whether it is ready, and its metrics.
///
/// Who has not shown the token is told whether, and nothing else: so that a supervisor needs no secret.
public struct HealthPages: Sendable {
    private let health: Health
    private let registry: MetricsRegistry

    public init(_ health: Health, _ registry: MetricsRegistry) {
        self.health = health
        self.registry = registry
    }

    public func respond(to request: HTTPRequest) -> HTTPResponse {
        switch request.path {
        case "/livez", "/health/live":
            report("live", health.standingStill, to: request)
        case "/readyz", "/health/ready":
            report("ready", health.obstacles, to: request)
        case "/metrics":
            request.isTrusted
                ? HTTPResponse(contentType: PrometheusText.contentType, body: PrometheusText.text(registry))
                : .unauthorized
        case "/":
            HTTPResponse(body: "/livez\n/readyz\n/metrics\n")
        default:
            .notFound
        }
    }

    /// `{"ready":false,"reasons":["…"]}`
    private func report(_ name: String, _ reasons: [String], to request: HTTPRequest) -> HTTPResponse {
        let status = reasons.isEmpty ? 200 : 503
        guard request.isTrusted else { return HTTPResponse(status: status, body: "") }
        let list = reasons.map(\.jsonQuoted).joined(separator: ",")
        return HTTPResponse(
            status: status, contentType: HTTPResponse.json,
            body: "{\"\(name)\":\(reasons.isEmpty),\"reasons\":[\(list)]}\n")
    }
}

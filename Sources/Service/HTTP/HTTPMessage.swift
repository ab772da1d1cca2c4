/// What is asked of an ``HTTPServer``.
public struct HTTPRequest: Sendable {
    /// `GET`, `HEAD`.
    public let method: String
    /// Without the query: `/metrics`.
    public let path: String
    /// Whether whoever asks has shown the server's token, or need not since only this machine can ask.
    public let isTrusted: Bool
}

/// What an ``HTTPServer`` answers.
public struct HTTPResponse: Sendable {
    public var status: Int
    public var contentType: String
    public var body: String
    /// Further headers.
    public var headers: [String: String] = [:]

    public init(status: Int = 200, contentType: String = Self.plainText, body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    public static let plainText = "text/plain; charset=utf-8"
    public static let json = "application/json"

    /// There is no such page.
    public static let notFound = HTTPResponse(status: 404, body: "There is no such page.\n")

    /// It is shown to those alone who have the token.
    public static let unauthorized: HTTPResponse = {
        var response = HTTPResponse(status: 401, body: "It takes the token: Authorization: Bearer TOKEN\n")
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    }()
}

public import Foundation

/// Looks at a status by the rules, and tells who is to be told. What was told is kept in a file, so that a restart tells
/// nothing twice; what could not be told is told again at the next look.
public struct AlertRun {
    private let settings: AlertSettings
    private let deliver: (AlertMessage) throws -> Void
    private var states: [String: AlertRule.State]

    /// - parameter deliver: tells somebody.
    /// - throws: ``AlertProblem`` when the file of states is none.
    public init(_ settings: AlertSettings, deliver: @escaping (AlertMessage) throws -> Void) throws {
        self.settings = settings
        self.deliver = deliver
        guard let data = FileManager.default.contents(atPath: settings.state) else {
            states = [:]
            return
        }
        do {
            states = try JSONDecoder().decode([String: AlertRule.State].self, from: data)
        } catch {
            throw AlertProblem(
                description: "\(settings.state) is no state of alerts; remove it, and what is wrong is told anew")
        }
    }

    /// Looks once.
    ///
    /// - returns: what was told, and what could not be.
    /// - throws: ``AlertProblem`` when the file of states cannot be written.
    public mutating func look(at status: BusStatus, now: Date) throws -> (told: [AlertMessage], failed: [String]) {
        var told: [AlertMessage] = []
        var failed: [String] = []
        var kept: [String: AlertRule.State] = [:]
        for rule in settings.rules {
            let before = states[rule.name] ?? AlertRule.State()
            let value = rule.number.value(in: status)
            let (state, notice) = rule.judge(value, before, at: now, reminding: settings.rest)
            kept[rule.name] = state
            guard let notice else { continue }
            let message = AlertMessage(rule, notice, value: value, since: state.since ?? before.since)
            do {
                try deliver(message)
                told.append(message)
            } catch {
                failed.append("\(rule.name) was not told: \(error)")
                var untold = before
                // It goes on from when it began, not from when somebody could be told.
                if notice == .firing { untold.since = state.since }
                kept[rule.name] = untold
            }
        }
        states = kept
        do {
            try FileManager.default.createDirectory(
                atPath: (settings.state as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try JSONEncoder().encode(kept).write(to: URL(fileURLWithPath: settings.state), options: .atomic)
        } catch {
            throw AlertProblem(description: "\(settings.state) cannot be written: \(error.localizedDescription)")
        }
        return (told, failed)
    }
}

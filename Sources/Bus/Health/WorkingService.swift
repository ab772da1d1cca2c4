public import Service

/// A service of a process that has work by which one sees whether it gets on.
public protocol WorkingService: Service {
    var work: [any WorkSource] { get }
}

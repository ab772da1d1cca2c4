public import Contracts
public import Terminal

extension Company: ExpressibleByArgument {}

// Testbed

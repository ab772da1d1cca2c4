// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

// Messages are allocated by one thread and freed by another, thousands at a time, which mimalloc does much faster than
// glibc.
func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, swiftSettings: swiftSettings,
        linkerSettings: [.linkedLibrary("mimalloc")])
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings)
}

let package = Package(
    name: "ledgerbus",
    products: [
        .executable(name: "ledgerbus", targets: ["ledgerbus"]),
        .executable(name: "dataverse-producer", targets: ["dataverse-producer"]),
        .executable(name: "finance-consumer", targets: ["finance-consumer"]),
        .executable(name: "posting-consumer", targets: ["posting-consumer"]),
        .executable(name: "dataverse-consumer", targets: ["dataverse-consumer"]),
    ],
    targets: [
        // Debian's libraries. Each is imported by one module alone.
        .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(
            name: "CSimdJSON",
            cxxSettings: [.unsafeFlags(["-O3", "-std=c++17"])],
            linkerSettings: [.linkedLibrary("simdjson")]),

        // The ground floor: no idea of invoices.
        library("JSON", ["CSimdJSON"]),
        library("Text", []),
        library("YAML", ["CYAML", "Text"]),
        library("Terminal", ["Text"]),
        library("Service", ["CMicroHTTPD", "Text", "YAML"]),
        library("Kafka", ["CRdKafka", "Service"]),
        library("Database", ["CLibPQ"]),

        // The bus and its two sides.
        // The topics and schemas are compiled in, so that a binary is enough to run.
        library("Contracts", ["CCrypto", "JSON", "YAML"], resources: [.embedInCode("Topics")]),
        library("Bus", ["Contracts", "Database", "JSON", "Kafka", "Service"]),
        library("Dataverse", ["Bus", "Contracts", "Database", "JSON", "Kafka", "Service"]),
        library("Finance", ["Bus", "Contracts", "Database", "JSON", "Kafka", "Service", "Text", "YAML"]),
        library(
            "Operations", ["Bus", "Contracts", "Database", "Dataverse", "Finance", "JSON", "Kafka", "Service", "Text"]),

        // The four processes. Their programs are one line each, and ledgerbus is each of them by another name, since what all
        // have in common, with Swift's library in it, is larger than what they differ in.
        library(
            "Processes", ["Bus", "Contracts", "Database", "Dataverse", "Finance", "Kafka", "Service", "Terminal"]),
        executable("dataverse-producer", ["Processes", "Terminal"]),
        executable("finance-consumer", ["Processes", "Terminal"]),
        executable("posting-consumer", ["Processes", "Terminal"]),
        executable("dataverse-consumer", ["Processes", "Terminal"]),
        executable(
            "ledgerbus",
            [
                "Bus", "Contracts", "Database", "Dataverse", "Finance", "JSON", "Kafka", "Operations", "Processes",
                "Service",
                "Terminal", "Text", "YAML",
            ]),

        // What tests share: a PostgreSQL, a broker of either kind, a bus on both, waiting, tags, random numbers by a seed.
        .target(
            name: "Testbed",
            dependencies: ["Bus", "Contracts", "Database", "JSON", "Kafka", "Service"],
            path: "Tests/Testbed",
            swiftSettings: swiftSettings),
        // Worlds of generated histories, and what must hold after any of them.
        .target(
            name: "HistoryWorld",
            dependencies: ["Contracts", "Database", "Dataverse", "Finance"],
            path: "Tests/HistoryWorld",
            swiftSettings: swiftSettings),
        // Runs the real processes, injects faults into all they stand on, and compares the whole history afterwards.
        .executableTarget(
            name: "torture",
            dependencies: [
                "Bus", "Contracts", "Database", "Dataverse", "Finance", "HistoryWorld", "JSON", "Kafka", "Operations",
                "Service", "Terminal", "Testbed",
            ],
            path: "Tests/Torture",
            swiftSettings: swiftSettings),
        tests("JSONTests", ["JSON", "Testbed"]),
        tests("TextTests", ["Text"]),
        tests("YAMLTests", ["YAML"]),
        tests("TerminalTests", ["Terminal"]),
        tests("ServiceTests", ["Service"]),
        tests("KafkaTests", ["Kafka", "Testbed"]),
        tests("DatabaseTests", ["Database", "Service", "Testbed"]),
        tests("ContractsTests", ["Contracts", "JSON", "Testbed"], exclude: ["Examples"]),
        tests("BusTests", ["Bus", "Contracts", "Database", "JSON", "Kafka", "Service", "Testbed"]),
        tests("DataverseTests", ["Bus", "Contracts", "Database", "Dataverse", "JSON", "Kafka", "Service", "Testbed"]),
        tests(
            "FinanceTests", ["Bus", "Contracts", "Database", "Finance", "JSON", "Kafka", "Service", "Testbed", "YAML"]),
        tests(
            "HistoryTests",
            [
                "Bus", "Contracts", "Database", "Dataverse", "Finance", "HistoryWorld", "JSON", "Kafka", "Service",
                "Testbed", "YAML",
            ]),
        tests(
            "LedgerbusTests",
            [
                "Bus", "Contracts", "Database", "Dataverse", "Finance", "JSON", "Kafka", "Operations", "Processes",
                "Service",
                "Terminal", "Testbed", "dataverse-consumer", "dataverse-producer", "finance-consumer", "ledgerbus",
                "posting-consumer", "torture",
            ], exclude: ["Version1"]),
    ],
    swiftLanguageModes: [.v6]
)

// What `deploy/fuzz` builds, with instruments of its own.
if Context.environment["LEDGERBUS_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "Bus", "Contracts", "Database", "Dataverse", "Finance", "JSON", "Kafka", "Service", "Terminal", "YAML",
            ],
            path: "Tests/Fuzz", exclude: ["Seeds"], swiftSettings: swiftSettings))
}

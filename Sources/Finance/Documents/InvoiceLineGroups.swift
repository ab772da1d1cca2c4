import Contracts

/// The lines of an invoice of any size, summed for who wants no line of them: by project, class, category and tax, and
/// by what else a line says.
struct InvoiceLineGroups {
    private struct Kind: Hashable {
        var projectNumber: String
        var transactionClass: TransactionClass
        var categoryId: String?
        var salesTaxCodes: [String]
        var isCharged: Bool
        var notes: [String]
    }

    private struct Sums {
        var count = 0
        var quantity = Quantity.zero
        var net = Money.zero
    }

    private var sums: [Kind: Sums] = [:]

    mutating func add(_ line: CustomerInvoiceLine, printed: InvoiceDocumentLine) {
        let kind = Kind(
            projectNumber: line.projectNumber, transactionClass: line.transactionClass, categoryId: line.categoryId,
            salesTaxCodes: printed.salesTaxCodes, isCharged: printed.netAmount != nil, notes: line.kindNotes)
        sums[kind, default: Sums()].count += 1
        sums[kind, default: Sums()].quantity += line.quantity
        sums[kind, default: Sums()].net += printed.netAmount ?? .zero
    }

    /// The sums as lines: what is charged first, and in the order of their projects.
    var lines: [InvoiceDocumentLine] {
        sums.map { kind, sums in
            InvoiceDocumentLine(
                number: 0, date: nil,
                description: "\(kind.categoryId ?? kind.transactionClass.rawValue), \(sums.count) "
                    + (sums.count == 1 ? "line" : "lines"),
                notes: kind.notes + ["Project \(kind.projectNumber)"], quantity: sums.quantity, unitPrice: nil,
                netAmount: kind.isCharged ? sums.net : nil, salesTaxCodes: kind.salesTaxCodes)
        }
        .sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
        .enumerated().map { place, line in
            var line = line
            line.number = place + 1
            return line
        }
    }

    private static func order(_ line: InvoiceDocumentLine) -> [String] {
        [line.netAmount == nil ? "1" : "0"] + line.notes.reversed() + [line.description] + line.salesTaxCodes
    }
}

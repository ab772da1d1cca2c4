import Contracts

/// A row of `dataverse edit`: a line detail that is changed or removed, one that is typed on an invoice, or the header's
/// accounting date.
struct EditRequest: RequestRow, Hashable {
    enum Field: String, CaseIterable {
        case lineDetail, remove
        case invoice, accountingDate
        case transactionClass = "class"
        case id, contractLine, quantity, price, billingType, documentDate, category, resource
        case description, externalDescription
    }

    static var key: Field { .lineDetail }

    enum Wish: Hashable {
        case change(GUID, LineDetailEdit)
        case remove(GUID)
        /// On the invoice with this number or id.
        case type(TypedLineDetail, invoice: String)
        case accountingDate(CalendarDate, invoice: String)
    }

    var wish: Wish

    init(_ row: RequestFields<Field>) throws(RequestProblem) {
        func refuse(_ fields: [Field], _ reason: String) throws(RequestProblem) {
            if let given = fields.first(where: row.has) { throw RequestProblem("\(given.rawValue) \(reason)") }
        }
        if let detail = try row.id(.lineDetail) {
            try refuse([.transactionClass], "of a line detail cannot be changed")
            try refuse(
                [.invoice, .accountingDate, .id, .contractLine, .documentDate, .category, .resource],
                "of a line detail stays as it is")
            if try row.flag(.remove) == true {
                try refuse(
                    [.quantity, .price, .billingType, .description, .externalDescription],
                    "means nothing for a line detail that is removed")
                wish = .remove(detail)
                return
            }
            wish = .change(
                detail,
                LineDetailEdit(
                    quantity: try row.decimal(.quantity), price: try row.decimal(.price),
                    billingType: try row.label(.billingType), description: try row.text(.description, most: 200),
                    externalDescription: try row.text(.externalDescription, most: 200)))
            return
        }
        let invoice = try row.required(.invoice, row.text(.invoice, most: 36))
        if let date = try row.date(.accountingDate) {
            try refuse(Field.allCases.filter { $0 != .invoice && $0 != .accountingDate }, "has a row of its own")
            wish = .accountingDate(date, invoice: invoice)
            return
        }
        wish = .type(
            TypedLineDetail(
                lineDetailId: try row.required(.id, row.id(.id)),
                transactionClass: try row.required(.transactionClass, row.label(.transactionClass)),
                contractLineId: try row.required(.contractLine, row.id(.contractLine)),
                quantity: try row.decimal(.quantity) ?? Quantity(1),
                price: try row.required(.price, row.decimal(.price)),
                billingType: try row.label(.billingType) ?? .chargeable,
                documentDate: try row.required(.documentDate, row.date(.documentDate)),
                categoryId: try row.id(.category), resourceId: try row.id(.resource),
                description: try row.text(.description, most: 200),
                externalDescription: try row.text(.externalDescription, most: 200)), invoice: invoice)
    }
}

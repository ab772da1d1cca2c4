import Contracts
import Testing

/// `domain.md` §1.2, §1.4, §2.1, §2.2.
struct ChoiceTests {
    @Test(
        "Every published code of a transaction type has its meaning",
        arguments: [
            (192_350_000, "Cost"), (192_350_004, "Project Contract"), (192_350_005, "Unbilled Sales"),
            (192_350_006, "Billed Sales"), (192_350_007, "Resourcing Unit Cost"),
            (192_350_008, "Inter-Organizational Sales"),
        ])
    func transactionType(_ code: Int, _ label: String) throws { try expect(code, label, \.transactionType) }

    @Test(
        "Every published code of a transaction class has its meaning",
        arguments: [
            (192_350_000, "Time"), (192_350_001, "Expense"), (192_350_002, "Material"), (192_350_003, "Milestone"),
            (192_350_004, "Fee"), (690_970_000, "Commission"), (690_970_001, "Additional"), (690_970_002, "Tax"),
        ])
    func transactionClass(_ code: Int, _ label: String) throws { try expect(code, label, \.transactionClass) }

    @Test(
        "Every published code of a billing type has its meaning",
        arguments: [
            (192_350_000, "Non Chargeable"), (192_350_001, "Chargeable"), (192_350_002, "Complimentary"),
            (192_350_003, "Not Available"),
        ])
    func billingType(_ code: Int, _ label: String) throws { try expect(code, label, \.billingType) }

    @Test(
        "Every published code of a billing status has its meaning",
        arguments: [
            (192_350_000, "Unbilled Sales Created"), (192_350_001, "Customer Invoice Created"),
            (192_350_002, "Customer Invoice Posted"), (192_350_003, "Canceled"), (192_350_004, "Ready to Invoice"),
            (690_970_000, "Work order closed – posted"),
        ])
    func billingStatus(_ code: Int, _ label: String) throws { try expect(code, label, \.billingStatus) }

    @Test(
        "Every published code of an adjustment status has its meaning",
        arguments: [(192_350_000, "In Process"), (192_350_001, "Adjusted"), (192_350_002, "Unadjustable")])
    func adjustmentStatus(_ code: Int, _ label: String) throws { try expect(code, label, \.adjustmentStatus) }

    @Test(
        "Every published code of a billing method has its meaning",
        arguments: [(192_350_000, "Time and Material"), (192_350_001, "Fixed Price")])
    func billingMethod(_ code: Int, _ label: String) throws { try expect(code, label, \.billingMethod) }

    @Test(
        "Every published code of a project invoice status has its meaning",
        arguments: [
            (192_350_000, "Draft"), (192_350_001, "In Review"), (192_350_002, "Confirmed"),
            (192_350_003, "Invoice Paid"),
        ])
    func projectInvoiceStatus(_ code: Int, _ label: String) throws { try expect(code, label, \.projectInvoiceStatus) }

    @Test(
        "Every published code of a milestone's invoice status has its meaning",
        arguments: [
            (192_350_000, "Not ready"), (192_350_001, "Ready"), (192_350_002, "Customer invoice created"),
            (192_350_003, "Customer invoice posted"),
        ])
    func milestoneInvoiceStatus(_ code: Int, _ label: String) throws {
        try expect(code, label, \.milestoneInvoiceStatus)
    }

    @Test("No more codes are published than these tests name")
    func published() {
        #expect(TransactionType.publishedCodes.count == 6)
        #expect(TransactionClass.publishedCodes.count == 8)
        #expect(BillingType.publishedCodes.count == 4)
        #expect(BillingStatus.publishedCodes.count == 6)
        #expect(AdjustmentStatus.publishedCodes.count == 3)
        #expect(BillingMethod.publishedCodes.count == 2)
        #expect(ProjectInvoiceStatus.publishedCodes.count == 4)
        #expect(MilestoneInvoiceStatus.publishedCodes.count == 4)
    }

    @Test("Every meaning of a choice that messages may leave out has a code, so that none is lost in writing")
    func optionalChoicesHaveCodes() throws {
        let tables = try ChoiceTables()
        for meaning in BillingType.allCases { #expect(tables.billingType.code(of: meaning) != nil) }
        for meaning in BillingStatus.allCases { #expect(tables.billingStatus.code(of: meaning) != nil) }
        for meaning in AdjustmentStatus.allCases { #expect(tables.adjustmentStatus.code(of: meaning) != nil) }
        for meaning in BillingMethod.allCases { #expect(tables.billingMethod.code(of: meaning) != nil) }
    }

    @Test("A configured code gets its meaning, and a meaning without a code gets one")
    func configured() throws {
        let tables = try ChoiceTables(additional: [
            "msdyn_transactionclassification": [192_350_005: "Retainer"],
            "msdyn_projectinvoicestatus": [7: "Posted", 8: "Confirmed"],
        ])
        #expect(try tables.transactionClass.meaning(of: 192_350_005) == .retainer)
        #expect(try tables.transactionClass.requiredCode(of: .retainer) == 192_350_005)
        #expect(tables.projectInvoiceStatus.code(of: .posted) == 7)
        #expect(try tables.projectInvoiceStatus.meaning(of: 8) == .confirmed)
        #expect(
            tables.projectInvoiceStatus.code(of: .confirmed) == 192_350_002,
            "a published code is written before a configured one")
    }

    @Test("A code in no table names the line of configuration that would name it")
    func unknown() throws {
        let tables = try ChoiceTables()
        let error = #expect(throws: ContractError.self) { try tables.transactionType.meaning(of: 42) }
        #expect(error == .unknownChoice(column: "msdyn_transactiontypecode", code: 42))
        #expect(error?.description.contains("choices.msdyn_transactiontypecode.42: LABEL") == true)
        let missing = #expect(throws: ContractError.self) { try tables.transactionClass.requiredCode(of: .retainer) }
        #expect(missing?.description.contains("choices.msdyn_transactionclassification.CODE: Retainer") == true)
        #expect(tables.projectInvoiceStatus.code(of: .posted) == nil)
    }

    @Test("A line of configuration that cannot be says which one and why")
    func conflicts() {
        func problem(_ additional: [String: [Int: String]]) -> String {
            do {
                _ = try ChoiceTables(additional: additional)
                return ""
            } catch {
                return error.description
            }
        }
        let republished = problem(["msdyn_billingtype": [192_350_001: "Complimentary"]])
        #expect(republished.contains("choices.msdyn_billingtype.192350001"))
        #expect(republished.contains("\"Chargeable\""))
        let noMeaning = problem(["msdyn_billingtype": [5: "Free"]])
        #expect(noMeaning.contains("choices.msdyn_billingtype.5: \"Free\""))
        #expect(noMeaning.contains("Complimentary"))
        let noColumn = problem(["msdyn_colour": [1: "Red"]])
        #expect(noColumn.contains("choices.msdyn_colour"))
        #expect(noColumn.contains("msdyn_billingtype"))
        #expect(problem(["msdyn_billingtype": [192_350_001: "Chargeable"]]) == "", "saying it again is no conflict")
    }

    private func expect<Meaning>(
        _ code: Int, _ label: String, _ table: KeyPath<ChoiceTables, ChoiceTable<Meaning>>
    ) throws {
        let tables = try ChoiceTables()
        let meaning = try tables[keyPath: table].meaning(of: code)
        #expect(meaning.rawValue == label)
        #expect(tables[keyPath: table].code(of: meaning) == code)
        #expect(ChoiceTables.columns.contains(Meaning.column))
    }
}

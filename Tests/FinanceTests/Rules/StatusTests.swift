import Bus
import Testing

@testable import Finance

@Suite("Header statuses of journals (domain.md §6.11)")
struct JournalHeaderStatusTests {
    @Test("Draft: postable; it takes lines, and a person may delete it")
    func draft() {
        #expect(JournalHeaderStatus.draft.successors == [.processing])
        #expect(JournalStatus.draft.takesLines && JournalStatus.draft.isPostable && JournalStatus.draft.isDeletable)
    }

    @Test("Processing: it becomes Posted or Error, or draft again when its worker gives it back or it is stuck")
    func processing() {
        #expect(JournalHeaderStatus.processing.successors == [.posted, .error, .draft])
        #expect(JournalHeaderStatus(.draft, isBeingPosted: true) == .processing)
        #expect(JournalHeaderStatus(.posted, isBeingPosted: true) == .posted)
    }

    @Test("Posted: done")
    func posted() {
        #expect(JournalHeaderStatus.posted.successors.isEmpty)
        #expect(!JournalStatus.posted.takesLines && !JournalStatus.posted.isPostable)
        #expect(!JournalStatus.posted.isDeletable && !JournalStatus.posted.isRenewable)
    }

    @Test("Error: one or more lines in error; it is reset to draft, and then tried again; it takes no more lines")
    func error() {
        #expect(JournalHeaderStatus.error.successors == [.draft])
        #expect(!JournalStatus.error.takesLines && !JournalStatus.error.isPostable && JournalStatus.error.isDeletable)
        #expect(JournalStatus.error.isRenewable)
    }
}

@Suite("Line statuses of journals (domain.md §6.11)")
struct JournalLineStatusTests {
    @Test("Draft: postable", arguments: [JournalHeaderStatus.draft, .error])
    func draft(journal: JournalHeaderStatus) {
        #expect(JournalLineStatus(in: journal, refusal: nil) == .draft)
    }

    @Test("Processing: in flight; if stuck, back to draft")
    func processing() {
        #expect(JournalLineStatus(in: .processing, refusal: nil) == .processing)
        #expect(JournalLineStatus.processing.isReset)
    }

    @Test("Posted: done")
    func posted() {
        #expect(JournalLineStatus(in: .posted, refusal: nil) == .posted)
        #expect(!JournalLineStatus.posted.isReset)
    }

    @Test("Error: fix the cause, back to draft", arguments: [JournalHeaderStatus.draft, .error])
    func error(journal: JournalHeaderStatus) {
        #expect(JournalLineStatus(in: journal, refusal: .noOpenPeriod) == .error)
        #expect(JournalLineStatus.error.isReset)
    }

    @Test("Unrecoverable: does not occur")
    func unrecoverable() {
        #expect(JournalLineStatus(rawValue: "Unrecoverable") == nil)
    }

    @Test("Invalid actuals: the actual is missing in Dataverse; a reset does not make it postable")
    func invalidActuals() {
        #expect(JournalLineStatus(in: .error, refusal: .invalidActual) == .invalidActuals)
        #expect(!JournalLineStatus.invalidActuals.isReset)
    }
}

@Suite("Proposal statuses (design §4)")
struct ProposalStatusTests {
    @Test("Open: a confirmation renews it, import gives it its lines")
    func open() {
        #expect(ProposalStatus.open.successors == [.ready])
        #expect(ProposalStatus.open.isRenewable && ProposalStatus.open.takesLines && !ProposalStatus.open.isPostable)
    }

    @Test("Ready: postable; a newer confirmation renews it, and import makes its lines anew")
    func ready() {
        #expect(ProposalStatus.ready.successors == [.invoiced, .open])
        #expect(ProposalStatus.ready.isRenewable && ProposalStatus.ready.takesLines)
        #expect(ProposalStatus.ready.isPostable)
    }

    @Test("Invoiced: done")
    func invoiced() {
        #expect(ProposalStatus.invoiced.successors.isEmpty)
        #expect(!ProposalStatus.invoiced.isRenewable && !ProposalStatus.invoiced.takesLines)
        #expect(!ProposalStatus.invoiced.isPostable)
    }
}

import Testing

@testable import Finance

@Suite("Journal and line statuses (domain.md §6.11)")
struct JournalStatusTests {
    @Test("Draft: postable; it takes lines, and a person may delete it")
    func draft() {
        #expect(JournalStatus.draft.successors == [.posted, .error])
        #expect(JournalStatus.draft.takesLines && JournalStatus.draft.isPostable && JournalStatus.draft.isDeletable)
    }

    @Test("Posted: done")
    func posted() {
        #expect(JournalStatus.posted.successors.isEmpty)
        #expect(!JournalStatus.posted.takesLines && !JournalStatus.posted.isPostable)
        #expect(!JournalStatus.posted.isDeletable)
    }

    @Test("Error: one or more lines in error; it is posted again when the cause is gone, and takes no more lines")
    func error() {
        #expect(JournalStatus.error.successors == [.posted, .error])
        #expect(!JournalStatus.error.takesLines && JournalStatus.error.isPostable && JournalStatus.error.isDeletable)
    }

    @Test(
        "A line is posted with its journal; one that posting refused is in error",
        arguments: [
            (JournalStatus.draft, false, JournalLineStatus.draft), (.error, false, .draft), (.error, true, .error),
            (.posted, false, .posted),
        ])
    func line(journal: JournalStatus, isRefused: Bool, status: JournalLineStatus) {
        #expect(JournalLineStatus(in: journal, isRefused: isRefused) == status)
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

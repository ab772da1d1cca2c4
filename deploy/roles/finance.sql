-- Who may do what in Finance's database. By a superuser, after "ledgerbus database migrate", and again after each:
--
--   psql postgres://postgres@db2/finance -v ON_ERROR_STOP=1 -f deploy/roles/finance.sql
--
-- It makes roles that hold rights and cannot log in: ledgerbus_finance_consumer, … (another beginning than ledgerbus_:
-- -v prefix=contoso_). Whom you let in belongs to one of them:
--
--   CREATE ROLE finance_consumer_1 LOGIN PASSWORD '…' IN ROLE ledgerbus_finance_consumer;
--
-- A right is a letter, as \dp shows them: r reads, a adds rows, w changes them, d deletes them; m reads every column but
-- headers and payloads of messages; l locks rows, which PostgreSQL lets only those do who may change a column, so it
-- is the first column of the table's key. - is nothing. A table that has no line stops the script.
--
--   finance_consumer, posting_consumer   the processes
--   operator      who imports, posts, sets up and repairs, by the command line; changes nothing that is posted
--   accountant    reads what an accountant asks, and changes nothing; no messages
--   monitor       counts for status, metrics and alerts
\set side finance
\set processes finance_consumer,posting_consumer
SELECT $matrix$
table                          finance_consumer  posting_consumer  operator  accountant  monitor
schema_migrations              r                 r                 r         r           r
cluster_binding                raw               raw               raw       r           r
outbox                         a                 ra                rad       m           m
outbox_pending                 a                 rad               rad       r           r
outbox_lease                   -                 rw                rw        r           r
consumer_positions             raw               raw               rawd      r           r
dead_letters                   raw               raw               rawd      m           m
dead_letter_events             ra                ra                raw       m           m
held_messages                  rawd              rawd              raw       m           m
execution_log                  a                 ra                rad       r           r
operator_actions               -                 -                 ra        r           m
table_maps                     r                 r                 rawd      r           r

companies                      r                 rl                rawd      r           -
legal_entities                 r                 r                 rawd      r           -
project_parameters             r                 r                 rawd      r           -
exchange_rates                 r                 r                 rawd      r           -
reporting_exchange_rates       r                 r                 rawd      r           -
fixed_rate_agreements          r                 r                 rawd      r           -
fiscal_periods                 r                 r                 rawd      r           -
sales_tax_codes                r                 r                 rawd      r           -
sales_tax_rates                r                 r                 rawd      r           -
sales_tax_groups               r                 r                 rawd      r           -
item_sales_tax_groups          r                 r                 rawd      r           -
sales_tax_group_defaults       r                 r                 rawd      r           -
line_properties                r                 r                 rawd      r           -
project_categories             r                 r                 rawd      r           -
released_products              r                 r                 rawd      r           -
project_groups                 r                 r                 rawd      r           -
accounting_profiles            r                 r                 rawd      r           -
posting_accounts               r                 r                 rawd      r           -
payment_terms                  r                 r                 rawd      r           -
customers                      r                 rl                rawd      r           -
intercompany_relations         r                 r                 rawd      r           -
setup_version                  r                 rl                rw        r           -
number_sequences               -                 rw                raw       r           -
number_sequence_gaps           -                 rawd              rawd      r           -

staging_batches_pending        a                 -                 rd        r           r
actuals_staging                raw               r                 rw        r           r
actuals_to_import              rad               rad               rad       r           r
blocked_actuals                rd                r                 rad       r           r
invoice_arrivals               raw               r                 rawd      r           r
transaction_connections        ra                r                 r         r           r
out_of_sync_actuals            rad               r                 rad       r           r
invoice_confirmations          ra                r                 r         r           r
invoices_to_check              ra                rad               rad       r           r

integration_journals           r                 raw               rawd      r           r
integration_journal_lines      r                 rw                rawd      r           r
reversals_posted_first         r                 rad               rad       r           r
sales_tax_edits                r                 r                 rawd      r           r
invoice_proposals              raw               rw                raw       r           r
invoice_proposal_lines         r                 rw                rawd      r           r
proposal_approvals             r                 r                 ra        r           r
accrued_revenue_journals       r                 rw                rawd      r           r
accrued_revenue_journal_lines  r                 r                 rad       r           r
posting_requests               -                 raw               rw        r           r
lost_invoices                  -                 rawd              rw        r           r

project_transactions           -                 ra                ra        r           r
ledger_entries                 -                 ra                ra        r           -
on_account_transactions        -                 ral               ral       r           -
prepayment_settlements         -                 ra                ra        r           -
project_invoices               -                 ral               ral       r           r
project_invoice_lines          -                 ra                ra        r           -
project_invoice_bookings       -                 ra                ra        r           -
sales_tax_transactions         -                 ra                ra        r           -
invoice_documents              -                 ra                ra        r           -
$matrix$ AS matrix \gset
\ir grant.sql

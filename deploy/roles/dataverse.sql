-- Who may do what in the database of Dataverse's side, as finance.sql tells it:
--
--   psql postgres://postgres@db1/dataverse -v ON_ERROR_STOP=1 -f deploy/roles/dataverse.sql
--
--   dataverse_producer, dataverse_consumer   the processes
--   operator      who loads, approves, drafts, confirms and repairs, by the command line
--   accountant    reads, so that "why" and "reconcile" see both sides, and changes nothing; no messages
--   monitor       counts for status, metrics and alerts
\set side dataverse
\set processes dataverse_producer,dataverse_consumer
SELECT $matrix$
table                    dataverse_producer  dataverse_consumer  operator  accountant  monitor
schema_migrations        r                   r                   r         r           r
cluster_binding          raw                 raw                 raw       r           r
outbox                   r                   a                   rad       m           m
outbox_pending           rd                  a                   rad       r           r
outbox_lease             rw                  -                   rw        r           r
consumer_positions       r                   raw                 rawd      r           r
dead_letters             m                   raw                 rawd      m           m
dead_letter_events       -                   ra                  raw       m           m
held_messages            m                   rawd                raw       m           m
execution_log            -                   a                   rad       r           r
operator_actions         -                   -                   ra        r           m
table_maps               r                   r                   rawd      r           r

accounts                 -                   -                   rawd      r           -
currencies               -                   -                   rawd      r           -
companies                -                   -                   rawd      r           -
organizational_units     -                   -                   rawd      r           -
unit_companies           -                   -                   rawd      r           -
categories               -                   -                   rawd      r           -
bookable_resources       -                   -                   rawd      r           -
products                 -                   -                   rawd      r           -
projects                 -                   -                   rawd      r           -
project_contracts        -                   -                   rawd      r           -
contract_lines           -                   -                   rawd      r           -
contract_line_customers  -                   -                   rawd      r           -
milestones               -                   -                   rawd      r           -
milestone_parts          -                   -                   rawd      r           -

invoices                 -                   r                   rawd      r           r
invoice_lines            -                   -                   rawd      r           -
invoice_line_details     -                   -                   rawd      r           -
actuals                  -                   r                   rawd      r           r
transaction_connections  -                   -                   rawd      r           -
entries                  -                   -                   rawd      r           -
entry_actuals            -                   -                   rad       r           -
bulk_confirmations       -                   -                   rawd      r           -
draft_numbers            -                   -                   rw        r           -
retainers                -                   -                   rawd      r           -
retainer_applications    -                   -                   rawd      r           -
cutover                  -                   -                   ra        r           -
cutover_invoices         -                   -                   raw       r           -
opening_vouchers         -                   -                   raw       r           -
settled_actuals          -                   -                   rad       r           -

actuals_waiting          -                   -                   rad       r           r
connections_waiting      -                   -                   rad       r           r
invoices_waiting         -                   -                   rad       r           r
unfinished_pages         -                   -                   rad       r           r
reversed_actuals         -                   -                   rad       r           -
deleted_rows             -                   -                   rad       r           -
published_invoices       -                   rw                  raw       r           r
lost_confirmations       -                   rawd                rawd      r           r
invoice_progress         -                   -                   raw       r           r

accounting_details       -                   raw                 r         r           r
invoice_detail_counts    -                   rawd                rawd      r           r
posted_invoices          -                   raw                 r         r           r
$matrix$ AS matrix \gset
\ir grant.sql

extension DataverseSchema {
    /// The first load of a live company (`domain.md` §9.17): what other systems have invoiced and posted before.
    static let cutover = """
        -- The day from which on invoices are ours to post; no row in a database without a cut-over.
        CREATE TABLE cutover (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            cutover_date date NOT NULL,
            recorded_at timestamptz NOT NULL DEFAULT now()
        );

        -- Each invoice that was loaded, and whether it is settled: decided once, when it is captured first.
        CREATE TABLE cutover_invoices (
            invoice_id uuid PRIMARY KEY,
            settlement text NOT NULL
        );

        -- The vouchers that actuals had when they were captured first.
        CREATE TABLE opening_vouchers (
            actual_id uuid PRIMARY KEY,
            voucher text NOT NULL,
            is_stood_on boolean NOT NULL DEFAULT false
        );
        COMMENT ON COLUMN opening_vouchers.is_stood_on IS
            'something that is ours to post takes it back or bills it, so that Finance has to know it';

        -- Actuals that are not published: others have posted or invoiced them, and nothing of ours stands on them.
        CREATE TABLE settled_actuals (actual_id uuid PRIMARY KEY);
        """
}

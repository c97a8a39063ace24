"""Discounts and corrections: documents beside sales, and what was taken off and why."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; what happened may neither be changed nor deleted."""
    op.execute(
        "ALTER TABLE sale ADD COLUMN kind TEXT DEFAULT 'sale' NOT NULL CONSTRAINT "
        "ck_sale_kind CHECK (kind IN ('sale', 'refund', 'compensation', 'correction'))"
    )
    op.execute("ALTER TABLE approval ADD COLUMN most_fen INTEGER")
    for statement in _TABLES:
        op.execute(statement)
    for table in _KEPT_FOR_GOOD:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is kept for good'); END"
            )


_KEPT_FOR_GOOD = (
    "sale_discount",
    "sale_discount_share",
    "correction",
    "corrected_line",
    "corrected_payment",
    "late_entry",
)

_TABLES = (
    """
    CREATE TABLE promotion (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        name TEXT NOT NULL,
        rule TEXT NOT NULL,
        product_id INTEGER,
        pieces INTEGER NOT NULL,
        free INTEGER NOT NULL,
        off_bp INTEGER NOT NULL,
        price_fen INTEGER NOT NULL,
        over_fen INTEGER NOT NULL,
        off_fen INTEGER NOT NULL,
        repeats INTEGER NOT NULL,
        stacks INTEGER NOT NULL,
        outlet_id INTEGER,
        event_id INTEGER,
        from_date INTEGER NOT NULL,
        to_date INTEGER NOT NULL,
        is_active INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_promotion_rule CHECK (rule IN ('nth', 'free', 'bundle', 'over')),
        CONSTRAINT ck_promotion_dates CHECK (from_date <= to_date),
        UNIQUE (uuid),
        FOREIGN KEY(product_id) REFERENCES product (id),
        FOREIGN KEY(outlet_id) REFERENCES outlet (id),
        FOREIGN KEY(event_id) REFERENCES event (id)
    )
     STRICT
    """,
    """
    CREATE TABLE sale_discount (
        sale_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        promotion_id INTEGER,
        label TEXT NOT NULL,
        reason TEXT NOT NULL,
        percent_bp INTEGER NOT NULL,
        amount_fen INTEGER NOT NULL,
        approver_id INTEGER,
        PRIMARY KEY (sale_id, position),
        CONSTRAINT ck_sale_discount_kind CHECK (kind IN ('price', 'line', 'promotion', 'order', 'bargain')),
        FOREIGN KEY(sale_id) REFERENCES sale (id),
        FOREIGN KEY(promotion_id) REFERENCES promotion (id),
        FOREIGN KEY(approver_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE TABLE sale_discount_share (
        sale_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        line_no INTEGER NOT NULL,
        part_no INTEGER NOT NULL,
        amount_fen INTEGER NOT NULL,
        PRIMARY KEY (sale_id, position, line_no, part_no),
        FOREIGN KEY(sale_id, position) REFERENCES sale_discount (sale_id, position),
        FOREIGN KEY(sale_id, line_no, part_no) REFERENCES sale_line (sale_id, line_no, part_no)
    )
     STRICT
    """,
    """
    CREATE TABLE correction (
        sale_id INTEGER NOT NULL,
        original_id INTEGER,
        reason TEXT NOT NULL,
        approver_id INTEGER,
        PRIMARY KEY (sale_id),
        FOREIGN KEY(sale_id) REFERENCES sale (id),
        FOREIGN KEY(original_id) REFERENCES sale (id),
        FOREIGN KEY(approver_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_correction_original_id ON correction (original_id)
    """,
    """
    CREATE TABLE corrected_line (
        line_id INTEGER NOT NULL,
        original_id INTEGER NOT NULL,
        PRIMARY KEY (line_id),
        FOREIGN KEY(line_id) REFERENCES sale_line (id),
        FOREIGN KEY(original_id) REFERENCES sale_line (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_corrected_line_original_id ON corrected_line (original_id)
    """,
    """
    CREATE TABLE corrected_payment (
        payment_id INTEGER NOT NULL,
        original_id INTEGER NOT NULL,
        PRIMARY KEY (payment_id),
        FOREIGN KEY(payment_id) REFERENCES payment (id),
        FOREIGN KEY(original_id) REFERENCES payment (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_corrected_payment_original_id ON corrected_payment (original_id)
    """,
    """
    CREATE TABLE late_entry (
        sale_id INTEGER NOT NULL,
        slip TEXT NOT NULL,
        entered_at INTEGER NOT NULL,
        approver_id INTEGER,
        PRIMARY KEY (sale_id),
        FOREIGN KEY(sale_id) REFERENCES sale (id),
        FOREIGN KEY(approver_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_late_entry_slip ON late_entry (slip)
    """,
    """
    CREATE TABLE invoice (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        sale_id INTEGER NOT NULL,
        title TEXT NOT NULL,
        tax_number TEXT NOT NULL,
        amount_fen INTEGER NOT NULL,
        contact TEXT NOT NULL,
        state TEXT NOT NULL,
        number TEXT NOT NULL,
        red_number TEXT NOT NULL,
        at INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_invoice_state CHECK (state IN ('wanted', 'issued', 'reversed')),
        CONSTRAINT ck_invoice_amount CHECK (amount_fen > 0),
        UNIQUE (uuid),
        FOREIGN KEY(sale_id) REFERENCES sale (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE UNIQUE INDEX ux_invoice_sale ON invoice (sale_id) WHERE state <> 'reversed'
    """,
)

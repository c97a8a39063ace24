"""Goods in order: the history of prices, label layouts, what sells."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and the layouts that were built in until now."""
    for statement in _TABLES:
        op.execute(statement)
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER price_change_no_{verb.lower()} BEFORE {verb} "
            "ON price_change "
            "BEGIN SELECT RAISE(ABORT, 'price_change is kept for good'); END"
        )
    for row in _LAYOUTS:
        op.execute(f"INSERT INTO label_layout VALUES {row}")  # noqa: S608  # our own


_LAYOUTS = (
    "(1, '20', 13, 5, 'weight', 2, 'g', 0, 'require', 1, 0)",
    "(2, '21', 13, 5, 'amount', 2, 'g', 0, 'require', 1, 1)",
    "(3, '22', 13, 4, 'amount', 2, 'g', 0, 'require', 1, 2)",
    "(4, '26', 18, 5, 'amount_weight', 2, 'g', 0, 'require', 1, 3)",
)

_TABLES = (
    """
    CREATE TABLE price_change (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        product_id INTEGER NOT NULL,
        old_fen INTEGER,
        new_fen INTEGER,
        at INTEGER NOT NULL,
        staff_id INTEGER,
        source TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_price_change_source CHECK (source IN ('form', 'import')),
        UNIQUE (uuid),
        FOREIGN KEY(product_id) REFERENCES product (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_price_change_product ON price_change (product_id)
    """,
    """
    CREATE TABLE label_layout (
        id INTEGER NOT NULL,
        prefix TEXT NOT NULL,
        length INTEGER NOT NULL,
        item_digits INTEGER NOT NULL,
        fields TEXT NOT NULL,
        amount_decimals INTEGER NOT NULL,
        weight_unit TEXT NOT NULL,
        weight_decimals INTEGER NOT NULL,
        check_rule TEXT NOT NULL,
        is_active INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ux_label_layout UNIQUE (prefix, length),
        CONSTRAINT ck_label_layout_length CHECK (length IN (13, 18)),
        CONSTRAINT ck_label_layout_fields CHECK (fields IN ('amount', 'weight', 'amount_weight', 'weight_amount')),
        CONSTRAINT ck_label_layout_check CHECK (check_rule IN ('require', 'warn', 'ignore'))
    )
     STRICT
    """,
    """
    CREATE TABLE product_sold (
        product_id INTEGER NOT NULL,
        receipts INTEGER NOT NULL,
        PRIMARY KEY (product_id),
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
     STRICT
    """,
)

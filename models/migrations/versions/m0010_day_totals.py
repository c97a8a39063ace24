"""Reports: per-day totals of each cut, and what a year is to reach."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; totals of earlier days are added up when reports are opened."""
    for statement in _TABLES:
        op.execute(statement)


_TABLES = (
    """
    CREATE TABLE day_total (
        cut TEXT NOT NULL,
        business_date INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        label TEXT NOT NULL,
        label_en TEXT NOT NULL,
        receipts INTEGER NOT NULL,
        pieces INTEGER NOT NULL,
        grams INTEGER NOT NULL,
        list_fen INTEGER NOT NULL,
        discount_fen INTEGER NOT NULL,
        rounding_fen INTEGER NOT NULL,
        net_fen INTEGER NOT NULL,
        PRIMARY KEY (cut, business_date, "key"),
        CONSTRAINT ck_day_total_net CHECK (net_fen = list_fen - discount_fen - rounding_fen OR cut = 'tender')
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE totalled_day (
        business_date INTEGER NOT NULL,
        shifts INTEGER NOT NULL,
        PRIMARY KEY (business_date)
    )
     STRICT
    """,
    """
    CREATE TABLE report_target (
        year INTEGER NOT NULL,
        cut TEXT NOT NULL,
        "key" TEXT NOT NULL,
        amount_fen INTEGER NOT NULL,
        PRIMARY KEY (year, cut, "key"),
        CONSTRAINT ck_report_target_amount CHECK (amount_fen > 0)
    )
     STRICT
    """,
)

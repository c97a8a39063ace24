"""The journal: what was done, chained; its first record sums up what was there."""

from __future__ import annotations

from alembic import op

from models.journal import earlier

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; a file that has a till begins its chain here and now."""
    for statement in _TABLES:
        op.execute(statement)
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
            "BEGIN SELECT RAISE(ABORT, 'journal is kept for good'); END"
        )
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    earlier.begin_over(connection)


_TABLES = (
    """
    CREATE TABLE journal (
        seq INTEGER NOT NULL,
        till_id INTEGER NOT NULL,
        v INTEGER NOT NULL,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        body BLOB NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL,
        mac BLOB NOT NULL,
        key_id TEXT NOT NULL,
        first_row INTEGER,
        last_row INTEGER,
        PRIMARY KEY (seq),
        FOREIGN KEY(till_id) REFERENCES till (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_journal_paper ON journal (first_row)
    WHERE kind IN ('sale', 'refund', 'compensation', 'correction', 'z_close')
    """,
    """
    CREATE TABLE journal_tip (
        till_id INTEGER NOT NULL,
        till TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hash BLOB NOT NULL,
        count INTEGER NOT NULL,
        refunds_fen INTEGER NOT NULL,
        sales_fen INTEGER NOT NULL,
        told TEXT NOT NULL,
        PRIMARY KEY (till_id),
        FOREIGN KEY(till_id) REFERENCES till (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_stock_movement_sale ON stock_movement (sale_id)
    WHERE sale_id IS NOT NULL
    """,
)

"""Personal codes: what of their money was handed over, when and to whom."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; what happened may neither be changed nor deleted."""
    for statement in _TABLES:
        op.execute(statement)
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER personal_handover_no_{verb.lower()} BEFORE {verb} ON "
            "personal_handover BEGIN SELECT RAISE(ABORT, "
            "'personal_handover is kept for good'); END"
        )


_TABLES = (
    """
    CREATE TABLE personal_handover (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        act TEXT NOT NULL,
        shift_id INTEGER NOT NULL,
        account_id INTEGER NOT NULL,
        amount_fen INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        receiver_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        note TEXT NOT NULL,
        is_self_signed INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_personal_handover_amount CHECK (amount_fen <> 0),
        UNIQUE (uuid),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(account_id) REFERENCES account (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id),
        FOREIGN KEY(receiver_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_personal_handover_shift ON personal_handover (shift_id, account_id)
    """,
)

"""People: PINs, tries and locks, approvals, and the record of acts."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; an act may neither be changed nor deleted."""
    op.execute("ALTER TABLE outlet ADD COLUMN is_one_person INTEGER DEFAULT 0 NOT NULL")
    for statement in _TABLES:
        op.execute(statement)
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER act_no_{verb.lower()} BEFORE {verb} ON act "
            "BEGIN SELECT RAISE(ABORT, 'act is kept for good'); END"
        )


_TABLES = (
    """
    CREATE TABLE staff_pin (
        staff_id INTEGER NOT NULL,
        hash TEXT NOT NULL,
        changed_at INTEGER NOT NULL,
        PRIMARY KEY (staff_id),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE TABLE pin_tries (
        who TEXT NOT NULL,
        wrong INTEGER NOT NULL,
        locked_until INTEGER,
        PRIMARY KEY (who),
        CONSTRAINT ck_pin_tries CHECK (wrong > 0)
    )
     STRICT
    """,
    """
    CREATE TABLE approval (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        act TEXT NOT NULL,
        subject TEXT NOT NULL,
        requested_by INTEGER NOT NULL,
        approved_by INTEGER NOT NULL,
        at INTEGER NOT NULL,
        used_at INTEGER,
        PRIMARY KEY (id),
        UNIQUE (uuid),
        FOREIGN KEY(requested_by) REFERENCES staff (id),
        FOREIGN KEY(approved_by) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE TABLE act (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        at INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        till_id INTEGER NOT NULL,
        shift_id INTEGER,
        staff_id INTEGER NOT NULL,
        act TEXT NOT NULL,
        outcome TEXT NOT NULL,
        subject TEXT NOT NULL,
        amount_fen INTEGER,
        reason TEXT NOT NULL,
        note TEXT NOT NULL,
        approver_id INTEGER,
        PRIMARY KEY (id),
        CONSTRAINT ck_act_outcome CHECK (outcome IN ('done', 'unwitnessed', 'refused')),
        UNIQUE (uuid),
        FOREIGN KEY(till_id) REFERENCES till (id),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id),
        FOREIGN KEY(approver_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_act_shift ON act (shift_id)
    """,
)

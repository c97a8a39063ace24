"""Closing: cash movements, the stored Z, counts, splits and the handover."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEPT_FOR_GOOD = (
    "shift_opening",
    "cash_movement",
    "z_close",
    "shift_count",
    "counted_pieces",
    "shift_variance",
    "shift_split",
    "shift_answer",
)


def upgrade() -> None:
    """Add the tables; a shift itself keeps no more than its state.

    What happened to it are rows of their own, so that none of it can be changed.
    """
    for statement in _TABLES:
        op.execute(statement)
    for table in _KEPT_FOR_GOOD:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is kept for good'); END"
            )


_TABLES = (
    """
    CREATE TABLE shift_opening (
        shift_id INTEGER NOT NULL,
        previous_id INTEGER,
        expected_fen INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (shift_id),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(previous_id) REFERENCES shift (id)
    )
     STRICT
    """,
    """
    CREATE TABLE cash_movement (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        till_id INTEGER NOT NULL,
        shift_id INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        at INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        amount_fen INTEGER NOT NULL,
        reason TEXT NOT NULL,
        note TEXT NOT NULL,
        recipient TEXT NOT NULL,
        approver_id INTEGER,
        reverses_id INTEGER,
        PRIMARY KEY (id),
        CONSTRAINT ck_cash_movement_amount CHECK (CASE kind WHEN 'fund' THEN amount_fen > 0 WHEN 'drop' THEN amount_fen < 0 WHEN 'expense' THEN amount_fen < 0 WHEN 'change' THEN 1 ELSE amount_fen <> 0 END),
        CONSTRAINT ck_cash_movement_kind CHECK (kind IN ('fund', 'drop', 'expense', 'change', 'return', 'correction')),
        CONSTRAINT ck_cash_movement_reverses CHECK ((kind = 'correction') = (reverses_id IS NOT NULL)),
        UNIQUE (uuid),
        FOREIGN KEY(till_id) REFERENCES till (id),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id),
        FOREIGN KEY(approver_id) REFERENCES staff (id),
        UNIQUE (reverses_id),
        FOREIGN KEY(reverses_id) REFERENCES cash_movement (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_cash_movement_shift ON cash_movement (shift_id)
    """,
    """
    CREATE TABLE z_close (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        till_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        shift_id INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        at INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        note TEXT NOT NULL,
        version INTEGER NOT NULL,
        body TEXT NOT NULL,
        perpetual_fen INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ux_z_close_number UNIQUE (till_id, number),
        CONSTRAINT ck_z_close_body CHECK (json_valid(body)),
        UNIQUE (uuid),
        FOREIGN KEY(till_id) REFERENCES till (id),
        UNIQUE (shift_id),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE TABLE shift_count (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        shift_id INTEGER NOT NULL,
        round INTEGER NOT NULL,
        method TEXT NOT NULL,
        account_id INTEGER,
        counted_fen INTEGER NOT NULL,
        counted_n INTEGER,
        expected_fen INTEGER NOT NULL,
        expected_n INTEGER,
        variance_fen INTEGER NOT NULL,
        suspect_fen INTEGER NOT NULL,
        note TEXT NOT NULL,
        staff_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_shift_count_variance CHECK (variance_fen = counted_fen - expected_fen),
        CONSTRAINT ck_shift_count_cash CHECK (method <> 'cash' OR (account_id IS NULL AND counted_n IS NULL AND expected_n IS NULL AND counted_fen >= 0)),
        CONSTRAINT ck_shift_count_other CHECK (method = 'cash' OR (counted_n >= 0 AND expected_n >= 0 AND suspect_fen = 0)),
        UNIQUE (uuid),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(account_id) REFERENCES account (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE UNIQUE INDEX ux_shift_count_round ON shift_count (shift_id, coalesce(account_id, 0), method, round)
    """,
    """
    CREATE TABLE counted_pieces (
        count_id INTEGER NOT NULL,
        denomination TEXT NOT NULL,
        face_fen INTEGER NOT NULL,
        whole INTEGER NOT NULL,
        torn INTEGER NOT NULL,
        suspect INTEGER NOT NULL,
        PRIMARY KEY (count_id, denomination),
        CONSTRAINT ck_counted_pieces CHECK (whole >= 0 AND torn >= 0 AND suspect >= 0),
        FOREIGN KEY(count_id) REFERENCES shift_count (id)
    )
     STRICT
    """,
    """
    CREATE TABLE shift_variance (
        count_id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        amount_fen INTEGER NOT NULL,
        reason TEXT NOT NULL,
        note TEXT NOT NULL,
        staff_id INTEGER NOT NULL,
        approver_id INTEGER,
        is_unwitnessed INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (count_id),
        CONSTRAINT ck_shift_variance_amount CHECK (amount_fen <> 0),
        CONSTRAINT ck_shift_variance_reason CHECK (trim(reason) <> ''),
        FOREIGN KEY(count_id) REFERENCES shift_count (id),
        UNIQUE (uuid),
        FOREIGN KEY(staff_id) REFERENCES staff (id),
        FOREIGN KEY(approver_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE TABLE shift_split (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        shift_id INTEGER NOT NULL,
        round INTEGER NOT NULL,
        counted_fen INTEGER NOT NULL,
        left_fen INTEGER NOT NULL,
        banked_fen INTEGER NOT NULL,
        handed_fen INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_shift_split CHECK (counted_fen = left_fen + banked_fen + handed_fen),
        CONSTRAINT ck_shift_split_parts CHECK (left_fen >= 0 AND banked_fen >= 0 AND handed_fen >= 0),
        UNIQUE (uuid),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE TABLE shift_answer (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        shift_id INTEGER NOT NULL,
        round INTEGER NOT NULL,
        answer TEXT NOT NULL,
        staff_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        note TEXT NOT NULL,
        is_self_signed INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_shift_answer_answer CHECK (answer IN ('accepted', 'recount')),
        UNIQUE (uuid),
        FOREIGN KEY(shift_id) REFERENCES shift (id),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE UNIQUE INDEX ux_shift_answer_accepted ON shift_answer (shift_id) WHERE answer = 'accepted'
    """,
)

"""Day close: what was signed for a date, and figures of what is sold elsewhere."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; what happened may neither be changed nor deleted."""
    for statement in _TABLES:
        op.execute(statement)
    for table in ("day_close", "external_figure"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is kept for good'); END"
            )


_TABLES = (
    """
    CREATE TABLE day_close (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        business_date INTEGER NOT NULL,
        at INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        is_self_signed INTEGER NOT NULL,
        note TEXT NOT NULL,
        net_fen INTEGER NOT NULL,
        variance_fen INTEGER NOT NULL,
        is_different INTEGER NOT NULL,
        version INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT ck_day_close_body CHECK (json_valid(body)),
        UNIQUE (uuid),
        UNIQUE (business_date),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
     STRICT
    """,
    """
    CREATE TABLE external_figure (
        id INTEGER NOT NULL,
        uuid TEXT NOT NULL,
        act TEXT NOT NULL,
        day INTEGER NOT NULL,
        business_date INTEGER NOT NULL,
        region_code TEXT NOT NULL,
        county TEXT NOT NULL,
        county_en TEXT NOT NULL,
        scheme TEXT NOT NULL,
        channel TEXT NOT NULL,
        source TEXT NOT NULL,
        amount_fen INTEGER NOT NULL,
        note TEXT NOT NULL,
        staff_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        reverses_id INTEGER,
        PRIMARY KEY (id),
        CONSTRAINT ck_external_figure_amount CHECK (amount_fen <> 0),
        CONSTRAINT ck_external_figure_source CHECK (trim(source) <> ''),
        CONSTRAINT ck_external_figure_late CHECK (business_date >= day),
        UNIQUE (uuid),
        FOREIGN KEY(staff_id) REFERENCES staff (id),
        UNIQUE (reverses_id),
        FOREIGN KEY(reverses_id) REFERENCES external_figure (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_external_figure_business_date ON external_figure (business_date)
    """,
)

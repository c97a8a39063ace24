"""Training: acts and baskets that are only practised are marked as such."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the marks; all that there is so far was real. Triggers stay as they are."""
    for table in ("act", "basket"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN is_training INTEGER DEFAULT 0 NOT NULL"
        )

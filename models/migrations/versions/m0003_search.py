"""Search in a hundred thousand products, and goods in their order without sorting."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index; every product is due, and opening the file works that off."""
    for statement in _TABLES:
        op.execute(statement)
    op.execute("INSERT INTO search_due SELECT id FROM product")


_TABLES = (
    """
    CREATE VIRTUAL TABLE product_search USING fts5(
        terms, content='', contentless_delete=1, tokenize='ascii'
    )
    """,
    """
    CREATE TABLE search_due (
        product_id INTEGER NOT NULL,
        PRIMARY KEY (product_id),
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_product_order ON product (is_active DESC, position)
    """,
)

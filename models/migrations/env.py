"""What Alembic runs: every step on the connection that models.schema hands over."""

from __future__ import annotations

from alembic import context

from models.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    render_as_batch=True,
    transactional_ddl=True,  # SQLite can, Alembic assumes that it cannot
)
context.run_migrations()

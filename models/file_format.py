"""What marks a file as ours, readable without importing SQLAlchemy."""

from __future__ import annotations

APPLICATION_ID = 0x53484149  # "SHAI"; SQLite keeps it in the file's header
SCHEMA_VERSION = 11  # migration steps so far; a test holds it equal to Alembic's head
FILE_NAME = "shop.db"

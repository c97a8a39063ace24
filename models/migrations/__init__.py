"""Numbered Alembic steps of the shop's file."""

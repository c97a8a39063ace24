"""Which version of the till this is."""

from __future__ import annotations

VERSION = "0.1.0"  # a test holds it equal to pyproject.toml

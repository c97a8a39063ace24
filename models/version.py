"""Which version of the till this is."""

from __future__ import annotations

VERSION = "0.1.0"  # as main.py has it, which may import nothing

"""A record as papers name it."""

from __future__ import annotations

from dataclasses import dataclass

from models.journal import chain


@dataclass(frozen=True, slots=True)
class Mark:
    """A record by its number and its hash."""

    seq: int
    hash: bytes

    @property
    def code(self) -> str:
        """Ten characters of the hash, for a receipt."""
        return chain.code(self.hash)

    @property
    def digest(self) -> str:
        """All of it, for a Z."""
        return self.hash.hex()

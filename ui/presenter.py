"""What all presenters share: telling the cashier of trouble, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from models.errors import PosError


class Presenter(QObject):
    """Base of all presenters. Holds a screen's state; never touches a widget."""

    failed = Signal(str)  # one sentence: what is so, and what to do
    told = Signal(str)  # one sentence of good news

    @contextmanager
    def telling_errors(self) -> Iterator[None]:
        """Tell the cashier of a PosError. Any other exception is a bug and goes on.

        Nothing follows this block in a method, so that no success is announced after
        a failure.
        """
        try:
            yield
        except PosError as error:
            self.failed.emit(str(error))

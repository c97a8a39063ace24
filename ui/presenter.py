"""What all presenters share: telling of trouble, and asking for an approval."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from models.errors import PosError
from models.people.deeds import NOTHING_APPROVED, Approvals, Deed
from models.people.refusals import NotPermitted


@dataclass(frozen=True, slots=True)
class Request:
    """A deed that waits for its approval; ``do`` is called with the approval's UUID."""

    deed: Deed
    do: Callable[[str], None]


class Presenter(QObject):
    """Base of all presenters. Holds a screen's state; never touches a widget."""

    failed = Signal(str)  # one sentence: what is so, and what to do
    told = Signal(str)  # one sentence of good news
    approval_wanted = Signal(Request)

    @contextmanager
    def telling_errors(
        self,
        again: Callable[[Approvals], None] | None = None,
        approvals: Approvals = NOTHING_APPROVED,
    ) -> Iterator[None]:
        """Tell the cashier of a PosError. Any other exception is a bug and goes on.

        What needs an approval is done ``again`` with it and with those there are, once
        somebody has given it. Nothing follows this block in a method, so that no
        success is announced after a failure.
        """
        try:
            yield
        except NotPermitted as refusal:
            if again is None or not refusal.needs_approval:
                self.failed.emit(str(refusal))
            else:
                act, go_on = refusal.deed.act, again
                self.approval_wanted.emit(
                    Request(
                        refusal.deed,
                        lambda approval: go_on({**approvals, act: approval}),
                    )
                )
        except PosError as error:
            self.failed.emit(str(error))

"""Cash in and out without a sale, and the drawer opened for no sale."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from models.errors import WrongAmount
from models.i18n import _
from models.money import Money
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.people.rights import Act
from models.selling import cash, cash_slips
from models.selling.cash import CashMove, MovementRow
from models.selling.shift_record import CashKind
from ui.acting import deciding
from ui.cash_typed import Typed
from ui.panel import Panel
from ui.papers import Papers, Printed, where
from ui.presenter import Presenter
from ui.till_presenter import TillPresenter

_OUT = {CashKind.DROP, CashKind.EXPENSE}


class CashPresenter(Presenter):
    changed = Signal()  # what is asked for, or the list
    entered = Signal()  # it is on disk: the fields are free for the next one

    def __init__(
        self, till: TillPresenter, papers: Papers, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._till = till
        self._papers = papers
        papers.cash_printed.connect(self._on_printed)
        self.kind: CashKind | None = CashKind.FUND  # None: the drawer opens, no more
        self.rows: list[MovementRow] = []

    # --- what is asked ----------------------------------------------------------

    def ask_movement(self) -> None:
        self.kind = CashKind.FUND
        self._till.show_panel(Panel.CASH)

    def ask_drawer(self) -> None:
        self.kind = None
        self._till.show_panel(Panel.CASH)

    def choose(self, kind: CashKind | None) -> None:
        self.kind = kind
        self.changed.emit()

    def refresh(self) -> None:
        """What moved in the open shift, the last first."""
        with self.telling_errors():
            self._read()

    # --- what is done -------------------------------------------------------------

    def move(self, typed: Typed, approvals: Approvals = NOTHING_APPROVED) -> None:
        """On disk first, then the drawer opens and the slip is printed."""
        with self.telling_errors(partial(self.move, typed)):
            move = _move_of(typed)
            with deciding(self._till.desk.database) as (session, here):
                approval = approvals.get(Act.MOVE_CASH, "")
                movement_id = cash.move_cash(session, here, move, approval=approval)
            self._told(movement_id, _("Written down."))

    def correct(
        self, movement_id: int, reason: str, approvals: Approvals = NOTHING_APPROVED
    ) -> None:
        """更正: the wrong one stays, its opposite is added."""
        with self.telling_errors(partial(self.correct, movement_id, reason)):
            with deciding(self._till.desk.database) as (session, here):
                approval = approvals.get(Act.MOVE_CASH, "")
                opposite = cash.correct(
                    session, here, movement_id, reason, approval=approval
                )
            self._told(opposite, _("Corrected."))

    def open_drawer(self, reason: str, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Without a sale: it is written down, then the drawer springs open."""
        with self.telling_errors(partial(self.open_drawer, reason)):
            with deciding(self._till.desk.database) as (session, here):
                approval = approvals.get(Act.OPEN_DRAWER, "")
                cash.open_drawer(session, here, reason, approval=approval)
            self._papers.open_drawer()
            self._till.leave_panel()
            self.entered.emit()
            self.told.emit(_("The drawer is open. It is written down."))

    def _told(self, movement_id: int, words: str) -> None:
        with self._till.desk.database.read() as session:
            slip = cash_slips.get_slip(session, movement_id)
        self._papers.print_cash_slip(slip)
        self._read()
        self.entered.emit()
        self.told.emit(words)

    def _read(self) -> None:
        shift = self._till.desk.shift
        with self._till.desk.database.read() as session:
            found = cash.list_movements(session, shift.id) if shift else []
        self.rows = found[::-1]
        self.changed.emit()

    def _on_printed(self, printed: Printed) -> None:
        self.told.emit(where(printed))


def _move_of(typed: Typed) -> CashMove:
    """Raises WrongAmount for nothing: fetched change, too, is so much out and in."""
    if typed.amount <= Money.ZERO:
        raise WrongAmount
    amount, note = typed.amount, typed.note
    if typed.kind is CashKind.CHANGE:
        swapped = _("{amount} out and in").format(amount=amount.grouped)
        amount, note = Money.ZERO, "  ".join(filter(None, (swapped, note.strip())))
    elif typed.kind in _OUT or typed.is_out:
        amount = -amount
    return CashMove(typed.kind, amount, typed.reason, note, typed.recipient)

"""Going into training and out of it; what the screens show of it follows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.i18n import _
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.people.rights import Act
from models.selling import training
from ui.acting import deciding
from ui.presenter import Presenter
from ui.till_presenter import TillPresenter


class TrainingPresenter(Presenter):
    changed = Signal()  # the till began or ceased to practise

    def __init__(self, till: TillPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._till = till

    @property
    def is_on(self) -> bool:
        return self._till.desk.is_training

    def start(self, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Practise from now on; needs an open shift and an empty basket."""
        with self.telling_errors(self.start):
            with deciding(self._till.desk.database) as (session, here):
                training.start(session, here, approval=approvals.get(Act.TRAIN, ""))
            self._turn(
                _("Practise as you like: nothing counts until you leave training.")
            )

    def stop(self, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Sell for real again, to the next customer: the basket is a new one."""
        with self.telling_errors(self.stop):
            with deciding(self._till.desk.database) as (session, here):
                training.stop(session, here, approval=approvals.get(Act.TRAIN, ""))
            self._turn(_("Training is over: every sale counts again."))

    def _turn(self, said: str) -> None:
        self._till.desk.reload()
        self._till.begin_anew()
        self.changed.emit()
        self.told.emit(said)

"""Going into training and out of it; what the screens show of it follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock
from models.i18n import _
from models.people import permits
from models.people.acts import Deed
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.selling import training
from ui.acting import Request, where
from ui.presenter import Presenter
from ui.till_presenter import TillPresenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.people.acts import Where


class TrainingPresenter(Presenter):
    changed = Signal()  # the till began or ceased to practise
    approval_wanted = Signal(Request)

    def __init__(self, till: TillPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._till = till

    @property
    def is_on(self) -> bool:
        return self._till.desk.is_training

    def start(self, approval: str = "") -> None:
        """Practise from now on; needs an open shift and an empty basket."""

        def begin(session: Session, here: Where) -> None:
            training.start(session, here, approval=approval)

        said = _("Practise as you like: nothing counts until you leave training.")
        self._turn(begin, self.start, said)

    def stop(self, approval: str = "") -> None:
        """Sell for real again, to the next customer: the basket is a new one."""

        def end(session: Session, here: Where) -> None:
            training.stop(session, here, approval=approval)

        self._turn(end, self.stop, _("Training is over: every sale counts again."))

    def _turn(
        self,
        turn: Callable[[Session, Where], None],
        again: Callable[[str], None],
        said: str,
    ) -> None:
        """In one transaction; who may not asks somebody who may."""
        deed, desk = Deed(Act.TRAIN), self._till.desk
        with self.telling_errors():
            with desk.database.read() as session:
                here = where(session, clock.now())
            try:
                with (
                    permits.deciding(desk.database, here, deed),
                    desk.database.write() as session,
                ):
                    turn(session, here)
            except NotPermitted:
                self.approval_wanted.emit(Request(deed, again))
                return
            desk.reload()
            self._till.begin_anew()
            self.changed.emit()
            self.told.emit(said)

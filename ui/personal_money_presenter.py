"""待转交: money on personal codes, and handing it over to who receives it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models import clock
from models.i18n import _
from models.money import Money
from models.people import pins, rights, staff
from models.people.rights import Act, Answer
from models.people.staff import StaffRow
from models.selling import personal_money
from models.selling.personal_money import Held
from ui.acting import deciding
from ui.desk import Desk
from ui.presenter import Presenter
from ui.sign_in_presenter import SignInPresenter


class PersonalMoneyPresenter(Presenter):
    changed = Signal()

    def __init__(
        self, desk: Desk, sign_in: SignInPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sign_in = sign_in
        self.held: list[Held] = []
        self.chosen: Held | None = None  # whose money is handed over now
        self.takers: list[StaffRow] = []
        self.needs_pin = False

    def refresh(self) -> None:
        with self.telling_errors():
            self._read()

    def choose(self, account_id: int) -> None:
        self.chosen = next(x for x in self.held if x.account_id == account_id)
        self.changed.emit()

    def hand_over(self, amount: Money, receiver_id: int, pin: str, note: str) -> None:
        """转交: the receiver signs with his own PIN."""
        held = self.chosen
        assert held is not None
        with self.telling_errors():
            database = self._desk.database
            if self.needs_pin:
                keys, at = self._sign_in.keys(), clock.now()
                pins.verify(database, keys, receiver_id, pin, at=at)
            with deciding(database) as (session, here):
                personal_money.hand_over(
                    session, here, held.account_id, amount, receiver_id, note=note
                )
            self._read()
            words = _("{amount} of {holder} is handed over.")
            self.told.emit(words.format(amount=amount, holder=held.holder))

    def _read(self) -> None:
        with self._desk.database.read() as session:
            self.held = personal_money.list_held(session, self._desk.till.id)
            people = staff.list_staff(session)
            self.needs_pin = pins.any_pin(session)
        may = [one for one in people if _may_receive(one)]
        others = [one for one in may if one.id != self._desk.seller.id]
        self.takers = others or may
        payable = [one for one in self.held if one.total > Money.ZERO]
        ids = [self.chosen.account_id] if self.chosen else []
        again = [one for one in payable if one.account_id in ids]
        self.chosen = next(iter(again or payable), None)
        self.changed.emit()


def _may_receive(one: StaffRow) -> bool:
    return rights.ask(one.role, Act.RECEIVE_MONEY) is Answer.YES

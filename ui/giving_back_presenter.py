"""How money goes back: by which tender how much, and 改退 where that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from models.errors import PosError
from models.i18n import _
from models.kinds import Method
from models.money import Money
from models.selling import giving_back
from models.selling.giving_back import Back, Refunded
from models.selling.remaining import TenderLeft
from ui.corrected import Corrected
from ui.correction_presenter import CorrectionPresenter, red_words
from ui.desk import Desk
from ui.words import method_name


class GivingBackPresenter(CorrectionPresenter):
    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.due = Money.ZERO  # to the fen
        self.otherwise: Method | None = None  # 改退; None: as it was paid
        self.backs: tuple[Back, ...] = ()

    @property
    def tenders(self) -> tuple[TenderLeft, ...]:
        return () if self.left is None else self.left.tenders

    @property
    def amount(self) -> Money:
        """What is really handed back: cash has no coins below 角."""
        return Money.sum(back.amount for back in self.backs)

    @property
    def trouble(self) -> str:
        """Why the money cannot go back divided like this; "" where it can."""
        if self.left is None or not self.due:
            return ""
        try:
            giving_back.payments(self.left, self.backs, self.due)
        except PosError as error:
            return str(error)
        return ""

    @property
    def remark(self) -> str:
        """Why less goes back than the goods cost, where that is so."""
        if self.trouble or self.due == self.amount:
            return ""
        words = _("Of {due}: cash has no coins for the rest.")
        return words.format(due=self.due)

    def part(self, tender: TenderLeft) -> Money:
        """So much goes back of this tender."""
        return Money.sum(
            back.amount for back in self.backs if back.payment_id == tender.payment_id
        )

    def go_otherwise(self, method: Method | None) -> None:
        """改退: all of it in cash or by transfer; None is the way it came."""
        self.otherwise = method
        self._divide(self.due)
        self.changed.emit()

    def give(self, payment_id: int, amount: Money) -> None:
        """Another part of this tender; the others stay (RULINGS.md 37)."""
        parts = {tender.payment_id: self.part(tender) for tender in self.tenders}
        parts[payment_id] = amount
        self.backs = tuple(
            Back(tender, part, self.otherwise) for tender, part in parts.items() if part
        )
        self.changed.emit()

    def _begin(self) -> None:
        self.otherwise = None
        self._divide(Money.ZERO)

    def _divide(self, due: Money) -> None:
        assert self.left is not None
        self.due = due
        self.backs = giving_back.proposal(self.left, due, self.otherwise) if due else ()

    def _told(self, title: str, done: Refunded) -> Corrected:
        return Corrected(
            title.format(number=done.number),
            done.amount,
            self._ways(),
            red_words(done.red_invoice),
        )

    def _ways(self) -> tuple[str, ...]:
        """By which way how much goes back, as it is handed over."""
        sums: dict[Method, Money] = {}
        for tender in self.tenders:
            method = self.otherwise or tender.method
            sums[method] = sums.get(method, Money.ZERO) + self.part(tender)
        return tuple(
            f"{method_name(method)}  {amount}"
            for method, amount in sums.items()
            if amount
        )

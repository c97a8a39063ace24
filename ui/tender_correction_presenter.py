"""The panel of a tender that was booked wrongly: which one, and what it really was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from models.errors import NoAccount
from models.i18n import _
from models.kinds import Method
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.selling import tender_corrections
from models.selling.account_row import AccountRow
from models.selling.refusals import NothingChosen, ShiftCounted
from models.selling.remaining import TenderLeft
from models.selling.tender_corrections import RightTender
from models.written import tidy_field
from ui.corrected import Corrected
from ui.correction_presenter import CorrectionPresenter
from ui.desk import Desk
from ui.words import method_name


@dataclass(frozen=True, slots=True)
class Right:
    """What the money may really have been; cash has no account."""

    method: Method
    account: AccountRow | None = None


class TenderCorrectionPresenter(CorrectionPresenter):
    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.tenders: tuple[TenderLeft, ...] = ()
        self.wrong: TenderLeft | None = None
        self.rights: tuple[Right, ...] = ()

    def choose(self, tender: TenderLeft) -> None:
        """It is this one that was booked wrongly."""
        self.wrong = tender
        self.changed.emit()

    def correct(
        self,
        right: Right | None,
        reference: str,
        reason: str,
        approvals: Approvals = NOTHING_APPROVED,
    ) -> None:
        """Store what it was, once; the amount stays."""
        left, wrong = self.left, self.wrong
        if left is None:
            return
        again = partial(self.correct, right, reference, reason)
        with self.telling_errors(again, approvals):
            if wrong is None:
                raise NothingChosen
            if right is None:
                raise NoAccount
            asked = RightTender(
                left.sale_id,
                wrong.payment_id,
                right.method,
                reason,
                right.account.id if right.account is not None else None,
                tidy_field(reference, _("Reference of the phone payment")),
                self._uuid,
            )
            done = self._store(
                lambda session, seat, at: tender_corrections.correct_tender(
                    session, asked, seat, at=at, approvals=approvals
                )
            )
            words = _("Corrected: {number}").format(number=done.number)
            change = f"{method_name(wrong.method)} → {method_name(right.method)}"
            self._tell(Corrected(words, wrong.net, (change,)))

    def _check(self) -> None:
        """Only before the close: raises ShiftCounted."""
        if not self._is_of_open_shift():
            raise ShiftCounted

    def _begin(self) -> None:
        assert self.left is not None
        self.tenders = tuple(
            one for one in self.left.tenders if one.method is not Method.EXCHANGE
        )
        self.wrong = self.tenders[0] if len(self.tenders) == 1 else None
        phones = (Method.WECHAT, Method.ALIPAY)
        self.rights = (
            Right(Method.CASH),
            *(
                Right(method, account)
                for method in phones
                for account in self.desk.accounts
                if account.takes(method)
            ),
        )

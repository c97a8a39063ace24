"""How the panels of corrections are made, when one is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

# Every import below is that of a panel which may never be opened.
# ruff: noqa: PLC0415
from models.i18n import _
from ui.page import Page
from ui.panel import Panel

if TYPE_CHECKING:
    from ui.compensation_view import CompensationView
    from ui.correction_presenter import CorrectionPresenter
    from ui.late_entry_view import LateEntryView
    from ui.main_window import MainWindow
    from ui.receipts_view import ReceiptsView
    from ui.refund_view import RefundView
    from ui.return_presenter import ReturnPresenter
    from ui.return_view import ReturnView
    from ui.tender_correction_view import TenderCorrectionView
    from ui.till_work import TillWork

_ONCE = Qt.ConnectionType.UniqueConnection


def offer_over_receipts(
    work: TillWork, window: MainWindow, receipts: ReceiptsView
) -> None:
    """What corrects the receipt that is shown."""
    receipts.offer("refund", _("Refund"), "F3", lambda: _refund(work, window))
    receipts.offer("compensate", _("Compensate"), "F4", lambda: _compensation(work))
    receipts.offer("correct_tender", _("Tender"), "F6", lambda: _tender(work))


def offer_at_till(work: TillWork, window: MainWindow) -> None:
    """What takes the open basket for something else than a sale of this moment."""
    till = window.till
    till.add_panel(Panel.RETURN, lambda: _return(work))
    till.add_panel(Panel.SLIP, lambda: _slip(work))
    till.offer(
        "return",
        _("Refund without a receipt"),
        _("The goods of the basket come back, at today's price."),
        lambda: _returning(work).ask(),
    )
    till.offer(
        "slip",
        _("Enter a paper slip"),
        _("The basket was sold on paper, while the till was down."),
        work.payment.enter_slips,
    )


def _refund(work: TillWork, window: MainWindow) -> RefundView:
    from ui.refund_presenter import RefundPresenter
    from ui.refund_view import RefundView

    presenter = work.keep(
        RefundPresenter, lambda: RefundPresenter(work.desk, work.payment, work)
    )
    _print(work, presenter)
    view = RefundView()
    view.connect_to(presenter)
    view.till_wanted.connect(lambda: window.show_page(Page.TILL))
    return view


def _compensation(work: TillWork) -> CompensationView:
    from ui.compensation_presenter import CompensationPresenter
    from ui.compensation_view import CompensationView

    presenter = work.keep(
        CompensationPresenter, lambda: CompensationPresenter(work.desk, work)
    )
    _print(work, presenter)
    view = CompensationView()
    view.connect_to(presenter)
    return view


def _tender(work: TillWork) -> TenderCorrectionView:
    from ui.tender_correction_presenter import TenderCorrectionPresenter
    from ui.tender_correction_view import TenderCorrectionView

    presenter = work.keep(
        TenderCorrectionPresenter, lambda: TenderCorrectionPresenter(work.desk, work)
    )
    _print(work, presenter)
    view = TenderCorrectionView()
    view.connect_to(presenter)
    return view


def _return(work: TillWork) -> ReturnView:
    from ui.return_view import ReturnView

    view = ReturnView()
    view.connect_to(_returning(work))
    return view


def _returning(work: TillWork) -> ReturnPresenter:
    from ui.return_presenter import ReturnPresenter

    presenter = work.keep(ReturnPresenter, lambda: ReturnPresenter(work.till, work))
    _print(work, presenter)
    return presenter


def _slip(work: TillWork) -> LateEntryView:
    from ui.late_entry_presenter import LateEntryPresenter
    from ui.late_entry_view import LateEntryView

    presenter = work.keep(
        LateEntryPresenter, lambda: LateEntryPresenter(work.desk, work.payment, work)
    )
    view = LateEntryView()
    view.connect_to(presenter)
    return view


def _print(work: TillWork, presenter: CorrectionPresenter | ReturnPresenter) -> None:
    """Once, however often a window is built."""
    presenter.paper_wanted.connect(work.on_corrected, _ONCE)

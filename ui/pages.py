"""How the pages beside the till are made, when they are first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.main_window import MainWindow
    from ui.till_work import TillWork


def offer_all(work: TillWork, window: MainWindow) -> None:
    """Tell the window how to make each page."""





"""What tests of single pages share: finding widgets by name, typing Chinese."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

W = TypeVar("W", bound=QWidget)


def find(view: QWidget, kind: type[W], name: str) -> W:
    """The widget of that name, which must be there."""
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


def compose(field: QWidget, text: str) -> None:
    """Type ``text`` as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)

"""Give a widget its name, its place, its role and its words for a screen reader."""

from __future__ import annotations

import html
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QWidget

W = TypeVar("W", bound=QWidget)


def named(name: str, widget: W, layout: QLayout | None = None) -> W:
    """Name ``widget``, put it into ``layout``, and hand it back."""
    widget.setObjectName(name)
    _as_written(widget)
    if layout is not None:
        layout.addWidget(widget)
    return widget


def styled(role: str, widget: W, layout: QLayout | None = None) -> W:
    """Give ``widget`` the look of ``role`` in till.qss.template, and hand it back."""
    widget.setProperty("role", role)
    _as_written(widget)
    if layout is not None:
        layout.addWidget(widget)
    return widget


def _as_written(widget: QWidget) -> None:
    """A label guesses whether its text is HTML: a product's name never is."""
    if isinstance(widget, QLabel):
        widget.setTextFormat(Qt.TextFormat.PlainText)


def tipped(text: str, widget: W) -> W:
    """Show ``text`` as it is written in the tool tip, which guesses like a label."""
    is_safe = "<" not in text and "&" not in text
    widget.setToolTip(text if is_safe else f"<span>{html.escape(text)}</span>")
    return widget


def described(text: str, widget: W) -> W:
    """Tell a screen reader what ``widget`` is for, and hand it back."""
    widget.setAccessibleName(text)
    return widget


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet reads, and the look with it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    for each in (widget, *widget.findChildren(QWidget)):
        style.unpolish(each)
        style.polish(each)

"""Give a widget its name, its place, its role and its words for a screen reader."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QLayout, QWidget

W = TypeVar("W", bound=QWidget)


def named(name: str, widget: W, layout: QLayout | None = None) -> W:
    """Name ``widget``, put it into ``layout``, and hand it back."""
    widget.setObjectName(name)
    if layout is not None:
        layout.addWidget(widget)
    return widget


def styled(role: str, widget: W, layout: QLayout | None = None) -> W:
    """Give ``widget`` the look of ``role`` in till.qss.template, and hand it back."""
    widget.setProperty("role", role)
    if layout is not None:
        layout.addWidget(widget)
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

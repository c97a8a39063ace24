"""Our icons (Material Symbols) in the colours of the till."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

import assets
from assets.tokens import colour, size


@cache
def icon(name: str, in_colour: str = "ink") -> QIcon:
    """The icon ``name``, grey when its button is disabled."""
    made = QIcon()
    made.addPixmap(pixmap(name, in_colour))
    made.addPixmap(pixmap(name, "ink_disabled"), QIcon.Mode.Disabled)
    return made


@cache
def pixmap(name: str, in_colour: str, in_size: str = "icon") -> QPixmap:
    """The icon as a picture, sharp at the screen's scale."""
    side = size(in_size)
    scale = QApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(QSize(side, side) * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, colour(in_colour)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


@cache
def dot(colour_code: str) -> QIcon:
    """A round spot in a county's colour."""
    side = size("dot")
    scale = QApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(QSize(side, side) * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour_code))
    painter.drawEllipse(QRectF(0, 0, side, side))
    painter.end()
    return QIcon(picture)


def _renderer(name: str, fill: str) -> QSvgRenderer:
    svg = assets.path(f"icons/{name}.svg").read_bytes()
    return QSvgRenderer(
        QByteArray(svg.replace(b"<svg", f'<svg fill="{fill}"'.encode()))
    )

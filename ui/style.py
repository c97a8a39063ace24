"""The till's look: Fusion, our palette, our font, and the style sheet."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import assets
from assets.tokens import colour, size, tokens

FONT_FAMILY = "Noto Sans SC"
_FONT_FILES = ("fonts/NotoSansSC-Regular.ttf", "fonts/NotoSansSC-Bold.ttf")

_PALETTE = {
    QPalette.ColorRole.Window: "page",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "page",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink_second",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
}
_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def apply(app: QApplication) -> None:
    """Give the whole program the till's look; call once, before the first window.

    The style sheet is not among it: see ``dress``.
    """
    app.setStyle("Fusion")
    app.setPalette(_palette())
    for file in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(assets.path(file)))
    font = QFont(FONT_FAMILY)
    font.setPixelSize(size("text"))
    app.setFont(font)


def dress(window: QWidget) -> None:
    """Give a window the style sheet, once it has been put together.

    What is put together without a window is bare. Under a style sheet of the whole
    program each part is styled anew whenever it, or one that holds it, is put into
    another: the page of the goods took 250 ms and takes 100.
    """
    window.setStyleSheet(style_sheet())


def style_sheet() -> str:
    """The template with every token filled in; raises KeyError for an unknown one."""
    template = assets.path("styles/till.qss.template").read_text(encoding="utf-8")
    return Template(template).substitute(
        tokens().colours,
        **{name: str(px) for name, px in tokens().sizes.items()},
        styles=assets.path("styles").as_posix(),
    )


def _palette() -> QPalette:
    palette = QPalette()
    for role, token in _PALETTE.items():
        palette.setColor(role, QColor(colour(token)))
    for role in _DISABLED:
        disabled = QColor(colour("ink_disabled"))
        palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return palette

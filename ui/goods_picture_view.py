"""The picture of a product, made small enough for its tile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.named import named

_SIDE = 256  # px of the stored picture, four times a tile's
_MOST_PX = 12_000  # of a side that is still read


class PictureEdit(QWidget):
    """Shows the picture; a new one is cut to a square and made small."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: bytes | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        self._shown = named("picture_shown", QLabel(), layout)
        self._choose = named("choose_picture", QPushButton(_("Choose …")), layout)
        self._choose.clicked.connect(self._on_choose)
        self._remove = named("remove_picture", QPushButton(_("No picture")), layout)
        self._remove.clicked.connect(lambda: self.show_picture(None))
        layout.addStretch(1)

    def picture(self) -> bytes | None:
        return self._picture

    def show_picture(self, picture: bytes | None) -> None:
        self._picture = picture
        pixmap = QPixmap()
        if picture is not None:
            pixmap.loadFromData(picture)
        side = size("touch")
        self._shown.setPixmap(pixmap if pixmap.isNull() else pixmap.scaled(side, side))
        self._shown.setVisible(not pixmap.isNull())
        self._remove.setEnabled(picture is not None)

    def take_file(self, path: Path) -> None:
        """Show the picture in the file; a file that holds none changes nothing."""
        small = _small(path)
        if small is not None:
            self.show_picture(small)

    def _on_choose(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("A picture"), "", "JPEG, PNG (*.jpg *.jpeg *.png *.webp)"
        )
        if name:
            self.take_file(Path(name))


def _small(path: Path) -> bytes | None:
    """The middle square of the picture as JPEG; None for what is no picture."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    declared = reader.size()
    if max(declared.width(), declared.height()) > _MOST_PX:
        return None
    image = reader.read()
    if image.isNull():
        return None
    side = min(image.width(), image.height())
    left, top = (image.width() - side) // 2, (image.height() - side) // 2
    square = image.copy(left, top, side, side).scaled(
        _SIDE,
        _SIDE,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return _jpeg(square.convertToFormat(QImage.Format.Format_RGB32))


def _jpeg(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 85)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(data.data())

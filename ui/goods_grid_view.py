"""The goods on the selling screen: search, counties, categories and tiles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.first_glance import Chip
from models.goods.tiles import Tile
from models.i18n import _, pick
from models.quantity import Unit, WeightUnit, jin, kilograms, price_per
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icon import dot
from ui.widgets.named import described, named, styled
from ui.widgets.search_edit import SearchEdit
from ui.widgets.tile import TileButton, TileFace
from ui.words import unit_word

_ALL = ""
_NO_COUNTY = "-"


class GoodsGridView(QWidget):
    """Tiles narrowed by county and category; a search shows what matches instead."""

    tapped = Signal(int)  # the product's id
    searched = Signal(str)

    def __init__(
        self,
        counties: Sequence[Chip],
        categories: Sequence[Chip],
        weight_unit: WeightUnit,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._weight_unit = weight_unit
        self._tiles: tuple[Tile, ...] = ()
        self._found: tuple[Tile, ...] | None = None
        self._county, self._category = _ALL, _ALL
        layout = QVBoxLayout(self)
        gap = size("gap_small")
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addLayout(self._top(counties))
        layout.addLayout(self._category_row(categories))
        self._grid = _TileGrid()
        self._grid.tapped.connect(self.tapped)
        layout.addWidget(self._scroll_area(self._grid), 1)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        self._tiles = tuple(tiles)
        self._show()

    def show_found(self, found: Sequence[Tile] | None) -> None:
        """What a search found; None shows everything again."""
        self._found = None if found is None else tuple(found)
        self._show()

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def clear_search(self) -> None:
        if self._search.text():
            self._search.clear()

    def _show(self) -> None:
        shown = self._found if self._found is not None else self._narrowed()
        self._grid.show_faces(
            [(tile.product_id, face_of(tile, self._weight_unit)) for tile in shown],
            _("Nothing is called that. Try fewer letters.")
            if self._found is not None
            else _("No goods here yet. Add them under Goods (F9)."),
        )

    def _narrowed(self) -> list[Tile]:
        return [
            tile
            for tile in self._tiles
            if self._county in {_ALL, tile.county_code or _NO_COUNTY}
            and self._category in {_ALL, str(tile.category_id)}
        ]

    # --- building -------------------------------------------------------------

    def _top(self, counties: Sequence[Chip]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        chips = [Chip(_ALL, "全部", "All"), *map(_short, counties)]
        chips.append(Chip(_NO_COUNTY, "其他", "Other"))
        row.addLayout(self._chips("county", chips, self._on_county), 1)
        self._search = named("search", SearchEdit(), row)
        self._search.setFixedWidth(size("search"))
        self._search.setPlaceholderText(_("Search  F2"))
        described(_("Search goods by name, pinyin initials or code"), self._search)
        self._search.textChanged.connect(self.searched)
        return row

    def _category_row(self, categories: Sequence[Chip]) -> FlowLayout:
        chips = [Chip(_ALL, "全部", "All"), *categories]
        return self._chips("category", chips, self._on_category)

    def _chips(self, name: str, chips: Sequence[Chip], chosen: object) -> FlowLayout:
        flow = FlowLayout(size("gap_tiny"))
        group = QButtonGroup(self)
        for chip in chips:
            button = styled("chip", QPushButton(_plain(chip)))
            named(f"{name}_{chip.key or 'all'}", button, flow)
            button.setCheckable(True)
            button.setChecked(chip.key == _ALL)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if chip.colour:
                button.setIcon(dot(chip.colour))
            group.addButton(button)
            assert callable(chosen)
            button.clicked.connect(partial(chosen, chip.key))
        return flow

    def _scroll_area(self, grid: QWidget) -> QScrollArea:
        area = named("tiles", QScrollArea())
        area.setWidget(grid)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(
            area.viewport(), QScroller.ScrollerGestureType.TouchGesture
        )
        return area

    def _on_county(self, key: str) -> None:
        self._county = key
        self._leave_search()

    def _on_category(self, key: str) -> None:
        self._category = key
        self._leave_search()

    def _leave_search(self) -> None:
        self._found = None
        self.clear_search()
        self._show()


class _TileGrid(QWidget):
    """As many columns as fit; buttons are kept and only change their faces."""

    tapped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[TileButton] = []
        self._ids: list[int] = []
        self._empty = styled("hint", QLabel(self))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_faces(self, faces: list[tuple[int, TileFace]], empty: str) -> None:
        while len(self._buttons) < len(faces):
            self._buttons.append(self._new_button(len(self._buttons)))
        self._ids = [product_id for product_id, _face in faces]
        for button, (_id, face) in zip(self._buttons, faces, strict=False):
            if button.face != face:
                button.show_face(face)
        self._empty.setText("" if faces else empty)
        self._place()

    def _new_button(self, index: int) -> TileButton:
        button = named(f"tile_{index}", TileButton(self))
        button.clicked.connect(lambda: self.tapped.emit(self._ids[index]))
        return button

    def _place(self) -> None:
        gap, least = size("gap_small"), size("tile_width")
        columns = max(1, (self.width() + gap) // (least + gap))
        width = (self.width() - (columns - 1) * gap) // columns
        height, shown = size("tile_height"), len(self._ids)
        for index, button in enumerate(self._buttons):
            row, column = divmod(index, columns)
            button.setVisible(index < shown)
            button.setGeometry(
                column * (width + gap), row * (height + gap), width, height
            )
        rows = -(-shown // columns)
        self.setMinimumHeight(max(0, rows * (height + gap) - gap))
        self._empty.setVisible(not shown)
        self._empty.setGeometry(0, 0, self.width(), 2 * height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()


def _plain(chip: Chip) -> str:
    """Its name as a button shows it: an ampersand is no mark of a key."""
    return pick(chip.name, chip.name_en).replace("&", "&&")


def _short(chip: Chip) -> Chip:
    """疏附 for 疏附县: on a chip the colour and two characters say it."""
    name = chip.name[:-1] if len(chip.name) > 2 else chip.name
    return Chip(chip.key, name, chip.name_en, chip.colour)


def face_of(tile: Tile, weight_unit: WeightUnit) -> TileFace:
    """A product's tile in words of the language in use."""
    weighed = tile.unit is Unit.GRAM
    asked, listed = tile.price, tile.list_price
    if weighed:
        asked = price_per(asked, weight_unit) if asked is not None else None
        listed = price_per(listed, weight_unit) if listed is not None else None
    differs = asked is not None and listed is not None and asked != listed
    return TileFace(
        name=pick(tile.name, tile.name_en),
        price=_("no price") if asked is None else f"¥{asked.plain}",
        unit=f"/{unit_word(weight_unit)}" if weighed and asked is not None else "",
        old_price=listed.plain if differs and listed is not None else "",
        left=_left(tile, weight_unit),
        is_short=tile.on_hand <= 0,
        colour=tile.colour,
        picture=tile.picture,
    )


def _left(tile: Tile, unit: WeightUnit) -> str:
    if tile.unit is Unit.PIECE:
        return str(tile.on_hand)
    if unit is WeightUnit.KG:
        return f"{kilograms(tile.on_hand)[:-2]}kg"
    return f"{jin(tile.on_hand)[:-1]}{unit_word(unit)}"

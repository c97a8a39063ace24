"""How this shop's scales print their labels: layouts as data, several at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import CheckConstraint, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.codes import CheckRule, LabelFields, LabelUnit, Layout
from models.database import STRICT, Base, Kind, table_of
from models.errors import PosError, WrongField
from models.goods.catalog import Barcode
from models.i18n import _
from models.journal import notes

# Numbers that GS1 leaves to shops: no producer's barcode begins so.
_IN_STORE = ("2", "02", "04")


class LabelLayout(Base):
    """One layout: prefix, item digits, then the value fields in their order."""

    __tablename__ = "label_layout"
    __table_args__ = (
        UniqueConstraint("prefix", "length", name="ux_label_layout"),
        CheckConstraint("length IN (13, 18)", name="ck_label_layout_length"),
        CheckConstraint(
            "fields IN ('amount', 'weight', 'amount_weight', 'weight_amount')",
            name="ck_label_layout_fields",
        ),
        CheckConstraint(
            "check_rule IN ('require', 'warn', 'ignore')", name="ck_label_layout_check"
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prefix: Mapped[str]
    length: Mapped[int]  # of the whole code, check digit included
    item_digits: Mapped[int]
    fields: Mapped[LabelFields] = mapped_column(Kind(LabelFields))
    amount_decimals: Mapped[int]  # of yuan: 2 is fen
    weight_unit: Mapped[LabelUnit] = mapped_column(Kind(LabelUnit))
    weight_decimals: Mapped[int]
    check_rule: Mapped[CheckRule] = mapped_column(Kind(CheckRule))
    is_active: Mapped[bool]
    position: Mapped[int]


@dataclass(frozen=True, slots=True)
class LayoutRow:
    id: int
    layout: Layout


def list_layouts(session: Session) -> list[LayoutRow]:
    """The layouts in use."""
    found = session.scalars(
        select(LabelLayout).where(LabelLayout.is_active).order_by(LabelLayout.position)
    )
    return [
        LayoutRow(
            row.id,
            Layout(
                row.prefix,
                row.length,
                row.item_digits,
                row.fields,
                row.amount_decimals,
                row.weight_unit,
                row.weight_decimals,
                row.check_rule,
            ),
        )
        for row in found
    ]


def layouts_in_use(session: Session) -> tuple[Layout, ...]:
    """The same for a scan: one small statement, made once."""
    return tuple(Layout(*row) for row in session.execute(_IN_USE))


_layout = table_of(LabelLayout).c
_IN_USE = (
    select(
        _layout.prefix,
        _layout.length,
        _layout.item_digits,
        _layout.fields,
        _layout.amount_decimals,
        _layout.weight_unit,
        _layout.weight_decimals,
        _layout.check_rule,
    )
    .where(_layout.is_active)
    .order_by(_layout.position)
)


def save_layout(session: Session, layout: Layout, layout_id: int | None = None) -> int:
    """Add a layout, or change the one with this id; returns its id.

    Raises WrongPrefix, WrongField, LayoutDoesNotFit, LayoutsOverlap, PrefixTaken,
    CheckMustHold.
    """
    if layout.weight_unit is LabelUnit.G:
        layout = replace(layout, weight_decimals=0)
    _check_digits(layout)
    _check_prefix(session, layout)
    for row in list_layouts(session):
        if row.id != layout_id and layout.overlaps(row.layout):
            raise LayoutsOverlap(layout.prefix, layout.length)
    _forget_retired(session, layout)
    stored = _row(session, layout_id)
    stored.prefix, stored.length = layout.prefix, layout.length
    stored.item_digits, stored.fields = layout.item_digits, layout.fields
    stored.amount_decimals = layout.amount_decimals
    stored.weight_unit = layout.weight_unit
    stored.weight_decimals = layout.weight_decimals
    stored.check_rule, stored.is_active = layout.check, True
    session.add(stored)
    session.flush()
    _tell(session, stored)
    return stored.id


def retire_layout(session: Session, layout_id: int) -> None:
    """Labels that are printed so are no longer read."""
    stored = session.get_one(LabelLayout, layout_id)
    stored.is_active = False
    session.flush()
    _tell(session, stored)


def _tell(session: Session, stored: LabelLayout) -> None:
    notes.note(
        session,
        "label_layout",
        prefix=stored.prefix,
        length=stored.length,
        item_digits=stored.item_digits,
        fields=stored.fields,
        amount_decimals=stored.amount_decimals,
        weight_unit=stored.weight_unit,
        weight_decimals=stored.weight_decimals,
        check_rule=stored.check_rule,
        is_active=stored.is_active,
    )


def _row(session: Session, layout_id: int | None) -> LabelLayout:
    if layout_id is not None:
        return session.get_one(LabelLayout, layout_id)
    last = session.scalar(select(func.max(LabelLayout.position)))
    return LabelLayout(position=0 if last is None else last + 1)


def _forget_retired(session: Session, layout: Layout) -> None:
    """A retired layout gives its prefix back; nothing refers to it."""
    session.execute(
        delete(LabelLayout).where(
            LabelLayout.prefix == layout.prefix,
            LabelLayout.length == layout.length,
            ~LabelLayout.is_active,
        )
    )


def _check_digits(layout: Layout) -> None:
    prefix = layout.prefix
    if not (prefix.isascii() and prefix.isdecimal() and len(prefix) <= 3):
        raise WrongPrefix(prefix)
    for decimals, most in ((layout.amount_decimals, 2), (layout.weight_decimals, 3)):
        if not 0 <= decimals <= most:
            raise WrongField(_("Decimals"), str(decimals))
    length, needed = (18, {10}) if layout.fields.are_two else (13, {4, 5, 6})
    fits = layout.length == length and layout.digits_left in needed
    if not fits or layout.item_digits < 1:
        raise LayoutDoesNotFit(layout.digits_left, length)


def _check_prefix(session: Session, layout: Layout) -> None:
    """No label may pass for a barcode of goods, nor a payment code for a label."""
    if not layout.prefix.startswith(_IN_STORE):
        barcode = table_of(Barcode).c.code
        begun = barcode.startswith(layout.prefix, autoescape=True)
        goods = select(barcode).where(begun, func.length(barcode) == layout.length)
        if layout.looks_like_payment or session.scalar(goods.limit(1)) is not None:
            raise PrefixTaken(layout.prefix, layout.length)
    elif layout.looks_like_payment and layout.check is not CheckRule.REQUIRE:
        raise CheckMustHold(layout.prefix)


class LayoutNotSaved(PosError):
    """A layout cannot be used as it is."""


class WrongPrefix(LayoutNotSaved):
    def __init__(self, prefix: str) -> None:
        super().__init__(prefix)
        self.prefix = prefix

    def __str__(self) -> str:
        return _(
            "“{prefix}” is no prefix. Enter one to three digits, most often 20 to 29."
        ).format(prefix=self.prefix)


class LayoutDoesNotFit(LayoutNotSaved):
    def __init__(self, left: int, length: int) -> None:
        super().__init__(left, length)
        self.left, self.length = left, length

    def __str__(self) -> str:
        if self.length == 18:
            words = _(
                "Prefix and item number leave {left} of 18 digits, but amount and "
                "weight need 10."
            )
        else:
            words = _(
                "Prefix and item number leave {left} of 13 digits, but the value needs "
                "4 to 6."
            )
        return words.format(left=self.left)


class LayoutsOverlap(LayoutNotSaved):
    def __init__(self, prefix: str, length: int) -> None:
        super().__init__(prefix, length)
        self.prefix, self.length = prefix, length

    def __str__(self) -> str:
        return _(
            "Another layout reads labels of {length} digits that begin with {prefix}. "
            "Change or retire that one."
        ).format(prefix=self.prefix, length=self.length)


class PrefixTaken(LayoutNotSaved):
    def __init__(self, prefix: str, length: int) -> None:
        super().__init__(prefix, length)
        self.prefix, self.length = prefix, length

    def __str__(self) -> str:
        return _(
            "Payment codes or barcodes of your goods have {length} digits and begin "
            "with {prefix}. Choose another prefix, such as 20 to 29."
        ).format(prefix=self.prefix, length=self.length)


class CheckMustHold(LayoutNotSaved):
    def __init__(self, prefix: str) -> None:
        super().__init__(prefix)
        self.prefix = prefix

    def __str__(self) -> str:
        return _(
            "Payment codes begin with {prefix} too, and only the check digit tells "
            "them apart: it must be right."
        ).format(prefix=self.prefix)

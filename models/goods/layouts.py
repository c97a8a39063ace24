"""How this shop's scales print their labels: layouts as data, several at once."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import STRICT, Base


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
    fields: Mapped[str]
    amount_decimals: Mapped[int]  # of yuan: 2 is fen
    weight_unit: Mapped[str]  # g, 500g (斤), kg
    weight_decimals: Mapped[int]
    check_rule: Mapped[str]
    is_active: Mapped[bool]
    position: Mapped[int]

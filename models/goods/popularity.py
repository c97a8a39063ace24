"""What sells: receipts per product over the last weeks, for ranking."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.database import STRICT, Base


class ProductSold(Base):
    """On how many receipts a product stood lately; counted anew in idle time."""

    __tablename__ = "product_sold"
    __table_args__ = STRICT

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    receipts: Mapped[int]

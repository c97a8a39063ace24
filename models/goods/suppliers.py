"""Suppliers: who delivers, from which village, on whose account."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.ids import new_uuid
from models.kinds import Terms


class Supplier(Base):
    __tablename__ = "supplier"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    town: Mapped[str]  # 镇; may be empty
    village: Mapped[str]  # 村; may be empty
    terms: Mapped[Terms] = mapped_column(Kind(Terms))


@dataclass(frozen=True, slots=True)
class SupplierRow:
    name: str
    town: str
    village: str
    terms: Terms


def list_suppliers(session: Session) -> list[SupplierRow]:
    found = session.scalars(select(Supplier).order_by(Supplier.name))
    return [SupplierRow(row.name, row.town, row.village, row.terms) for row in found]


def supplier_named(session: Session, name: str) -> int | None:
    """The id of the supplier of that name, added if new; None for no name.

    A new supplier's goods are sold on the shop's own account (经销) until changed.
    """
    if not name:
        return None
    found = session.scalar(select(Supplier.id).where(Supplier.name == name))
    if found is not None:
        return found
    supplier = Supplier(
        uuid=new_uuid(), name=name, town="", village="", terms=Terms.OWN
    )
    session.add(supplier)
    session.flush()
    return supplier.id


def change_supplier(
    session: Session, supplier_id: int, *, town: str, village: str, terms: Terms
) -> None:
    """Lines sold before keep the terms they were sold under."""
    supplier = session.get_one(Supplier, supplier_id)
    supplier.town, supplier.village, supplier.terms = town, village, terms

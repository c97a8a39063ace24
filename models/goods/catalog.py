"""The catalogue: products, their barcodes and gift boxes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    bindparam,
    delete,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.errors import AlreadyTaken, WrongField
from models.goods import drafts, prices, search_index, suppliers
from models.goods.drafts import (
    OTHER_CATEGORY,
    BelowZero,
    PackCode,
    Part,
    ProductDraft,
)
from models.goods.initials import initials_of
from models.goods.prices import NewPrice, PriceSource
from models.goods.regions import Region
from models.goods.suppliers import Supplier
from models.i18n import _
from models.ids import new_uuid
from models.journal import notes
from models.kinds import Terms
from models.money import Money
from models.quantity import Unit


class Category(Base):
    __tablename__ = "category"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str]
    position: Mapped[int]


class Product(Base):
    """Something that is sold; no county means 非帮扶, or a gift box of products."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("unit IN ('piece', 'gram')", name="ck_product_unit"),
        CheckConstraint("price_fen >= 0", name="ck_product_price"),
        CheckConstraint("cost_fen >= 0", name="ck_product_cost"),
        CheckConstraint(
            "NOT is_bundle OR (region_code IS NULL AND unit = 'piece')",
            name="ck_product_bundle",
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    sku: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"))
    is_bundle: Mapped[bool]
    unit: Mapped[Unit] = mapped_column(Kind(Unit))
    unit_name: Mapped[str]  # 袋, 箱, kg
    spec: Mapped[str]
    price: Mapped[Money | None] = mapped_column("price_fen")  # per piece or per kg
    cost: Mapped[Money | None] = mapped_column("cost_fen")
    tax_rate_bp: Mapped[int | None]
    plu: Mapped[str | None] = mapped_column(unique=True)
    is_certified: Mapped[bool]
    certificate: Mapped[str]
    shelf_life_days: Mapped[int | None]
    picture: Mapped[bytes | None]
    initials: Mapped[str]
    below_zero: Mapped[BelowZero] = mapped_column(Kind(BelowZero))
    is_active: Mapped[bool]
    position: Mapped[int]


Index("ix_product_order", Product.is_active.desc(), Product.position)


class Barcode(Base):
    """One of a product's codes; a pack's code holds its size and may hold its price."""

    __tablename__ = "barcode"
    __table_args__ = (
        CheckConstraint("pack_size > 0", name="ck_barcode_pack"),
        CheckConstraint("price_fen >= 0", name="ck_barcode_price"),
        STRICT,
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    pack_size: Mapped[int]
    price: Mapped[Money | None] = mapped_column("price_fen")


class BundlePart(Base):
    """So many pieces (or grams) of a product inside one gift box."""

    __tablename__ = "bundle_part"
    __table_args__ = (CheckConstraint("amount > 0", name="ck_bundle_part"), STRICT)

    bundle_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    amount: Mapped[int]
    position: Mapped[int]


@dataclass(frozen=True, slots=True)
class CategoryRow:
    id: int
    name: str
    name_en: str


def list_categories(session: Session) -> list[CategoryRow]:
    found = session.scalars(select(Category).order_by(Category.position))
    return [CategoryRow(row.id, row.name, row.name_en) for row in found]


def category_named(session: Session, name: str, name_en: str = "") -> int:
    """The id of the category of that name, which is added at the end if it is new."""
    found = session.scalar(select(Category).where(Category.name == name))
    if found is None:
        position = len(session.scalars(select(Category.id)).all())
        found = Category(name=name, name_en=name_en, position=position)
        session.add(found)
        session.flush()
    elif name_en:
        found.name_en = name_en
    return found.id


def save_product(
    session: Session,
    draft: ProductDraft,
    *,
    at: datetime,
    source: PriceSource = PriceSource.FORM,
    staff_id: int | None = None,
) -> int:
    """Add the product, or change the one with this SKU; returns its id.

    Its words are tidied. Another list price goes into the history. Stock does not
    change here. Raises ProductNotSaved naming the field.
    """
    draft = drafts.tidied(draft)
    check(session, draft)
    product = session.scalar(select(Product).where(Product.sku == draft.sku))
    if product is None:
        position = session.scalar(select(func.count(Product.id))) or 0
        product = Product(uuid=new_uuid(), sku=draft.sku, position=position)
    elif product.unit is not draft.unit:
        raise WrongField(_("Sold by"), _("weight") if draft.plu else draft.unit.value)
    change = NewPrice(product.id, product.price, draft.price) if product.id else None
    _fill(session, product, draft)
    session.add(product)
    session.flush()
    _save_barcodes(session, product, draft.barcodes)
    _save_parts(session, product, draft.parts)
    search_index.put(session, product.id)
    if change is not None:
        prices.record_many(session, [change], at=at, source=source, staff_id=staff_id)
    _tell(session, draft, at)
    return product.id


def set_active(session: Session, product_id: int, *, is_active: bool) -> None:
    """停售 or 恢复: whether the product is on sale; its stock and past sales stay."""
    session.get_one(Product, product_id).is_active = is_active
    session.flush()
    search_index.put(session, product_id)
    sku = session.get_one(Product, product_id).sku
    notes.note(session, "goods_active", sku=sku, is_active=is_active)


def _tell(session: Session, draft: ProductDraft, at: datetime) -> None:
    """The journal keeps what the goods were said to be; of a picture its size."""
    said = asdict(draft)
    for name in ("price", "cost"):
        money = getattr(draft, name)
        said[name] = None if money is None else money.fen
    said["barcodes"] = [
        [one.code, one.pack_size, None if one.price is None else one.price.fen]
        for one in draft.barcodes
    ]
    said["picture"] = len(draft.picture or b"")
    notes.note(session, "goods", at=at, **said)


def get_draft(session: Session, product_id: int) -> ProductDraft:
    """The product as a form shows it."""
    product = session.get_one(Product, product_id)
    category = session.get_one(Category, product.category_id)
    supplier = (
        session.get(Supplier, product.supplier_id) if product.supplier_id else None
    )
    return ProductDraft(
        sku=product.sku,
        name=product.name,
        unit=product.unit,
        name_en=product.name_en,
        category=category.name,
        category_en=category.name_en,
        county_code=product.region_code or "",
        unit_name=product.unit_name,
        spec=product.spec,
        price=product.price,
        cost=product.cost,
        tax_rate_bp=product.tax_rate_bp,
        barcodes=_barcodes_of(session, product_id),
        plu=product.plu or "",
        supplier=supplier.name if supplier else "",
        town=supplier.town if supplier else "",
        village=supplier.village if supplier else "",
        terms=supplier.terms if supplier else Terms.OWN,
        is_certified=product.is_certified,
        certificate=product.certificate,
        shelf_life_days=product.shelf_life_days,
        picture=product.picture,
        below_zero=product.below_zero,
        is_active=product.is_active,
        parts=_parts_of(session, product_id),
    )


def _barcodes_of(session: Session, product_id: int) -> tuple[PackCode, ...]:
    found = session.scalars(
        select(Barcode)
        .where(Barcode.product_id == product_id)
        .order_by(Barcode.pack_size, Barcode.code)
    )
    return tuple(PackCode(row.code, row.pack_size, row.price) for row in found)


def _parts_of(session: Session, product_id: int) -> tuple[Part, ...]:
    found = session.execute(
        select(Product.sku, BundlePart.amount)
        .join(Product, BundlePart.product_id == Product.id)
        .where(BundlePart.bundle_id == product_id)
        .order_by(BundlePart.position)
    )
    return tuple(Part(sku, amount) for sku, amount in found)


def check(session: Session, draft: ProductDraft) -> None:
    """Say kindly what SQLite's constraints would refuse."""
    drafts.check_alone(draft)
    if draft.county_code and session.get(Region, draft.county_code) is None:
        raise WrongField(_("County"), draft.county_code)
    taken = select(Product.name).where(
        Product.plu == drafts.plu_of(draft), Product.sku != draft.sku
    )
    owner = session.scalar(taken) if draft.plu else None
    if owner is not None:
        raise AlreadyTaken(_("PLU"), draft.plu, owner)
    for pack in draft.barcodes:
        owner = session.scalar(
            select(Product.name)
            .join(Barcode, Barcode.product_id == Product.id)
            .where(Barcode.code == pack.code, Product.sku != draft.sku)
        )
        if owner is not None:
            raise AlreadyTaken(_("Barcode"), pack.code, owner)


def _fill(session: Session, product: Product, draft: ProductDraft) -> None:
    product.name, product.name_en = draft.name, draft.name_en
    category = draft.category or OTHER_CATEGORY
    product.category_id = category_named(session, category, draft.category_en)
    # together: the next query stores what is changed so far, and a box has no county
    product.region_code = draft.county_code or None
    product.is_bundle = bool(draft.parts)
    product.supplier_id = suppliers.supplier_named(session, draft.supplier)
    if product.supplier_id is not None:
        suppliers.change_supplier(
            session,
            product.supplier_id,
            town=draft.town,
            village=draft.village,
            terms=draft.terms,
        )
    product.unit, product.unit_name, product.spec = (
        draft.unit,
        draft.unit_name,
        draft.spec,
    )
    product.price, product.cost = draft.price, draft.cost
    product.tax_rate_bp, product.plu = draft.tax_rate_bp, drafts.plu_of(draft)
    product.is_certified, product.certificate = draft.is_certified, draft.certificate
    product.shelf_life_days, product.picture = draft.shelf_life_days, draft.picture
    product.initials = initials_of(draft.name)
    product.below_zero, product.is_active = draft.below_zero, draft.is_active


def _save_barcodes(
    session: Session, product: Product, packs: tuple[PackCode, ...]
) -> None:
    session.execute(delete(Barcode).where(Barcode.product_id == product.id))
    session.add_all(
        Barcode(
            code=pack.code,
            product_id=product.id,
            pack_size=pack.pack_size,
            price=pack.price,
        )
        for pack in packs
    )
    session.flush()


def _save_parts(session: Session, product: Product, parts: tuple[Part, ...]) -> None:
    session.execute(delete(BundlePart).where(BundlePart.bundle_id == product.id))
    if parts and session.scalar(_INSIDE_A_BOX, {"id": product.id}) is not None:
        raise WrongField(_("Content of the box"), product.sku)
    skus = [part.sku for part in parts]
    for position, part in enumerate(parts):
        found = session.scalar(select(Product).where(Product.sku == part.sku))
        if found is None or found.is_bundle or part.amount < 1:
            raise WrongField(_("Content of the box"), part.sku)
        if skus.count(part.sku) > 1:
            raise AlreadyTaken(_("Content of the box"), part.sku, product.name)
        session.add(
            BundlePart(
                bundle_id=product.id,
                product_id=found.id,
                amount=part.amount,
                position=position,
            )
        )
    session.flush()


_INSIDE_A_BOX = select(BundlePart.bundle_id).where(
    BundlePart.product_id == bindparam("id")
)

"""Stored sales read back: one in full for paper, many in short for a list."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from models import settings
from models.errors import NoSuchReceipt
from models.i18n import pick
from models.journal import printed
from models.kinds import DiscountKind, SaleKind, Series
from models.money import Money
from models.people.staff import Staff
from models.places import Till
from models.quantity import Quantity, Unit
from models.selling import invoices
from models.selling.cut_keys import Behind
from models.selling.cuts import is_of
from models.selling.documents import CorrectedPayment, Correction
from models.selling.late_entries import LateEntry
from models.selling.payments import Payment
from models.selling.sale_discounts import SaleDiscount, SaleDiscountShare
from models.selling.sale_lines import SaleBundle, SaleLine
from models.selling.sale_record import (
    CorrectsRecord,
    CountyShare,
    DiscountRecord,
    LineRecord,
    PartRecord,
    PaymentRecord,
    SaleRecord,
)
from models.selling.sales import Sale
from models.selling.seat import numbered
from models.selling.shifts import Shift
from models.written import findable


@dataclass(frozen=True, slots=True)
class SaleRow:
    """One line of the receipts list."""

    id: int
    number: str
    at: datetime
    business_date: date
    seller: str
    net: Money
    summary: str  # the first goods by name
    kind: SaleKind = SaleKind.SALE
    is_late: bool = False  # 补录
    is_training: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the receipts list is narrowed to; an empty field does not narrow."""

    words: str = ""  # a number's end, an amount in yuan, or part of a product's name
    day: date | None = None
    behind: Behind | None = None  # a figure of a report


def get_record(session: Session, sale_id: int) -> SaleRecord:
    """The sale as it was stored. Raises NoSuchReceipt."""
    sale = session.get(Sale, sale_id)
    if sale is None:
        raise NoSuchReceipt
    till = session.get_one(Till, sale.till_id)
    chosen = settings.load(session)
    lines = session.scalars(
        select(SaleLine)
        .where(SaleLine.sale_id == sale_id)
        .order_by(SaleLine.line_no, SaleLine.part_no)
    ).all()
    late = session.get(LateEntry, sale_id)
    return SaleRecord(
        id=sale.id,
        uuid=sale.uuid,
        number=sale.number,
        code=receipt_code(till.code, sale.series, sale.seq, sale.uuid),
        at=sale.at,
        business_date=sale.business_date,
        shop_name=chosen.shop_name,
        outlet_name=sale.outlet,
        outlet_kind=sale.outlet_kind,
        channel=sale.channel,
        event_name=sale.event,
        till_code=till.code,
        till_name=till.name,
        shift_number=session.get_one(Shift, sale.shift_id).number,
        seller_name=sale.seller,
        buyer_kind=sale.buyer_kind,
        is_demo=chosen.is_demo,
        lines=_line_records(session, sale_id, lines),
        payments=_payment_records(session, sale_id),
        counties=_shares(lines),
        list_total=sale.list_,
        discount=sale.discount,
        rounding=sale.rounding,
        net=sale.net,
        kind=sale.kind,
        discounts=_discount_records(session, sale_id),
        corrects=_corrects(session, sale),
        slip=late.slip if late else "",
        entered_at=late.entered_at if late else None,
        is_training=sale.series != Series.LIVE,
        mark=printed.mark_of_sale(session, sale_id),
    )


def _discount_records(session: Session, sale_id: int) -> tuple[DiscountRecord, ...]:
    found = session.scalars(
        select(SaleDiscount)
        .where(SaleDiscount.sale_id == sale_id)
        .order_by(SaleDiscount.position)
    )
    return tuple(
        DiscountRecord(row.kind, row.label, row.reason, row.percent_bp, row.amount)
        for row in found
    )


def _corrects(session: Session, sale: Sale) -> CorrectsRecord | None:
    """What a document beside sales says of itself; nothing for a sale."""
    if sale.kind is SaleKind.SALE:
        return None
    correction = session.get_one(Correction, sale.id)
    approver = _name(session, correction.approver_id)
    if correction.original_id is None:
        return CorrectsRecord("", None, correction.reason, approver)
    original = session.get_one(Sale, correction.original_id)
    return CorrectsRecord(
        original.number,
        original.business_date,
        correction.reason,
        approver,
        invoices.needs_reversal(session, original.id),
    )


def _name(session: Session, staff_id: int | None) -> str:
    return session.get_one(Staff, staff_id).name if staff_id is not None else ""


def receipt_code(till_code: str, series: str, seq: int, uuid: str) -> str:
    """What the receipt's QR holds (RULINGS.md 10): where it is, and the sale's own end.

    The last ten base32 characters are the last 50 bits of the UUID, which are random.
    """
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648
    tail = int(uuid.replace("-", ""), 16)
    characters = [alphabet[tail >> 5 * place & 31] for place in reversed(range(10))]
    return f"SH1:{till_code}:{series}:{seq}:{''.join(characters)}"


def find_by_code(session: Session, code: str) -> int | None:
    """The sale that a receipt's QR or number names."""
    code = findable(code)
    parts = code.split(":")
    if len(parts) == 5 and parts[0] == "SH1":
        number = numbered(parts[1], parts[2], parts[3])
        found = session.scalars(
            select(Sale).where(Sale.number == number, Sale.series == parts[2])
        ).first()
        if found is None:
            return None
        own = receipt_code(parts[1], found.series, found.seq, found.uuid)
        return found.id if own == code else None
    return session.scalar(select(Sale.id).where(Sale.number == code.upper()))


def list_sales(
    session: Session, wanted: Wanted, *, before: int | None = None, most: int = 100
) -> list[SaleRow]:
    """The newest first; ``before`` is the last id of the page above."""
    query = select(Sale).order_by(Sale.id.desc()).limit(most)
    if before is not None:
        query = query.where(Sale.id < before)
    if wanted.day is not None:
        query = query.where(Sale.business_date == wanted.day)
    if wanted.behind is not None:
        query = _only_behind(query, wanted.behind)
    sales = session.scalars(_narrowed(query, wanted.words)).all()
    ids = [sale.id for sale in sales]
    names = _first_names(session, ids)
    late = set(
        session.scalars(select(LateEntry.sale_id).where(LateEntry.sale_id.in_(ids)))
    )
    return [
        SaleRow(
            sale.id,
            sale.number,
            sale.at,
            sale.business_date,
            sale.seller,
            sale.net,
            names[sale.id],
            sale.kind,
            sale.id in late,
            sale.series != Series.LIVE,
        )
        for sale in sales
    ]


def last_sale_id(
    session: Session, shift_id: int, *, series: Series = Series.LIVE
) -> int | None:
    """The newest sale of the shift in the series, for "reprint last".

    A shift has one business date, and only dates are indexed.
    """
    day = select(Shift.business_date).where(Shift.id == shift_id).scalar_subquery()
    return session.scalar(
        select(Sale.id)
        .where(
            Sale.business_date == day,
            Sale.shift_id == shift_id,
            Sale.series == series,
        )
        .order_by(Sale.id.desc())
        .limit(1)
    )


def newest_instant(session: Session, till_id: int) -> datetime | None:
    """When something was last recorded in the till's newest shift; None before it."""
    shift = session.scalar(
        select(Shift).where(Shift.till_id == till_id).order_by(Shift.number.desc())
    )
    if shift is None:
        return None
    last_sale = session.scalar(
        select(func.max(Sale.at)).where(
            Sale.business_date == shift.business_date, Sale.shift_id == shift.id
        )
    )
    return max(filter(None, (shift.opened_at, shift.sealed_at, last_sale)))


def _only_behind(query: Select[Sale], figure: Behind) -> Select[Sale]:
    """The documents that a report's figure sums; what was practised is in none."""
    return query.where(
        Sale.series == Series.LIVE,
        Sale.business_date.between(figure.first, figure.last),
        is_of(figure.cut, figure.key),
    )


def _narrowed(query: Select[Sale], words: str) -> Select[Sale]:
    words = findable(words)
    if not words:
        return query
    conditions = [
        Sale.number.endswith(words.upper(), autoescape=True),
        *(
            exists().where(
                and_(
                    goods.sale_id == Sale.id,
                    or_(
                        goods.name.contains(words, autoescape=True),
                        goods.sku == words.upper(),
                    ),
                )
            )
            for goods in (SaleLine, SaleBundle)
        ),
    ]
    with contextlib.suppress(ValueError):  # no amount: it is searched as words only
        amount = Money.parse(words.lstrip("¥￥"))
        conditions.append(Sale.net.in_([amount, -amount]))
    return query.where(or_(*conditions))


def _first_names(session: Session, sale_ids: Sequence[int]) -> dict[int, str]:
    """Per sale the names of its goods, in the language in use."""
    names: dict[int, dict[int, str]] = {sale_id: {} for sale_id in sale_ids}
    for line in session.execute(
        select(SaleLine.sale_id, SaleLine.line_no, SaleLine.name, SaleLine.name_en)
        .where(SaleLine.sale_id.in_(sale_ids))
        .order_by(SaleLine.id)
    ):
        names[line.sale_id].setdefault(line.line_no, pick(line.name, line.name_en))
    for box in session.execute(
        select(
            SaleBundle.sale_id,
            SaleBundle.line_no,
            SaleBundle.name,
            SaleBundle.name_en,
        ).where(SaleBundle.sale_id.in_(sale_ids))
    ):
        names[box.sale_id][box.line_no] = pick(box.name, box.name_en)
    return {
        sale_id: pick("、", ", ").join(found[line_no] for line_no in sorted(found))
        for sale_id, found in names.items()
    }


def _line_records(
    session: Session, sale_id: int, lines: Sequence[SaleLine]
) -> tuple[LineRecord, ...]:
    boxes = {
        box.line_no: box
        for box in session.scalars(
            select(SaleBundle).where(SaleBundle.sale_id == sale_id)
        )
    }
    discounted = _discounted_lines(session, sale_id)
    records = []
    for line_no, rows in groupby(lines, key=lambda row: row.line_no):
        box = boxes.get(line_no)
        parts = list(rows)
        record = _box_record(box, parts) if box else _plain_record(parts[0])
        off = discounted.get(line_no, Money.ZERO)
        records.append(replace(record, discounted=off))
    return tuple(records)


def _discounted_lines(session: Session, sale_id: int) -> dict[int, Money]:
    """Per line what a discount on it alone takes off."""
    share = SaleDiscountShare
    found = session.execute(
        select(share.line_no, func.sum(share.amount))
        .join(
            SaleDiscount,
            and_(
                SaleDiscount.sale_id == share.sale_id,
                SaleDiscount.position == share.position,
            ),
        )
        .where(share.sale_id == sale_id, SaleDiscount.kind == DiscountKind.LINE)
        .group_by(share.line_no)
    )
    return dict(found.all())


def _plain_record(line: SaleLine) -> LineRecord:
    return LineRecord(
        line_no=line.line_no,
        sku=line.sku,
        barcode=line.barcode,
        name=line.name,
        name_en=line.name_en,
        county=line.county,
        county_en=line.county_en,
        count=Quantity(line.amount // line.pack_size, line.unit),
        pack_size=line.pack_size,
        list_price=line.list_price,
        price=line.price,
        reason=line.reason,
        list_total=line.list_,
        total=line.list_ - line.discount,
        net=line.net,
    )


def _box_record(box: SaleBundle, parts: Sequence[SaleLine]) -> LineRecord:
    return LineRecord(
        line_no=box.line_no,
        sku=box.sku,
        barcode=box.barcode,
        name=box.name,
        name_en=box.name_en,
        county="",
        county_en="",
        count=Quantity(box.count, Unit.PIECE),
        pack_size=1,
        list_price=box.list_price,
        price=box.price,
        reason=box.reason,
        list_total=Money.sum(part.list_ for part in parts),
        total=Money.sum(part.list_ - part.discount for part in parts),
        net=Money.sum(part.net for part in parts),
        parts=tuple(
            PartRecord(
                part.name,
                part.name_en,
                part.county,
                part.county_en,
                Quantity(part.amount, part.unit),
                part.net,
            )
            for part in parts
        ),
    )


def _payment_records(session: Session, sale_id: int) -> tuple[PaymentRecord, ...]:
    original = aliased(Payment)
    found = session.execute(
        select(Payment, original.method)
        .outerjoin(CorrectedPayment, CorrectedPayment.payment_id == Payment.id)
        .outerjoin(original, original.id == CorrectedPayment.original_id)
        .where(Payment.sale_id == sale_id)
        .order_by(Payment.position)
    )
    return tuple(
        PaymentRecord(
            payment.method,
            payment.holder,
            payment.account_kind,
            payment.reference,
            payment.tendered,
            payment.change,
            payment.net,
            came_as,
        )
        for payment, came_as in found
    )


def _shares(lines: Sequence[SaleLine]) -> tuple[CountyShare, ...]:
    """The assisted counties of the ticket, the largest share first."""
    shares: dict[str, CountyShare] = {}
    for line in lines:
        if not line.region_code:
            continue
        before = shares.get(line.region_code)
        shares[line.region_code] = CountyShare(
            line.region_code,
            line.county,
            line.county_en,
            line.scheme,
            line.net + before.net if before else line.net,
        )
    return tuple(
        sorted(shares.values(), key=lambda share: (-abs(share.net.fen), share.code))
    )

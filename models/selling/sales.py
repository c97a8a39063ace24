"""Sales: what was sold to whom for how much, stored once and kept for good."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models import deals as promoting
from models.cart import Bill, Cart
from models.database import STRICT, Base, Kind, table_of
from models.errors import (
    AlreadySold,
    BasketGone,
    EmptyBasket,
    PaymentShort,
    ShiftClosed,
)
from models.goods import promotions, stock
from models.kinds import BuyerKind, Channel, Method, OutletKind, SaleKind
from models.money import Money
from models.people import rights
from models.people.deeds import NOTHING_APPROVED, Approvals, Deed, Where
from models.people.refusals import NotPermitted
from models.people.rights import Act, Answer
from models.people.staff import Staff
from models.prepared import Prepared, Question
from models.selling import (
    baskets,
    discounting,
    payments,
    prints,
    sale_discounts,
    sale_lines,
)
from models.selling.refusals import DealsChanged, TrainingChanged
from models.selling.seat import Seat
from models.selling.shifts import Shift, State
from models.selling.sold import Sold
from models.settings import IS_TRAINING


class Sale(Base):
    __tablename__ = "sale"
    __table_args__ = (
        UniqueConstraint("till_id", "series", "seq", name="ux_sale_number"),
        CheckConstraint(
            "net_fen = list_fen - discount_fen - rounding_fen", name="ck_sale_net"
        ),
        Index("ix_sale_day", "business_date"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)  # its basket's
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    series: Mapped[str]
    seq: Mapped[int]
    number: Mapped[str]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    seller: Mapped[str]
    at: Mapped[datetime]
    business_date: Mapped[date]
    local_hour: Mapped[int]
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"))
    outlet: Mapped[str]
    outlet_kind: Mapped[OutletKind] = mapped_column(Kind(OutletKind))
    channel: Mapped[Channel] = mapped_column(Kind(Channel))
    event: Mapped[str]
    buyer_kind: Mapped[BuyerKind] = mapped_column(Kind(BuyerKind))
    list_: Mapped[Money] = mapped_column("list_fen")
    discount: Mapped[Money] = mapped_column("discount_fen")
    rounding: Mapped[Money] = mapped_column("rounding_fen")
    net: Mapped[Money] = mapped_column("net_fen")
    kind: Mapped[SaleKind] = mapped_column(
        Kind(SaleKind),
        CheckConstraint(
            "kind IN ('sale', 'refund', 'compensation', 'correction')",
            name="ck_sale_kind",
        ),
        server_default=text("'sale'"),
    )


def complete_sale(
    session: Session,
    cart: Cart,
    bill: Bill,
    seat: Seat,
    *,
    at: datetime,
    approvals: Approvals = NOTHING_APPROVED,
) -> Sold:
    """As ``carry_out``, for a basket that is paid with money alone."""
    assert all(tender.method is not Method.EXCHANGE for tender in bill.tenders)
    return carry_out(session, cart, bill, seat, at=at, approvals=approvals)


def carry_out(
    session: Session,
    cart: Cart,
    bill: Bill,
    seat: Seat,
    *,
    at: datetime,
    approvals: Approvals,
) -> Sold:
    """Make the settled basket a sale; number, goods and paper in one transaction.

    The order of effects is that of TRUST.md A4: the basket leaves its open state first,
    so that a second call finds nothing to sell. What was taken off by hand needs the
    right to, or an approval. In training no goods move. Raises EmptyBasket,
    PaymentShort, AlreadySold, BasketGone, ShiftClosed, TrainingChanged, OutOfStock,
    ReasonMissing, NotPermitted, DealsChanged.
    """
    _check_settled(cart, bill)
    shift_date, seq = _take_basket(session, cart.uuid, seat)
    where = Where(
        seat.till.id, seat.staff_id, at, shift_date, seat.shift_id, seat.is_training
    )
    _check_deals(session, cart, seat, shift_date)
    permits = discounting.permit(session, cart, where, approvals)
    parts, facts = sale_lines.unpack(session, cart, seat.till.outlet.id)
    below_zero = sale_lines.check_stock(parts, facts)
    cuts = sale_discounts.cuts_of(cart, parts)
    order_shares = sale_discounts.order_shares(cuts, len(parts))
    rows = sale_lines.rows_of(cart, parts, facts, bill, seat, order_shares)
    moment = {"business_date": shift_date, "local_hour": clock.local(at).hour}
    number = seat.numbered(seq)
    sale_id = INSERT_SALE.one(
        session, _sale_row(cart, bill, seat, seq, number, at) | moment
    )
    sale_lines.store(session, rows, moment | {"sale_id": sale_id})
    sale_lines.store_bundles(session, sale_id, cart, parts)
    if cuts:
        sale_discounts.store(session, sale_id, cuts, parts, permits)
    payments.store(session, sale_id, bill, seat, shift_date)
    if not seat.is_training:
        act = stock.Act(
            seat.till.outlet.id,
            stock.Reason.SALE,
            at,
            shift_date,
            seat.till.id,
            seat.shift_id,
            seat.staff_id,
            sale_id,
        )
        stock.move(session, act, sale_lines.moves(parts))
    prints.queue(session, sale_id, copy=0, at=at)
    return Sold(sale_id, number, bill.payable, bill.change, below_zero)


def _check_settled(cart: Cart, bill: Bill) -> None:
    if not cart.lines:
        raise EmptyBasket
    assert bill.total == cart.total
    if not bill.is_settled:
        raise PaymentShort(bill.due)


def _check_deals(session: Session, cart: Cart, seat: Seat, day: date) -> None:
    """What promotions take off is what they say; a basket without any asks nothing."""
    if not cart.deals:
        return
    ids = {deal.promotion_id for deal in cart.deals}
    found = promotions.list_named(session, ids, seat.till.outlet.id, day)
    if promoting.apply(cart, found).deals != cart.deals:
        raise DealsChanged


def _why_not_open(session: Session, uuid: str) -> AlreadySold | BasketGone:
    number = session.scalar(select(Sale.number).where(Sale.uuid == uuid))
    return AlreadySold(number) if number is not None else BasketGone()


def _take_basket(session: Session, uuid: str, seat: Seat) -> tuple[date, int]:
    """Take the basket out of play; returns the shift's date and the next number.

    Raises AlreadySold, BasketGone, ShiftClosed unless the shift is open, and
    TrainingChanged unless the seat knows whether this is training, and NotPermitted for
    a person who does not sell.
    """
    given = {
        "paid": uuid,
        "shift": seat.shift_id,
        "till": seat.till.id,
        "seller": seat.staff_id,
        "series": seat.series,
    }
    taken = _TAKE_BASKET.rows(session, given)
    if not taken:
        raise _why_not_open(session, uuid)
    [found] = taken
    if found.open_date is None:
        raise ShiftClosed
    if found.role is None or rights.ask(found.role, Act.SELL) is not Answer.YES:
        raise NotPermitted(Deed(Act.SELL, uuid), needs_approval=False)
    if bool(found.is_training) is not seat.is_training:
        raise TrainingChanged
    return found.open_date, (found.last_seq or 0) + 1


_sale, _shift, _staff = table_of(Sale), table_of(Shift), table_of(Staff)
_OPEN_DATE = select(_shift.c.business_date).where(
    _shift.c.id == bindparam("shift"), _shift.c.state == State.OPEN
)
_ROLE = select(_staff.c.role).where(
    _staff.c.id == bindparam("seller"), _staff.c.is_active
)
LAST_SEQ = select(func.max(_sale.c.seq)).where(
    _sale.c.till_id == bindparam("till"), _sale.c.series == bindparam("series")
)
_TAKE_BASKET = Question(
    baskets.MARK_PAID.returning(
        _OPEN_DATE.scalar_subquery().label("open_date"),
        LAST_SEQ.scalar_subquery().label("last_seq"),
        _ROLE.scalar_subquery().label("role"),
        IS_TRAINING.label("is_training"),
    )
)
INSERT_SALE = Prepared(insert(_sale))


def _sale_row(  # the columns of one row
    cart: Cart, bill: Bill, seat: Seat, seq: int, number: str, at: datetime
) -> dict[str, Any]:
    list_total = cart.list_total
    return place_of(cart, seat) | {
        "uuid": cart.uuid,
        "till_id": seat.till.id,
        "series": seat.series,
        "seq": seq,
        "number": number,
        "shift_id": seat.shift_id,
        "staff_id": seat.staff_id,
        "seller": seat.seller,
        "at": at,
        "outlet_id": seat.till.outlet.id,
        "list_fen": list_total,
        "discount_fen": list_total - bill.total,
        "rounding_fen": bill.rounding,
        "net_fen": bill.payable,
    }


def place_of(cart: Cart, seat: Seat) -> dict[str, Any]:
    """Where and to whom is sold, as it is frozen."""
    outlet = seat.till.outlet
    return {
        "outlet": outlet.name,
        "outlet_kind": outlet.kind,
        "channel": outlet.channel,
        "event": outlet.event_name,
        "buyer_kind": cart.buyer_kind or outlet.buyer_kind,
    }

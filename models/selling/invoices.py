"""发票登记: who wants a tax invoice for which receipt, and whether it was issued.

The till issues none itself: the rows are exported for the tax bureau's system, and what
that answered is written down here.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind
from models.errors import MissingField, WrongField
from models.i18n import _
from models.ids import new_uuid
from models.journal import notes
from models.money import Money
from models.people import permits
from models.people.deeds import Deed
from models.people.rights import Act
from models.selling import training
from models.selling.acting import acting
from models.selling.invoice_row import InvoiceRow, InvoiceState, Wanted
from models.selling.refusals import AlreadyInvoiced, InvoiceNotSo, MoreThanPaid
from models.selling.remaining import correctable, left_of
from models.selling.sales import Sale
from models.selling.seat import Seat
from models.written import tidy_field

ALLOWED = {
    (InvoiceState.WANTED, InvoiceState.ISSUED),
    (InvoiceState.ISSUED, InvoiceState.REVERSED),
}


class Invoice(Base):
    """One receipt has one; another only after that was reversed."""

    __tablename__ = "invoice"
    __table_args__ = (
        Index(
            "ux_invoice_sale",
            "sale_id",
            unique=True,
            sqlite_where=text("state <> 'reversed'"),
        ),
        CheckConstraint(
            "state IN ('wanted', 'issued', 'reversed')", name="ck_invoice_state"
        ),
        CheckConstraint("amount_fen > 0", name="ck_invoice_amount"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"))
    title: Mapped[str]  # 抬头
    tax_number: Mapped[str]  # 税号; empty for a person
    amount: Mapped[Money] = mapped_column("amount_fen")
    contact: Mapped[str]  # where the invoice is sent
    state: Mapped[InvoiceState] = mapped_column(Kind(InvoiceState))
    number: Mapped[str]
    red_number: Mapped[str]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


def register(
    session: Session, sale_id: int, wanted: Wanted, seat: Seat, *, at: datetime
) -> int:
    """Note that an invoice is wanted; returns its id.

    Raises NoSuchReceipt, NotASale, TrainingReceipt, InTraining, AlreadyInvoiced,
    MissingField, WrongField, WordsRefused, MoreThanPaid, ShiftClosed, NotPermitted.
    """
    training.refuse(session)
    where = acting(session, seat, at=at)
    left = correctable(session, sale_id, seat)
    if _standing(session, sale_id) is not None:
        raise AlreadyInvoiced(left.number)
    title = tidy_field(wanted.title, _("Invoice title"))
    if not title:
        raise MissingField(_("Invoice title"))
    tax_number = tidy_field(wanted.tax_number, _("Tax number")).upper()
    if tax_number and not is_tax_number(tax_number):
        raise WrongField(_("Tax number"), wanted.tax_number)
    amount = left.net if wanted.amount is None else wanted.amount
    if not Money.ZERO < amount <= left.net:
        raise MoreThanPaid(left.net)
    deed = Deed(Act.INVOICE, left.number, amount, note=title)
    permits.require(session, where, deed)
    invoice = Invoice(
        uuid=new_uuid(),
        sale_id=sale_id,
        title=title,
        tax_number=tax_number,
        amount=amount,
        contact=tidy_field(wanted.contact, _("Contact")),
        state=InvoiceState.WANTED,
        number="",
        red_number="",
        at=at,
        staff_id=seat.staff_id,
    )
    session.add(invoice)
    session.flush()
    _tell(session, invoice, at)
    return invoice.id


def issued(
    session: Session, invoice_id: int, number: str, seat: Seat, *, at: datetime
) -> None:
    """The tax bureau's system issued it under this number.

    Raises MissingField, InvoiceNotSo, MoreThanPaid if so much is not left of the
    receipt any more, ShiftClosed, InTraining, NotPermitted.
    """
    invoice = session.get_one(Invoice, invoice_id)
    left = left_of(session, invoice.sale_id)
    if invoice.amount > left.net and invoice.state is InvoiceState.WANTED:
        raise MoreThanPaid(left.net)
    invoice.number = _change(session, invoice, InvoiceState.ISSUED, number, seat, at)
    session.flush()
    _tell(session, invoice, at)


def reversed_by(
    session: Session, invoice_id: int, red_number: str, seat: Seat, *, at: datetime
) -> None:
    """已红冲: the red-letter invoice of this number takes it back. Raises as issued."""
    invoice = session.get_one(Invoice, invoice_id)
    state = InvoiceState.REVERSED
    invoice.red_number = _change(session, invoice, state, red_number, seat, at)
    session.flush()
    _tell(session, invoice, at)


def _tell(session: Session, invoice: Invoice, at: datetime) -> None:
    """As it stands from now on."""
    notes.note(
        session,
        "invoice",
        at=at,
        uuid=invoice.uuid,
        receipt=session.get_one(Sale, invoice.sale_id).number,
        title=invoice.title,
        tax_number=invoice.tax_number,
        amount=invoice.amount.fen,
        contact=invoice.contact,
        state=invoice.state,
        number=invoice.number,
        red_number=invoice.red_number,
    )


def issued_number(session: Session, sale_id: int) -> str:
    """Of the issued invoice of the receipt, which a refund may make wrong."""
    standing = _standing(session, sale_id)
    return "" if standing is None else standing.number


def needs_reversal(session: Session, sale_id: int) -> str:
    """需红字发票: the number of the issued invoice that a refund made wrong.

    It is wrong once it is over more than is left of the receipt.
    """
    standing = _standing(session, sale_id)
    if standing is None or not standing.number:
        return ""
    is_wrong = standing.amount > left_of(session, sale_id).net
    return standing.number if is_wrong else ""


def find_of(session: Session, sale_id: int) -> InvoiceRow | None:
    """The one that stands for the receipt."""
    standing = _standing(session, sale_id)
    if standing is None:
        return None
    return _rows(session, _ROWS.where(Invoice.id == standing.id))[0]


def list_of(session: Session, sale_id: int) -> list[InvoiceRow]:
    """All of the receipt, those that were reversed first."""
    return _rows(session, _ROWS.where(Invoice.sale_id == sale_id))


def list_between(
    session: Session, first: date, last: date, state: InvoiceState | None = None
) -> list[InvoiceRow]:
    """Those of receipts of these business dates, in the receipts' order."""
    query = _ROWS.where(Sale.business_date >= first, Sale.business_date <= last)
    if state is not None:
        query = query.where(Invoice.state == state)
    return _rows(session, query)


# --- 税号 --------------------------------------------------------------------------

# GB 32100-2015: I, O, S, V and Z are left out; the last of 18 checks the others.
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_OLDER = re.compile(r"[0-9A-Z]{15}|[0-9A-Z]{17}|[0-9A-Z]{20}", re.ASCII)


def is_tax_number(number: str) -> bool:
    """统一社会信用代码 with its check sign, or an older 纳税人识别号 (15, 17 or 20)."""
    if len(number) != 18:
        return _OLDER.fullmatch(number) is not None
    if any(sign not in _SIGNS for sign in number):
        return False
    values = [_SIGNS.index(sign) for sign in number]
    total = sum(
        value * weight for value, weight in zip(values[:17], _WEIGHTS, strict=True)
    )
    return values[17] == -total % 31


# --- in the file --------------------------------------------------------------------


_ROWS = select(Invoice, Sale.number, Sale.business_date).join(
    Sale, Sale.id == Invoice.sale_id
)


def _rows(session: Session, query: Select[Invoice, str, date]) -> list[InvoiceRow]:
    return [
        InvoiceRow(
            row.id,
            receipt,
            day,
            row.title,
            row.tax_number,
            row.amount,
            row.contact,
            row.state,
            row.number,
            row.red_number,
            row.sale_id,
        )
        for row, receipt, day in session.execute(query.order_by(Sale.id, Invoice.id))
    ]


def _standing(session: Session, sale_id: int) -> Invoice | None:
    return session.scalar(
        select(Invoice).where(
            Invoice.sale_id == sale_id, Invoice.state != InvoiceState.REVERSED
        )
    )


def _change(  # what becomes of it, by whom and when
    session: Session,
    invoice: Invoice,
    state: InvoiceState,
    number: str,
    seat: Seat,
    at: datetime,
) -> str:
    """Returns the number as it is stored."""
    number = tidy_field(number, _("Invoice number"))
    if not number:
        raise MissingField(_("Invoice number"))
    if (invoice.state, state) not in ALLOWED:
        raise InvoiceNotSo
    training.refuse(session)
    receipt = session.get_one(Sale, invoice.sale_id).number
    deed = Deed(Act.INVOICE, receipt, invoice.amount, note=number)
    permits.require(session, acting(session, seat, at=at), deed)
    invoice.state = state
    return number

"""发票登记: one receipt, one invoice; a refund of it needs a red one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.errors import MissingField, WordsRefused, WrongField
from models.money import Money
from models.people import acts
from models.people.rights import Act
from models.selling import invoices
from models.selling.invoice_row import InvoiceRow, InvoiceState, Wanted
from models.selling.refusals import AlreadyInvoiced, InvoiceNotSo, MoreThanPaid
from models.selling.returns import Return
from tests import invariants
from tests.refunding import compensate, refund
from tests.shop import AT, DAY, Shop, record, sell

UNIT = Wanted("广州市海珠区某局", "91350100M000100Y43", "fapiao@example.cn")


def _register(shop: Shop, sale_id: int, wanted: Wanted = UNIT) -> int:
    seat = shop.seat()
    with shop.database.write() as session:
        return invoices.register(session, sale_id, wanted, seat, at=AT)


def _issue(shop: Shop, invoice_id: int, number: str = "24440000001") -> None:
    seat = shop.seat()
    with shop.database.write() as session:
        invoices.issued(session, invoice_id, number, seat, at=AT)


def _reverse(shop: Shop, invoice_id: int, number: str = "24440000009") -> None:
    seat = shop.seat()
    with shop.database.write() as session:
        invoices.reversed_by(session, invoice_id, number, seat, at=AT)


def _found(shop: Shop, sale_id: int) -> InvoiceRow | None:
    with shop.database.read() as session:
        return invoices.find_of(session, sale_id)


def test_an_invoice_is_wanted_issued_and_reversed(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 2})
    assert _found(shop, sold.sale_id) is None
    invoice_id = _register(shop, sold.sale_id)
    row = _found(shop, sold.sale_id)
    assert row == InvoiceRow(
        invoice_id,
        sold.number,
        DAY,
        UNIT.title,
        UNIT.tax_number,
        Money(4780),
        UNIT.contact,
        InvoiceState.WANTED,
        "",
        "",
        sold.sale_id,
    )
    _issue(shop, invoice_id)
    assert refund(shop, sold.sale_id).red_invoice == "24440000001"
    _reverse(shop, invoice_id)
    assert _found(shop, sold.sale_id) is None
    with shop.database.read() as session:
        done = [row.act for row in acts.list_of_shift(session, shop.shift_id)]
        reversed_ = invoices.list_between(session, DAY, DAY, InvoiceState.REVERSED)
        assert invoices.list_of(session, sold.sale_id) == reversed_
    assert done == [Act.INVOICE, Act.INVOICE, Act.REFUND, Act.INVOICE]
    assert [(one.number, one.red_number) for one in reversed_] == [
        ("24440000001", "24440000009")
    ]
    invariants.check(shop.database)


def test_one_receipt_is_invoiced_once_and_again_after_a_red_one(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 2})
    first = _register(shop, sold.sale_id)
    with pytest.raises(AlreadyInvoiced) as told:
        _register(shop, sold.sale_id)
    assert sold.number in str(told.value)
    with pytest.raises(InvoiceNotSo) as not_so:
        _reverse(shop, first)
    assert str(not_so.value)
    _issue(shop, first)
    with pytest.raises(InvoiceNotSo):
        _issue(shop, first)
    _reverse(shop, first)
    _register(shop, sold.sale_id)
    with shop.database.read() as session:
        assert len(invoices.list_between(session, DAY, DAY)) == 2


def test_an_invoice_is_over_no_more_than_was_paid_and_is_left(shop: Shop) -> None:
    sold = sell(shop, {"POMELO": 5})
    for amount in (Money(6401), Money.ZERO):
        with pytest.raises(MoreThanPaid):
            _register(shop, sold.sale_id, replace(UNIT, amount=amount))
    invoice_id = _register(shop, sold.sale_id)
    compensated = compensate(shop, sold.sale_id, 1, 1000)
    assert compensated.red_invoice == ""  # wanted only
    with pytest.raises(MoreThanPaid):
        _issue(shop, invoice_id)


def test_a_refund_names_the_invoice_that_it_makes_wrong_and_no_other(
    shop: Shop,
) -> None:
    """Of 64.00 only 30.00 are invoiced: it is right until less than that is left."""
    sold = sell(shop, {"POMELO": 5})
    registered = _register(shop, sold.sale_id, replace(UNIT, amount=Money(3000)))
    with shop.database.read() as session:
        assert invoices.issued_number(session, sold.sale_id) == ""
    _issue(shop, registered)
    with shop.database.read() as session:
        assert invoices.issued_number(session, sold.sale_id) == "24440000001"
    right = refund(shop, sold.sale_id, Return(1, 2))
    assert right.red_invoice == ""
    wrong = refund(shop, sold.sale_id, Return(1, 1))
    assert wrong.red_invoice == "24440000001"
    stored = record(shop, wrong.sale_id)
    assert stored.corrects is not None
    assert stored.corrects.red_invoice == "24440000001"


def test_what_an_invoice_must_say(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 2})
    with pytest.raises(MissingField):
        _register(shop, sold.sale_id, replace(UNIT, title=" "))
    with pytest.raises(WrongField):
        _register(shop, sold.sale_id, replace(UNIT, tax_number="123"))
    with pytest.raises(WordsRefused):
        _register(shop, sold.sale_id, replace(UNIT, contact="\u202e"))
    person = _register(shop, sold.sale_id, Wanted("个人 张三", "", "138"))
    with pytest.raises(MissingField):
        _issue(shop, person, " ")


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("91350100M000100Y4I", False),
        ("440105123456789", True),
        ("44010512345678901", True),
        ("44010512345678901234", True),
        ("4401051234567890", False),
        ("44010512345678９", False),
        ("", False),
    ],
)
def test_a_tax_number_is_checked_by_its_last_sign(number: str, *, is_one: bool) -> None:
    assert invoices.is_tax_number(number) is is_one

"""Papers: one original a sale, numbered copies, jobs that wait until they are sent."""

from __future__ import annotations

from sqlalchemy import text

from models.selling import prints
from models.selling.prints import PrintJobRow, PrintState
from tests import invariants
from tests.shop import AT, Shop, sell


def _waiting(shop: Shop) -> list[PrintJobRow]:
    with shop.database.read() as session:
        rows = prints.list_waiting(session)
        assert prints.count_waiting(session) == len(rows)
    return rows


def test_a_reprint_is_the_next_copy(shop: Shop) -> None:
    first = sell(shop, {"SAUCE": 1}).sale_id
    second = sell(shop, {"BAG": 1}).sale_id
    for sale_id in (first, first, second):
        with shop.database.write() as session:
            prints.queue_copy(session, sale_id, at=AT)
    assert [(job.sale_id, job.copy) for job in _waiting(shop)] == [
        (first, 0),
        (second, 0),
        (first, 1),
        (first, 2),
        (second, 1),
    ]
    assert {job.state for job in _waiting(shop)} == {PrintState.QUEUED}
    with shop.database.read() as session:
        assert prints.has_copy(session, first)
    invariants.check(shop.database)


def test_an_original_is_no_copy(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    with shop.database.read() as session:
        assert not prints.has_copy(session, sold.sale_id)


def test_what_is_sent_waits_no_longer_and_what_failed_does(shop: Shop) -> None:
    for _ in range(3):
        sell(shop, {"SAUCE": 1})
    sent, failed, queued = _waiting(shop)
    with shop.database.write() as session:
        prints.mark(session, sent.id, PrintState.SENT)
        prints.mark(session, failed.id, PrintState.FAILED)
    assert [(job.id, job.state) for job in _waiting(shop)] == [
        (failed.id, PrintState.FAILED),
        (queued.id, PrintState.QUEUED),
    ]


def test_the_bytes_of_a_paper_are_kept_for_a_retry(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    [job] = _waiting(shop)
    with shop.database.write() as session:
        prints.store_content(session, job.id, b"\x1b@paper\x00")
    with shop.database.read() as session:
        assert (
            session.scalar(text("SELECT content FROM print_job")) == b"\x1b@paper\x00"
        )


def test_no_paper_waits_in_the_morning(shop: Shop) -> None:
    assert _waiting(shop) == []

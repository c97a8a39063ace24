"""What must hold in every shop's file, whatever was done to it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock
from models.database import Database
from models.journal.anchors import TipFile
from models.office import summary
from models.office.day_record import DaySummary, Sums
from models.trust import verify

# Each statement finds the rows that break a rule; none may be found.
_BROKEN = {
    "payments sum to the sale's net": """
        SELECT s.number FROM sale s WHERE s.net_fen <>
          (SELECT COALESCE(sum(net_fen), 0) FROM payment p WHERE p.sale_id = s.id)""",
    "a sale that costs something has a payment": """
        SELECT s.number FROM sale s WHERE s.net_fen <> 0
          AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.sale_id = s.id)""",
    "list − discount − rounding = net": """
        SELECT number FROM sale WHERE net_fen <> list_fen - discount_fen - rounding_fen
        UNION SELECT sale_id FROM sale_line
        WHERE net_fen <> list_fen - discount_fen - order_discount_fen - rounding_fen""",
    "the lines sum to the sale": """
        SELECT s.number FROM sale s JOIN sale_line l ON l.sale_id = s.id GROUP BY s.id
        HAVING sum(l.list_fen) <> s.list_fen
          OR sum(l.discount_fen + l.order_discount_fen) <> s.discount_fen
          OR sum(l.rounding_fen) <> s.rounding_fen OR sum(l.net_fen) <> s.net_fen""",
    "no line of a sale is negative, and none of a correction takes money": """
        SELECT sale_id FROM sale_line l JOIN sale s ON s.id = l.sale_id
        WHERE s.kind = 'sale' AND min(l.list_fen, l.discount_fen,
          l.order_discount_fen, l.rounding_fen, l.net_fen, l.amount) < 0
        UNION SELECT sale_id FROM sale_line l JOIN sale s ON s.id = l.sale_id
        WHERE s.kind <> 'sale' AND max(l.list_fen, l.net_fen, l.amount) > 0""",
    "every sale has a line, and no corrected tender has any": """
        SELECT number FROM sale s
        WHERE NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.sale_id = s.id)
          <> (kind = 'correction')""",
    "what corrects a sale says so, and a sale does not": """
        SELECT number FROM sale s LEFT JOIN correction c ON c.sale_id = s.id
        WHERE (s.kind = 'sale') <> (c.sale_id IS NULL)
          OR s.kind IN ('compensation', 'correction') AND c.original_id IS NULL
          OR s.kind = 'correction' AND s.net_fen <> 0
        UNION SELECT o.number FROM correction c JOIN sale o ON o.id = c.original_id
        WHERE o.kind <> 'sale'
        UNION SELECT l.sale_id FROM corrected_line t
        JOIN sale_line l ON l.id = t.line_id JOIN sale_line o ON o.id = t.original_id
        JOIN correction c ON c.sale_id = l.sale_id
        WHERE c.original_id IS NOT o.sale_id OR o.product_id <> l.product_id""",
    "no more goods come back than were sold, no more money than was paid": """
        SELECT o.sale_id, o.line_no FROM sale_line o
        JOIN corrected_line t ON t.original_id = o.id
        JOIN sale_line l ON l.id = t.line_id GROUP BY o.id
        HAVING o.amount + sum(l.amount) < 0 OR o.net_fen + sum(l.net_fen) < 0
          OR o.list_fen + sum(l.list_fen) < 0
          OR o.amount + sum(l.amount) = 0 AND o.net_fen + sum(l.net_fen) > 9
        UNION SELECT o.sale_id, o.position FROM payment o
        JOIN corrected_payment t ON t.original_id = o.id
        JOIN payment p ON p.id = t.payment_id GROUP BY o.id
        HAVING o.net_fen + sum(p.net_fen) < 0
        UNION SELECT p.sale_id, p.position FROM payment p
        JOIN sale s ON s.id = p.sale_id JOIN correction c ON c.sale_id = s.id
        WHERE p.net_fen < 0 AND c.original_id IS NOT NULL AND NOT EXISTS
          (SELECT 1 FROM corrected_payment t WHERE t.payment_id = p.id)""",
    "a paper slip is entered once a day, and not before it was written": """
        SELECT e.sale_id FROM late_entry e JOIN sale s ON s.id = e.sale_id
        WHERE e.entered_at < s.at OR s.kind <> 'sale'
        UNION SELECT slip FROM late_entry e JOIN sale s ON s.id = e.sale_id
        GROUP BY s.series, slip, (s.at + 28800000) / 86400000 HAVING count(*) > 1""",
    "of a closed date every shift was handed over before it was signed": """
        SELECT s.number FROM shift s JOIN day_close d USING (business_date)
        LEFT JOIN shift_answer a ON a.shift_id = s.id AND a.answer = 'accepted'
        WHERE s.state <> 'accepted' OR a.id IS NULL
          OR (SELECT seq FROM journal  -- clocks may be turned, records have an order
              WHERE kind = 'handover.accepted' AND first_row = a.id)
          > (SELECT seq FROM journal WHERE kind = 'day_close' AND first_row = d.id)""",
    "an invoice is over a sale and says what became of it": """
        SELECT i.id FROM invoice i JOIN sale s ON s.id = i.sale_id
        WHERE s.kind <> 'sale' OR i.amount_fen > s.net_fen
          OR (i.state = 'wanted') <> (i.number = '')
          OR (i.state = 'reversed') <> (i.red_number <> '')""",
    "what is left of the tenders is what is left of the lines": """
        SELECT s.number FROM sale s WHERE s.kind = 'sale' AND (
          SELECT s.net_fen + COALESCE(sum(d.net_fen), 0) FROM correction c
          JOIN sale d ON d.id = c.sale_id WHERE c.original_id = s.id) <> (
          SELECT COALESCE(sum(p.net_fen), 0) FROM payment p
          WHERE p.sale_id = s.id OR p.sale_id IN
            (SELECT sale_id FROM correction c WHERE c.original_id = s.id))""",
    "exchanges sum to nothing": """
        SELECT shift_id FROM payment WHERE method = 'exchange'
        GROUP BY shift_id HAVING sum(net_fen) <> 0""",
    "抹零 has its row exactly where it was given": """
        SELECT s.number FROM sale s LEFT JOIN rounding r ON r.sale_id = s.id
        WHERE COALESCE(r.fen, 0) <> s.rounding_fen""",
    "a gift box costs what its parts cost": """
        SELECT b.sale_id FROM sale_bundle b LEFT JOIN sale_line l
          ON l.sale_id = b.sale_id AND l.line_no = b.line_no AND l.part_no > 0
        JOIN sale s ON s.id = b.sale_id AND s.kind = 'sale'
        GROUP BY b.sale_id, b.line_no
        HAVING COALESCE(sum(l.list_fen - l.discount_fen), -1) <> b.count * b.price_fen
          - (SELECT COALESCE(sum(h.amount_fen), 0) FROM sale_discount_share h
             JOIN sale_discount d USING (sale_id, position) WHERE d.kind = 'line'
             AND h.sale_id = b.sale_id AND h.line_no = b.line_no)
        UNION SELECT l.sale_id FROM sale_line l WHERE l.part_no > 0 AND NOT EXISTS
          (SELECT 1 FROM sale_bundle b
           WHERE b.sale_id = l.sale_id AND b.line_no = l.line_no)""",
    "what was taken off is borne by lines, to the fen": """
        SELECT d.sale_id, d.position FROM sale_discount d
        LEFT JOIN sale_discount_share h USING (sale_id, position)
        GROUP BY d.sale_id, d.position HAVING COALESCE(sum(h.amount_fen), 0)
          <> d.amount_fen OR d.amount_fen = 0
        UNION SELECT l.sale_id, l.line_no FROM sale_line l
        JOIN sale s ON s.id = l.sale_id AND s.kind = 'sale'
        WHERE l.order_discount_fen <> (
          SELECT COALESCE(sum(h.amount_fen), 0) FROM sale_discount_share h
          JOIN sale_discount d USING (sale_id, position)
          WHERE d.kind NOT IN ('price', 'line') AND h.sale_id = l.sale_id
            AND h.line_no = l.line_no AND h.part_no = l.part_no)""",
    "movements sum to what is on hand": """
        SELECT outlet_id, product_id, sum(amount) FROM (
          SELECT outlet_id, product_id, amount FROM stock_movement
          UNION ALL SELECT outlet_id, product_id, -on_hand FROM stock)
        GROUP BY outlet_id, product_id HAVING sum(amount) <> 0""",
    "what was sold left the shelf": """
        SELECT sale_id, product_id FROM (
          SELECT l.sale_id, l.product_id, l.amount FROM sale_line l
          JOIN sale s ON s.id = l.sale_id AND s.series = 'A'
          UNION ALL SELECT sale_id, product_id, amount FROM stock_movement
          WHERE sale_id IS NOT NULL AND reason <> 'waste')
        GROUP BY sale_id, product_id HAVING sum(amount) <> 0""",
    "a transfer or repacking has both its sides": """
        SELECT act FROM stock_movement WHERE reason IN ('transfer', 'repack')
        GROUP BY act HAVING min(amount) >= 0 OR max(amount) <= 0
          OR reason = 'transfer' AND sum(amount) <> 0""",
    "receipt numbers have no gap": """
        SELECT till_id, series, max(seq), count(*) FROM sale GROUP BY till_id, series
        HAVING min(seq) <> 1 OR max(seq) <> count(*)""",
    "a receipt's number is its till's code and count": """
        SELECT s.number FROM sale s JOIN till t ON t.id = s.till_id
        WHERE s.number <> t.code || '-' || CASE s.series WHEN 'A' THEN ''
          ELSE s.series END || printf('%06d', s.seq)""",
    "what is practised is corrected in training, and nothing else is": """
        SELECT d.number FROM correction c JOIN sale d ON d.id = c.sale_id
        JOIN sale o ON o.id = c.original_id WHERE o.series <> d.series
        UNION SELECT s.number FROM sale s JOIN basket b ON b.uuid = s.uuid
        WHERE b.is_training <> (s.series <> 'A')
        UNION SELECT s.number FROM sale s JOIN invoice i ON i.sale_id = s.id
        WHERE s.series <> 'A'
        UNION SELECT s.number FROM sale s WHERE s.series NOT IN ('A', 'T')""",
    "shift numbers have no gap": """
        SELECT till_id FROM shift GROUP BY till_id
        HAVING min(number) <> 1 OR max(number) <> count(*)""",
    "every sale was a basket, and every paid basket is a sale": """
        SELECT uuid FROM sale WHERE kind = 'sale'
          AND uuid NOT IN (SELECT uuid FROM basket WHERE state = 'paid')
        UNION SELECT uuid FROM basket
        WHERE state = 'paid' AND uuid NOT IN (SELECT uuid FROM sale)""",
    "all rows of a sale carry its business date": """
        SELECT s.number FROM sale s JOIN shift h ON h.id = s.shift_id
        WHERE h.business_date <> s.business_date OR h.till_id <> s.till_id
        UNION SELECT l.sale_id FROM sale_line l JOIN sale s ON s.id = l.sale_id
        WHERE l.business_date <> s.business_date OR l.local_hour <> s.local_hour
          OR l.channel <> s.channel OR l.outlet <> s.outlet OR l.event <> s.event
          OR l.buyer_kind <> s.buyer_kind
        UNION SELECT p.sale_id FROM payment p JOIN sale s ON s.id = p.sale_id
        WHERE p.business_date <> s.business_date OR p.shift_id <> s.shift_id
          OR p.till_id <> s.till_id OR p.staff_id <> s.staff_id
        UNION SELECT m.sale_id FROM stock_movement m JOIN sale s ON s.id = m.sale_id
        WHERE m.business_date <> s.business_date OR m.outlet_id <> s.outlet_id""",
    "each sale has one original paper": """
        SELECT s.number FROM sale s LEFT JOIN print_job j
          ON j.sale_id = s.id AND j.copy = 0
        GROUP BY s.id HAVING count(j.id) <> 1""",
    "Z numbers have no gap": """
        SELECT till_id FROM z_close GROUP BY till_id
        HAVING min(number) <> 1 OR max(number) <> count(*)""",
    "no open shift has a Z, and what was counted has one": """
        SELECT h.number FROM shift h LEFT JOIN z_close z ON z.shift_id = h.id
        WHERE z.id IS NOT NULL AND (h.state = 'open' OR z.till_id <> h.till_id
            OR z.business_date <> h.business_date)
          OR z.id IS NULL AND h.state IN ('counted', 'accepted')""",
    "a Z is the sum of its shift's sales and payments": """
        SELECT z.number FROM z_close z WHERE json_extract(body, '$.sums.net') <>
          (SELECT COALESCE(sum(net_fen), 0) FROM sale s
           WHERE s.shift_id = z.shift_id AND s.series = 'A')
        OR json_extract(body, '$.sums.net') <>
          (SELECT COALESCE(sum(value ->> 'sales' - value ->> 'refunds'), 0)
           FROM json_each(body, '$.tenders'))
        OR json_extract(body, '$.sums.net') <>
          json_extract(body, '$.sums.gross') - json_extract(body, '$.sums.discounts')
          - json_extract(body, '$.sums.rounding')
          - json_extract(body, '$.sums.refunds')""",
    "each cut of a Z sums to its net": """
        SELECT z.number, cut.value FROM z_close z,
          json_each('["$.categories", "$.regions", "$.channels"]') cut
        WHERE json_extract(body, '$.sums.net') <>
          (SELECT COALESCE(sum(value ->> 'net'), 0) FROM json_each(body, cut.value))""",
    "a drawer is its float and its movements": """
        SELECT z.number FROM z_close z JOIN shift h ON h.id = z.shift_id
        WHERE json_extract(body, '$.drawer.float_') + json_extract(body,
            '$.drawer.sales') - json_extract(body, '$.drawer.refunds')
          + (SELECT COALESCE(sum(value ->> 'amount'), 0)
             FROM json_each(body, '$.drawer.movements'))
        <> h.float_fen + (SELECT COALESCE(sum(p.net_fen), 0)
            FROM payment p JOIN sale s ON s.id = p.sale_id
            WHERE p.shift_id = h.id AND p.method = 'cash' AND s.series = 'A')
          + (SELECT COALESCE(sum(amount_fen), 0) FROM cash_movement m
             WHERE m.shift_id = h.id)""",
    "a till's perpetual total is all that it ever sold": """
        SELECT z.number FROM z_close z JOIN shift h ON h.id = z.shift_id
        WHERE z.perpetual_fen <> json_extract(body, '$.perpetual')
          OR z.perpetual_fen <> (SELECT COALESCE(sum(s.net_fen), 0)
            FROM sale s JOIN shift o ON o.id = s.shift_id
            WHERE o.till_id = h.till_id AND o.number <= h.number
              AND s.series = 'A')""",
    "what a count expected is what its Z says": """
        SELECT c.id FROM shift_count c JOIN z_close z ON z.shift_id = c.shift_id
        WHERE c.expected_fen <> CASE c.method WHEN 'cash' THEN
            json_extract(body, '$.drawer.float_') + json_extract(body,
              '$.drawer.sales') - json_extract(body, '$.drawer.refunds')
            + (SELECT COALESCE(sum(value ->> 'amount'), 0)
               FROM json_each(body, '$.drawer.movements'))
          ELSE (SELECT COALESCE(sum(value ->> 'sales' - value ->> 'refunds'), 0)
            FROM json_each(body, '$.tenders')
            WHERE value ->> 'account_id' = c.account_id) END""",
    "rounds of a count follow each other": """
        SELECT shift_id, method, account_id FROM shift_count
        GROUP BY shift_id, method, account_id
        HAVING min(round) <> 1 OR max(round) <> count(*)""",
    "notes and coins come to what was counted": """
        SELECT c.id FROM shift_count c LEFT JOIN counted_pieces p ON p.count_id = c.id
        WHERE c.method = 'cash' GROUP BY c.id
        HAVING COALESCE(sum(face_fen * (whole + torn)), 0) <> c.counted_fen
          OR COALESCE(sum(face_fen * suspect), 0) <> c.suspect_fen""",
    "what was signed is the difference that was counted": """
        SELECT v.count_id FROM shift_variance v JOIN shift_count c ON c.id = v.count_id
        WHERE v.amount_fen <> c.variance_fen""",
    "what was split is what was counted": """
        SELECT p.id FROM shift_split p LEFT JOIN shift_count c
          ON c.shift_id = p.shift_id AND c.round = p.round AND c.method = 'cash'
        WHERE c.id IS NULL OR c.counted_fen <> p.counted_fen""",
    "a shift's state is what happened to it": """
        SELECT h.number, h.state FROM shift h WHERE h.state <> CASE
          WHEN EXISTS (SELECT 1 FROM shift_answer a WHERE a.shift_id = h.id
            AND a.answer = 'accepted') THEN 'accepted'
          WHEN EXISTS (SELECT 1 FROM shift_count c WHERE c.shift_id = h.id
            AND c.method = 'cash') THEN 'counted'
          WHEN h.sealed_at IS NOT NULL THEN 'sealed' ELSE 'open' END""",
    "who took a drawer over had not counted it, or was alone": """
        SELECT a.shift_id FROM shift_answer a LEFT JOIN shift_count c
          ON c.shift_id = a.shift_id AND c.round = a.round AND c.method = 'cash'
        WHERE c.id IS NULL OR a.answer = 'accepted'
          AND (a.staff_id = c.staff_id) <> a.is_self_signed""",
    "what was taken over was signed and split": """
        SELECT a.shift_id FROM shift_answer a JOIN shift_count c
          ON c.shift_id = a.shift_id AND c.round = a.round AND c.method = 'cash'
        WHERE a.answer = 'accepted' AND (
          NOT EXISTS (SELECT 1 FROM shift_split p
            WHERE p.shift_id = a.shift_id AND p.round = a.round)
          OR c.variance_fen <> 0 AND NOT EXISTS
            (SELECT 1 FROM shift_variance v WHERE v.count_id = c.id))""",
    "a correction is the opposite of what it corrects": """
        SELECT m.id FROM cash_movement m JOIN cash_movement w ON w.id = m.reverses_id
        WHERE m.amount_fen <> -w.amount_fen OR m.till_id <> w.till_id""",
    "cash moves on its shift's till and day": """
        SELECT m.id FROM cash_movement m JOIN shift h ON h.id = m.shift_id
        WHERE m.till_id <> h.till_id OR m.business_date <> h.business_date""",
    "of a personal code no more is handed over than its shift took": """
        SELECT shift_id, account_id, sum(amount_fen) AS handed,
          (SELECT COALESCE(sum(p.net_fen), 0) FROM payment p
           JOIN sale s ON s.id = p.sale_id
           WHERE p.shift_id = h.shift_id AND p.account_id = h.account_id
             AND p.account_kind = 'personal' AND s.series = 'A') AS taken
        FROM personal_handover h GROUP BY shift_id, account_id
        HAVING handed NOT BETWEEN min(taken, 0) AND max(taken, 0)""",
    "of a shift that still sells nothing is handed over": """
        SELECT p.id FROM personal_handover p JOIN shift h ON h.id = p.shift_id
        WHERE h.state = 'open'""",
    "every foreign key points to something": "PRAGMA foreign_key_check",
}


def check(database: Database, *, anchor: TipFile | None = None) -> None:
    """Every rule of this module on the file, SQLite's quick check, the journal."""
    with database.read() as session:
        for rule, statement in _BROKEN.items():
            broken = session.connection().exec_driver_sql(statement).fetchmany(5)
            assert not broken, (rule, broken)
        for day in _days(session):
            _check_cuts(summary.summarize(session, day, at=datetime.now(UTC)))
    database.check()
    report = verify.verify(database, key=database.journal_key, anchor=anchor)
    assert report.is_good, report.breaks


def _days(session: Session) -> list[date]:
    found = session.scalars(text("SELECT DISTINCT business_date FROM sale"))
    return [clock.from_day_number(number) for number in found]


def _check_cuts(day: DaySummary) -> None:
    """Every cut of the day's summary comes to the same, to the fen."""
    for cut in (day.counties, day.schemes, day.places, day.products):
        assert summary.total_of(tuple(row.sums for row in cut)) == day.sums, cut
        assert sum(row.goods.pieces for row in cut) == day.goods.pieces, cut
        assert sum(row.goods.grams for row in cut) == day.goods.grams, cut
        for row in cut:
            _check_sums(row.sums)
    _check_sums(day.sums)
    assert sum(row.net.fen for row in day.tenders) == day.sums.net.fen, day.tenders
    assert sum(row.net.fen for row in day.hours) == day.sums.net.fen, day.hours
    assert sum(row.receipts for row in day.places) == day.receipts, day.places
    assert sum(row.receipts for row in day.hours) == day.receipts, day.hours


def _check_sums(sums: Sums) -> None:
    assert sums.list_total - sums.discount - sums.rounding == sums.net, sums

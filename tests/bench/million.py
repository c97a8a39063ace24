"""A shop's file with a million sales over a thousand days, made by SQL and kept."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date, timedelta
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from models import schema
from models.file_format import FILE_NAME
from models.journal.kinds import MARKS
from tests.bench import shop

CACHE = Path(__file__).resolve().parents[2] / ".bench-cache"
SALES, DAYS = 1_000_000, 1000
FIRST_DAY = date(2021, 1, 1)
A_DAY = FIRST_DAY + timedelta(days=617)  # far from both ends


def million_sales() -> Path:
    """The file, made anew (in about a minute) whenever its tables have changed."""
    folder = CACHE / f"million-{_version()}"
    if not (folder / FILE_NAME).exists():
        for old in CACHE.glob("m*"):
            shutil.rmtree(old)
        making = CACHE / "making"
        making.mkdir(parents=True)
        shop.open_shop(making / FILE_NAME).database.close()
        _fill(making / FILE_NAME)
        making.rename(folder)
    return folder / FILE_NAME


def _version() -> str:
    """Stands for all that the file is made from."""
    steps = Path(schema.__file__).with_name("migrations") / "versions"
    sources = [*sorted(steps.glob("*.py")), Path(__file__), Path(shop.__file__)]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources))
    return digest.hexdigest()[:12]


def _fill(path: Path) -> None:
    """Nothing is synced: a file that was not finished keeps its other name."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("BEGIN")
    for statement in (
        _SHIFTS,
        _LINES,
        _SALES,
        _PAYMENTS,
        _MOVEMENTS,
        _PRINT_JOBS,
        _BASKETS,
        _STOCK,
    ):
        connection.execute(statement)
    connection.execute(_TOLD)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


# Shift 1 is the open one that the shop has already; the nth day's is shift n + 2.
_SHIFTS = f"""
INSERT INTO shift (id, uuid, till_id, number, business_date, state, opened_at,
  opened_by, float_fen, sealed_at, sealed_by)
WITH RECURSIVE day (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM day
  WHERE n < {DAYS - 1})
SELECT n + 2, printf('00000000-0000-7000-8000-%012x', n), 1, n + 2,
  CAST(strftime('%Y%m%d', '{FIRST_DAY}', n || ' days') AS INTEGER), 'accepted',
  unixepoch('{FIRST_DAY}', n || ' days', '1 hours') * 1000, 1, 20000,
  unixepoch('{FIRST_DAY}', n || ' days', '12 hours') * 1000, 1 FROM day"""  # noqa: S608  # constants

_LINES = f"""
INSERT INTO sale_line (sale_id, line_no, part_no, business_date, local_hour, product_id,
  sku, barcode, name, name_en, unit, amount, pack_size, list_price_fen, price_fen,
  reason, list_fen, discount_fen, order_discount_fen, rounding_fen, net_fen, cost_fen,
  tax_rate_bp, region_code, province, prefecture, county, county_en, scheme, supplier,
  village, terms, category, is_certified, certificate, channel, outlet, event,
  buyer_kind)
WITH RECURSIVE
  sold (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM sold WHERE i < {SALES - 1}),
  line (k) AS (VALUES (0), (1), (2)),
  part AS (SELECT i, k, i / {SALES // DAYS} AS n, i % {SALES // DAYS} AS at,
    1 + (i * 7 + i / 1000 + k * 13) % {shop.GOODS} AS sold_id FROM sold, line)
SELECT i + 1, k + 1, 0, t.business_date, 9 + at * 11 / {SALES // DAYS}, p.id,
  p.sku, COALESCE(b.code, ''), p.name, p.name_en, p.unit,
  iif(p.unit = 'gram', 500 + i % 10 * 100, 1 + (i + k) % 3), 1, p.price_fen,
  p.price_fen, '',
  iif(p.unit = 'gram', p.price_fen * (500 + i % 10 * 100) / 1000,
    p.price_fen * (1 + (i + k) % 3)), 0, 0, 0,
  iif(p.unit = 'gram', p.price_fen * (500 + i % 10 * 100) / 1000,
    p.price_fen * (1 + (i + k) % 3)), p.cost_fen,
  p.tax_rate_bp, r.code, r.province, r.prefecture, r.county, r.county_en, r.scheme,
  s.name, s.town || s.village, s.terms, c.name, p.is_certified, p.certificate,
  o.channel, o.name, e.name, o.buyer_kind
FROM part JOIN shift t ON t.id = n + 2 JOIN product p ON p.id = sold_id
  JOIN region r ON r.code = p.region_code JOIN supplier s ON s.id = p.supplier_id
  JOIN category c ON c.id = p.category_id JOIN outlet o ON o.id = 1
  JOIN event e ON e.id = o.event_id LEFT JOIN barcode b ON b.product_id = p.id"""  # noqa: S608  # constants

_SALES = """
INSERT INTO sale (id, uuid, till_id, series, seq, number, shift_id, staff_id, seller,
  at, business_date, local_hour, outlet_id, outlet, outlet_kind, channel, event,
  buyer_kind, list_fen, discount_fen, rounding_fen, net_fen)
SELECT l.sale_id, printf('00000000-0000-7000-8001-%012x', l.sale_id), 1, 'A', l.sale_id,
  printf('T01-%06d', l.sale_id), t.id, 1, s.name,
  t.opened_at + (l.local_hour - 9) * 3600000, l.business_date, l.local_hour, o.id,
  o.name, o.kind, o.channel, l.event, o.buyer_kind, sum(l.list_fen), 0, 0,
  sum(l.net_fen)
FROM sale_line l JOIN shift t ON t.business_date = l.business_date
  JOIN outlet o ON o.id = 1 JOIN staff s ON s.id = 1 GROUP BY l.sale_id"""

# One customer of four pays in cash.
_PAYMENTS = """
INSERT INTO payment (sale_id, position, till_id, shift_id, staff_id, business_date,
  method, account_id, holder, account_kind, reference, tendered_fen, change_fen,
  net_fen)
SELECT s.id, 1, 1, s.shift_id, 1, s.business_date, iif(s.id % 4, 'wechat', 'cash'),
  iif(s.id % 4, a.id, NULL), iif(s.id % 4, a.holder, ''), iif(s.id % 4, a.kind, NULL),
  '', s.net_fen, 0, s.net_fen FROM sale s JOIN account a ON a.id = 1"""

_MOVEMENTS = """
INSERT INTO stock_movement (uuid, act, outlet_id, product_id, amount, reason, at,
  business_date, till_id, shift_id, staff_id, sale_id, note)
SELECT printf('00000000-0000-7000-8002-%012x', l.id), s.uuid, s.outlet_id, l.product_id,
  -l.amount, 'sale', s.at, s.business_date, 1, s.shift_id, 1, s.id, ''
FROM sale_line l JOIN sale s ON s.id = l.sale_id"""

_PRINT_JOBS = """
INSERT INTO print_job (uuid, sale_id, copy, state, created_at, content)
SELECT printf('00000000-0000-7000-8003-%012x', id), id, 0, 'sent', at, NULL FROM sale"""

_BASKETS = """
INSERT INTO basket (uuid, till_id, staff_id, state, content, changed_at)
SELECT uuid, 1, 1, 'paid', '', at FROM sale"""

_STOCK = """
UPDATE stock SET on_hand = m.total FROM (SELECT outlet_id, product_id,
    sum(amount) AS total FROM stock_movement GROUP BY outlet_id, product_id) m
WHERE m.outlet_id = stock.outlet_id AND m.product_id = stock.product_id"""

# Made by SQL, they have no records: the till goes on from here.
_TOLD = f"UPDATE journal_tip SET told = {MARKS}"  # noqa: S608  # names of ours

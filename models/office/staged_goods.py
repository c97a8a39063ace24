"""An import laid out as tables beside the shop's: a few statements then store it all.

Laying out is done ahead, outside of any transaction of the shop's file, so that storing
50,000 rows keeps a sale waiting for half a second (RULINGS.md 14).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import column, func, select, table, text
from sqlalchemy.orm import Session

from models import clock
from models.goods import drafts, prices, search_index, stock
from models.goods.drafts import OTHER_CATEGORY, ProductDraft
from models.goods.initials import initials_of
from models.goods.prices import PriceSource
from models.goods.search_terms import Goods, terms_of
from models.ids import new_uuid
from models.money import Money
from models.office.aside import Steps
from models.office.import_plan import Change, Planned, Preview
from models.office.refusals import ChangedSince
from models.office.stored_goods import Details

# What an import may change of a product, as the file has it.
_FIELDS = (
    "name, name_en, category, county, supplier, is_bundle, unit, unit_name, spec, "
    "price, cost, plu, is_certified, certificate, shelf_life_days, tax_rate_bp, "
    "below_zero, is_active, parts"
)
_TABLES = {
    # n orders them; new ones have no id, and count among themselves
    "staged_goods": "n INTEGER PRIMARY KEY, id, new_no, uuid, sku UNIQUE, initials, "
    f"opening, move_uuid, price_uuid, terms, {_FIELDS}",
    "staged_seen": f"id INTEGER PRIMARY KEY, {_FIELDS}",  # what stood there
    "staged_code": "code, n, pack_size, price",
    "staged_part": "n, position, sku, amount",
    "staged_supplier": "name, uuid, town, village, terms, "
    "was_there, old_town, old_village, old_terms",
}

_AT_ONCE = 200  # goods put into the index of the search in one transaction
_Row = tuple[Any, ...]


def lay_out(connection: sqlite.Connection, preview: Preview, steps: Steps) -> None:
    """Make the tables in a file of their own and fill them."""
    connection.execute("BEGIN")
    _fill(connection, preview, steps, kind="TABLE")
    connection.execute("COMMIT")


def lay_out_here(session: Session, preview: Preview) -> None:
    """Make the tables in the session's own connection, for as long as it wants them."""
    driver = session.connection().connection.driver_connection
    assert driver is not None
    _fill(driver, preview, Steps(0), kind="TEMP TABLE")


def clear_here(session: Session) -> None:
    for name in _TABLES:
        session.execute(text(f"DROP TABLE {name}"))


def _fill(
    connection: sqlite.Connection, preview: Preview, steps: Steps, *, kind: str
) -> None:
    for name, columns in _TABLES.items():
        connection.execute(f"CREATE {kind} {name} ({columns})")
    # boxes last: their parts may stand in later rows
    todo = [one for one in preview.drafts if one.change is not Change.SAME]
    todo.sort(key=lambda one: bool(one.draft.parts))
    content: dict[str, Iterable[_Row]] = {
        "staged_goods": _goods(todo, steps),
        "staged_seen": _seen(preview.drafts),
        "staged_code": _codes(todo),
        "staged_part": _parts(todo),
        "staged_supplier": _suppliers(todo, preview),
    }
    for name, rows in content.items():
        marks = ", ".join("?" for _one in _TABLES[name].split(","))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608  # our own names


def _goods(todo: list[Planned], steps: Steps) -> Iterator[_Row]:
    new = 0
    for n, one in enumerate(todo):
        draft, stored = one.draft, one.stored
        initials = initials_of(draft.name)
        new += stored is None
        is_repriced = stored is not None and stored.draft.price != draft.price
        yield (
            n,
            stored.id if stored else None,
            None if stored else new,
            None if stored else new_uuid(),
            draft.sku,
            initials,
            one.opening,
            new_uuid() if one.opening else None,
            new_uuid() if is_repriced else None,
            terms_of(
                Goods(draft.name, draft.name_en, initials, draft.sku, _all_codes(draft))
            ),
            *_fields(draft),
        )
        steps.step()


def _all_codes(draft: ProductDraft) -> tuple[str, ...]:
    return tuple(pack.code for pack in draft.barcodes)


def _seen(planned: Iterable[Planned]) -> Iterator[_Row]:
    for one in planned:
        if one.stored is not None:
            yield one.stored.id, *_fields(one.stored.draft)


def _fields(draft: ProductDraft) -> _Row:
    return (
        draft.name,
        draft.name_en,
        draft.category or OTHER_CATEGORY,
        draft.county_code or None,
        draft.supplier or None,
        int(bool(draft.parts)),
        draft.unit.value,
        draft.unit_name,
        draft.spec,
        _fen(draft.price),
        _fen(draft.cost),
        drafts.plu_of(draft),
        int(draft.is_certified),
        draft.certificate,
        draft.shelf_life_days,
        draft.tax_rate_bp,
        draft.below_zero.value,
        int(draft.is_active),
        " ".join(f"{part.sku}:{part.amount}" for part in draft.parts),
    )


def _fen(amount: Money | None) -> int | None:
    return None if amount is None else amount.fen


def _codes(todo: list[Planned]) -> Iterator[_Row]:
    """Codes that are new, and packs that are described anew."""
    for n, one in enumerate(todo):
        old = one.stored.draft.barcodes if one.stored else ()
        for pack in one.draft.barcodes:
            if pack not in old:
                yield pack.code, n, pack.pack_size, _fen(pack.price)


def _parts(todo: list[Planned]) -> Iterator[_Row]:
    for n, one in enumerate(todo):
        if one.stored is None or one.stored.draft.parts != one.draft.parts:
            for position, part in enumerate(one.draft.parts):
                yield n, position, part.sku, part.amount


def _suppliers(todo: list[Planned], preview: Preview) -> Iterator[_Row]:
    named = {one.draft.supplier: one.draft for one in todo if one.draft.supplier}
    for name, draft in named.items():
        old = preview.suppliers.get(name)
        before = _details(old) if old is not None else (None, None, None)
        now = draft.town, draft.village, draft.terms.value
        yield name, new_uuid(), *now, int(old is not None), *before


def _details(details: Details) -> tuple[str, str, str]:
    return details.town, details.village, details.terms.value


# --- in the shop's transaction ------------------------------------------------------


def store(
    session: Session, *, outlet_id: int, at: datetime, staff_id: int | None = None
) -> None:
    """Store all that is laid out, in the caller's transaction.

    Raises ChangedSince if the goods are not what they were at the look.
    """
    if any(session.scalar(text(check)) for check in _CHANGED):
        raise ChangedSince
    there = session.execute(_THERE).mappings().one()
    _record_prices(session, at, staff_id)
    for statement in _STORE:
        session.execute(text(statement), dict(there))
    if session.scalar(text(_BOX_IN_A_BOX)):
        raise ChangedSince
    opening = _g.opening > 0
    day = clock.business_date(at)
    act = stock.Act(outlet_id, stock.Reason.OPENING, at, day, staff_id=staff_id)
    ids = func.coalesce(_g.id, there["last"] + _g.new_no)
    stock.move_selected(
        session, act, select(_g.move_uuid, ids, _g.opening).where(opening)
    )
    search_index.put_many(session, session.scalars(select(ids)))


def let_some_be_found(session: Session) -> bool:
    """Put some of what was stored into the index of the search; whether any are left.

    Call it in a transaction of its own until nothing is left. Should that not happen,
    the next start of the till does it, more slowly.
    """
    found = session.execute(_SOME_DUE, {"most": _AT_ONCE}).all()
    if found:
        search_index.put_ready(session, {row.product_id: row.terms for row in found})
    return len(found) == _AT_ONCE


def _record_prices(session: Session, at: datetime, staff_id: int | None) -> None:
    product, goods = table("product", column("id"), column("price_fen")), _goods_table
    changes = (
        select(_g.price_uuid, _g.id, product.c.price_fen, _g.price)
        .join_from(goods, product, product.c.id == _g.id)
        .where(_g.price_uuid.is_not(None))
    )
    prices.record_selected(
        session, changes, at=at, source=PriceSource.IMPORT, staff_id=staff_id
    )


_goods_table = table(
    "staged_goods",
    *map(column, ("id", "new_no", "opening", "move_uuid", "price_uuid", "price")),
)
_g = _goods_table.c

_THERE = text("SELECT COALESCE(max(id), 0) AS last, count(*) AS count FROM product")
_SOME_DUE = text("""SELECT d.product_id, g.terms
  FROM search_due d CROSS JOIN product p ON p.id = d.product_id
  CROSS JOIN staged_goods g ON g.sku = p.sku
  ORDER BY d.product_id LIMIT :most""")
_ID = "COALESCE(g.id, :last + g.new_no)"
_JOINS = """LEFT JOIN category c ON c.id = p.category_id
  LEFT JOIN supplier s ON s.id = p.supplier_id"""
_NOW = """p.name, p.name_en, c.name, p.region_code, s.name, p.is_bundle, p.unit,
  p.unit_name, p.spec, p.price_fen, p.cost_fen, p.plu, p.is_certified, p.certificate,
  p.shelf_life_days, p.tax_rate_bp, p.below_zero, p.is_active, COALESCE((
    SELECT group_concat(part.sku || ':' || b.amount, ' ' ORDER BY b.position)
    FROM bundle_part b JOIN product part ON part.id = b.product_id
    WHERE b.bundle_id = p.id), '')"""
_OLD = ", ".join(f"x.{name}" for name in _FIELDS.split(", "))

# Each asks whether the goods are no longer what they were.
_CHANGED = (
    f"""SELECT EXISTS (SELECT 1 FROM staged_seen x LEFT JOIN product p ON p.id = x.id
      {_JOINS} WHERE ({_NOW}) IS NOT ({_OLD}))""",  # noqa: S608  # constants
    """SELECT EXISTS (SELECT 1 FROM staged_goods g CROSS JOIN product p ON p.sku = g.sku
      WHERE p.id IS NOT g.id)""",
    """SELECT EXISTS (SELECT 1 FROM staged_goods g CROSS JOIN product p ON p.plu = g.plu
      WHERE p.id IS NOT g.id)""",
    """SELECT EXISTS (
      SELECT 1 FROM staged_code x CROSS JOIN staged_goods g ON g.n = x.n
      CROSS JOIN barcode b ON b.code = x.code WHERE b.product_id IS NOT g.id)""",
    """SELECT EXISTS (
      SELECT 1 FROM staged_supplier x LEFT JOIN supplier s ON s.name = x.name
      WHERE (s.id IS NOT NULL, s.town, s.village, s.terms)
        IS NOT (x.was_there, x.old_town, x.old_village, x.old_terms))""",
)
_BOX_IN_A_BOX = """SELECT EXISTS (SELECT 1 FROM bundle_part b
  JOIN product p ON p.id = b.product_id WHERE p.is_bundle)"""

_COLUMNS = """name, name_en, category_id, region_code, supplier_id, is_bundle, unit,
  unit_name, spec, price_fen, cost_fen, plu, is_certified, certificate,
  shelf_life_days, tax_rate_bp, below_zero, is_active, initials"""
_VALUES = """g.name, g.name_en, c.id, g.county, s.id, g.is_bundle, g.unit,
  g.unit_name, g.spec, g.price, g.cost, g.plu, g.is_certified, g.certificate,
  g.shelf_life_days, g.tax_rate_bp, g.below_zero, g.is_active, g.initials"""
_FROM = """staged_goods g CROSS JOIN category c ON c.name = g.category
  LEFT JOIN supplier s ON s.name = g.supplier"""

_STORE = (
    """INSERT INTO category (name, name_en, position)
      SELECT g.category, '', (SELECT count(*) FROM category)
        + row_number() OVER (ORDER BY min(g.n)) - 1
      FROM staged_goods g WHERE g.category NOT IN (SELECT name FROM category)
      GROUP BY g.category""",
    """INSERT INTO supplier (uuid, name, town, village, terms)
      SELECT uuid, name, town, village, terms
      FROM staged_supplier WHERE NOT was_there""",
    """UPDATE supplier SET (town, village, terms) = (x.town, x.village, x.terms)
      FROM staged_supplier x WHERE x.name = supplier.name AND x.was_there""",
    f"""UPDATE product SET ({_COLUMNS}) = ({_VALUES})
      FROM {_FROM} WHERE g.id = product.id""",  # noqa: S608  # constants
    f"""INSERT INTO product (id, uuid, sku, {_COLUMNS}, position)
      SELECT {_ID}, g.uuid, g.sku, {_VALUES}, :count + g.new_no - 1
      FROM {_FROM} WHERE g.id IS NULL ORDER BY g.n""",  # noqa: S608  # constants
    f"""INSERT INTO barcode (code, product_id, pack_size, price_fen)
      SELECT x.code, {_ID}, x.pack_size, x.price
      FROM staged_code x JOIN staged_goods g ON g.n = x.n WHERE true ORDER BY x.code
      ON CONFLICT (code) DO UPDATE SET (pack_size, price_fen)
        = (excluded.pack_size, excluded.price_fen)""",  # noqa: S608  # constants
    """DELETE FROM bundle_part WHERE bundle_id IN (
      SELECT g.id FROM staged_part x JOIN staged_goods g ON g.n = x.n)""",
    f"""INSERT INTO bundle_part (bundle_id, product_id, amount, position)
      SELECT {_ID}, p.id, x.amount, x.position
      FROM staged_part x JOIN staged_goods g ON g.n = x.n
      JOIN product p ON p.sku = x.sku""",  # noqa: S608  # constants
)

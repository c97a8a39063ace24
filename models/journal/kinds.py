"""The kinds of records that tell of rows, and the one statement that tells each.

The same statement writes a record and compares it afterwards with the tables. All of it
is values: people by name and UUID, tills by code, shifts and receipts by number, goods
by SKU. What may honestly change later (somebody's name) stands under a key that ends in
``_name`` and is not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

MOST_IN_FULL = 100  # rows of one act; of more (an import) the digest is told

Columns = dict[str, str]  # a key of the JSON and the expression behind it


def _object(columns: Columns) -> str:
    pairs = (f"'{key}', {columns[key]}" for key in sorted(columns))
    return f"json_object({', '.join(pairs)})"


def _list(columns: Columns, tables: str, order: str) -> str:
    said = f"json_group_array({_object(columns)} ORDER BY {order})"
    return f"json((SELECT {said} FROM {tables}))"


def _plain(table: str, names: str) -> Columns:
    """Columns that say what they are; money under its name without ``_fen``."""
    return {name.removesuffix("_fen"): f"{table}.{name}" for name in names.split()}


def _at(column: str) -> str:
    return (
        f"CASE WHEN {column} IS NOT NULL THEN strftime('%Y-%m-%dT%H:%M:%S', {column} / "
        f"1000 + 28800, 'unixepoch') || printf('.%03d+08:00', {column} % 1000) END"
    )


def _of(table: str, value: str, column: str) -> str:
    """What a reference means; one that leads nowhere says so by its number."""
    return f"COALESCE((SELECT {value} FROM {table} WHERE id = {column}), {column})"


def _who(key: str, column: str) -> Columns:
    """A person by what never changes, and by the name at that time."""
    return {
        key: _of("staff", "uuid", column),
        f"{key}_name": f"(SELECT name FROM staff WHERE id = {column})",
    }


def _till(column: str) -> str:
    return _of("till", "code", column)


def _shift(column: str) -> str:
    return _of("shift", "number", column)


def _number(column: str) -> str:
    return _of("sale", "number", column)


def _sku(column: str) -> str:
    return _of("product", "sku", column)


def _account(column: str) -> str:
    return _of("account", "uuid", column)


def _outlet(column: str) -> str:
    return _of("outlet", "uuid", column)


@dataclass(frozen=True, slots=True)
class Root:
    """Rows of one table with all that hangs on them.

    ``statement`` takes the first and the last row and gives kind, time in milliseconds,
    the net in fen that counts (or None), and what was done.
    """

    table: str
    statement: str
    key: str = "id"
    of: str = ""  # which rows of the table are its own; empty: all
    is_range: bool = False  # one record tells of several rows
    groups: str = ""  # what rows of one record share
    is_marked: bool = True  # rows come in the order of their key

    @property
    def mark(self) -> str:
        """Its last row, by its table's name."""
        return (
            f"'{self.table}', (SELECT COALESCE(max({self.key}), 0) FROM {self.table})"
        )


def _one(  # noqa: PLR0913  # the parts of one statement
    table: str,
    kind: str,
    columns: Columns,
    *,
    key: str = "id",
    at: str = "x.at",
    net: str = "NULL",
    joins: str = "",
    is_marked: bool = True,
) -> Root:
    statement = (
        f"SELECT {kind}, {at}, {net}, {_object(columns)} FROM {table} x {joins} "
        f"WHERE x.{key} = ? AND x.{key} = ?"
    )
    return Root(table, statement, key, is_marked=is_marked)


def _many(
    table: str, kind: str, shared: Columns, each: Columns, *, of: str = "", by: str = ""
) -> Root:
    """One record over a range of rows that one transaction stored."""
    rows = f"json_group_array({_object(each)} ORDER BY x.id)"
    own = f" AND {of}" if of else ""
    columns = shared | {"n": "count(*)", "rows": f"json({rows})"}
    statement = (
        f"SELECT {kind}, min(x.at), NULL, {_object(columns)} FROM {table} x "
        f"WHERE x.id BETWEEN ?1 AND ?2{own} HAVING min(x.id) = ?1 AND max(x.id) = ?2"
    )
    return Root(table, statement, of=of, is_range=True, groups=by)


# --- sales and what corrects them -------------------------------------------------

_LINES = _plain(
    "l",
    "line_no part_no sku barcode name name_en unit amount pack_size list_price_fen "
    "price_fen reason list_fen discount_fen order_discount_fen rounding_fen net_fen "
    "cost_fen tax_rate_bp region_code province prefecture county county_en scheme "
    "supplier village terms category is_certified certificate",
) | {
    "product": _sku("l.product_id"),
    # what a line repeats of its sale
    "as_sale": "(l.business_date, l.local_hour, l.channel, l.outlet, l.event, "
    "l.buyer_kind) IS (x.business_date, x.local_hour, x.channel, x.outlet, x.event, "
    "x.buyer_kind)",
    "corrects": "(SELECT s.number || '/' || o.line_no || '/' || o.part_no "
    "FROM corrected_line c JOIN sale_line o ON o.id = c.original_id "
    "JOIN sale s ON s.id = o.sale_id WHERE c.line_id = l.id)",
}
_BOXES = _plain(
    "b",
    "line_no sku barcode name name_en count list_price_fen price_fen reason",
) | {"product": _sku("b.product_id")}
_PAYMENTS = _plain(
    "p",
    "position method holder account_kind reference tendered_fen change_fen net_fen",
) | {
    "account": _account("p.account_id"),
    "as_sale": "(p.till_id, p.shift_id, p.staff_id, p.business_date) IS "
    "(x.till_id, x.shift_id, x.staff_id, x.business_date)",
    "corrects": "(SELECT s.number || '/' || o.position FROM corrected_payment c "
    "JOIN payment o ON o.id = c.original_id JOIN sale s ON s.id = o.sale_id "
    "WHERE c.payment_id = p.id)",
}
_CUTS = (
    _plain("d", "position kind label reason percent_bp amount_fen")
    | _who("approver", "d.approver_id")
    | {
        "promotion": _of("promotion", "uuid", "d.promotion_id"),
        "shares": "json((SELECT json_group_array(json_array(h.line_no, h.part_no, "
        "h.amount_fen) ORDER BY h.line_no, h.part_no) FROM sale_discount_share h "
        "WHERE h.sale_id = d.sale_id AND h.position = d.position))",
    }
)
_MOVES = (
    "json((SELECT json_group_array(json_array(m.uuid, m.act, "
    + _sku("m.product_id")
    + ", m.amount, m.reason, m.note, (m.at, m.till_id, m.shift_id, m.staff_id, "
    "m.business_date, m.outlet_id) IS (x.at, x.till_id, x.shift_id, x.staff_id, "
    "x.business_date, x.outlet_id)) ORDER BY m.id) FROM stock_movement m "
    "WHERE m.sale_id = x.id))"
)
_SALE = _one(
    "sale",
    "x.kind",
    _plain(
        "x",
        "uuid series seq number seller business_date local_hour outlet outlet_kind "
        "channel event buyer_kind kind list_fen discount_fen rounding_fen net_fen",
    )
    | _who("cashier", "x.staff_id")
    | {
        "at": _at("x.at"),
        "till": _till("x.till_id"),
        "shift": _shift("x.shift_id"),
        "place": _outlet("x.outlet_id"),
        "rule": "r.rule",
        "rounded": "r.fen",
        "lines": _list(
            _LINES, "sale_line l WHERE l.sale_id = x.id", "l.line_no, l.part_no"
        ),
        "boxes": _list(_BOXES, "sale_bundle b WHERE b.sale_id = x.id", "b.line_no"),
        "payments": _list(_PAYMENTS, "payment p WHERE p.sale_id = x.id", "p.position"),
        "discounts": _list(
            _CUTS, "sale_discount d WHERE d.sale_id = x.id", "d.position"
        ),
        "moves": _MOVES,
        "correction": "CASE WHEN c.sale_id IS NOT NULL THEN "
        + _object(
            {"reason": "c.reason", "original": _number("c.original_id")}
            | _who("approver", "c.approver_id")
        )
        + " END",
        "late": "CASE WHEN e.sale_id IS NOT NULL THEN "
        + _object(
            {"slip": "e.slip", "entered_at": _at("e.entered_at")}
            | _who("approver", "e.approver_id")
        )
        + " END",
    },
    net="CASE x.series WHEN 'A' THEN x.net_fen END",
    joins="LEFT JOIN rounding r ON r.sale_id = x.id "
    "LEFT JOIN correction c ON c.sale_id = x.id "
    "LEFT JOIN late_entry e ON e.sale_id = x.id",
)

# --- people, the drawer, the close ------------------------------------------------

_DONE = _who("staff", "x.staff_id") | {"at": _at("x.at")}
_IN_SHIFT = _DONE | {"shift": _shift("x.shift_id")}
_AT_TILL = _IN_SHIFT | {"till": _till("x.till_id")}
_APPROVER = _who("approver", "x.approver_id")

ACT = _one(
    "act",
    "'act.' || x.act",
    _plain(
        "x",
        "uuid business_date act outcome subject amount_fen reason note is_training",
    )
    | _APPROVER
    | _AT_TILL,
)
OPENING = _one(
    "shift_opening",
    "'shift_open'",
    _plain("h", "uuid number business_date float_fen")
    | _who("staff", "h.opened_by")
    | {
        "at": _at("h.opened_at"),
        "till": _till("h.till_id"),
        "expected": "x.expected_fen",
        "note": "x.note",
        "previous": _shift("x.previous_id"),
    },
    key="shift_id",
    at="h.opened_at",
    joins="JOIN shift h ON h.id = x.shift_id",
)
_CASH = _one(
    "cash_movement",
    "'cash.' || x.kind",
    _plain("x", "uuid business_date kind amount_fen reason note recipient")
    | _APPROVER
    | _AT_TILL
    | {"reverses": _of("cash_movement", "uuid", "x.reverses_id")},
)
_Z = _one(
    "z_close",
    "'z_close'",
    _plain("x", "uuid number business_date note version perpetual_fen")
    | _AT_TILL
    | {"figures": "x.body"},
)
_COUNT = _one(
    "shift_count",
    "'count'",
    _plain(
        "x",
        "uuid round method counted_fen counted_n expected_fen expected_n variance_fen "
        "suspect_fen note",
    )
    | _IN_SHIFT
    | {
        "account": _account("x.account_id"),
        "pieces": _list(
            _plain("q", "denomination face_fen whole torn suspect"),
            "counted_pieces q WHERE q.count_id = x.id",
            "q.denomination",
        ),
    },
)
VARIANCE = _one(
    "shift_variance",
    "'variance'",
    _plain("x", "uuid amount_fen reason note is_unwitnessed")
    | _APPROVER
    | _DONE
    | {"count": _of("shift_count", "uuid", "x.count_id")},
    key="count_id",
    is_marked=False,  # a later count may be signed first
)
_SPLIT = _one(
    "shift_split",
    "'split'",
    _plain("x", "uuid round counted_fen left_fen banked_fen handed_fen") | _IN_SHIFT,
)
_ANSWER = _one(
    "shift_answer",
    "'handover.' || x.answer",
    _plain("x", "uuid round answer note is_self_signed") | _IN_SHIFT,
)
_PERSONAL = _one(
    "personal_handover",
    "'personal_handover'",
    _plain("x", "uuid act amount_fen note is_self_signed")
    | _who("receiver", "x.receiver_id")
    | _IN_SHIFT
    | {"account": _account("x.account_id")},
)

# --- the day ------------------------------------------------------------------------

_DAY = _one(
    "day_close",
    "'day_close'",
    _plain(
        "x",
        "uuid business_date is_self_signed note net_fen variance_fen is_different "
        "version",
    )
    | _DONE
    | {"figures": "x.body"},
)
_EXTERNAL = _one(
    "external_figure",
    "'external'",
    _plain(
        "x",
        "uuid act day business_date region_code county county_en scheme channel source "
        "amount_fen note",
    )
    | _DONE
    | {"reverses": _of("external_figure", "uuid", "x.reverses_id")},
)

# --- goods --------------------------------------------------------------------------

STOCK = _many(
    "stock_movement",
    "'stock.' || min(x.reason)",
    {"act": "min(x.act)"},
    _plain("x", "uuid act amount reason business_date note")
    | _AT_TILL
    | {
        "outlet": _outlet("x.outlet_id"),
        "product": _sku("x.product_id"),
    },
    of="x.sale_id IS NULL",
    by="act",
)
PRICES = _many(
    "price_change",
    "'price'",
    {},
    _plain("x", "uuid old_fen new_fen source")
    | _DONE
    | {"product": _sku("x.product_id")},
)

# In this order what one transaction stored is told.
ROOTS = (
    OPENING,
    ACT,
    _SALE,
    _CASH,
    _Z,
    _COUNT,
    VARIANCE,
    _SPLIT,
    _ANSWER,
    _PERSONAL,
    _DAY,
    _EXTERNAL,
    PRICES,
    STOCK,
)
MARKED = tuple(root for root in ROOTS if root.is_marked)
MARKS = f"json_object({', '.join(root.mark for root in MARKED)})"
# What has a paper, and stands in an index: the condition is that of the index.
ON_PAPER = "kind IN ('sale', 'refund', 'compensation', 'correction', 'z_close')"
_BY_KIND = {
    "sale": _SALE,
    "refund": _SALE,
    "compensation": _SALE,
    "correction": _SALE,
    "act": ACT,
    "shift_open": OPENING,
    "cash": _CASH,
    "z_close": _Z,
    "count": _COUNT,
    "variance": VARIANCE,
    "split": _SPLIT,
    "handover": _ANSWER,
    "personal_handover": _PERSONAL,
    "day_close": _DAY,
    "external": _EXTERNAL,
    "stock": STOCK,
    "price": PRICES,
}


@lru_cache(maxsize=256)
def root_of(kind: str) -> Root | None:
    """Of which rows such a record tells; None if it tells of none."""
    return _BY_KIND.get(kind.partition(".")[0])

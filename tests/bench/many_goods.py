"""A shop's file with a hundred thousand products, made by SQL and kept."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import schema
from models.codes import check_digit
from models.file_format import FILE_NAME
from models.goods import initials, popularity, search_index, search_terms
from tests.bench import shop
from tests.bench.million import CACHE

PRODUCTS = 100_000

# Names like the demonstration's: where from, how, what, how much.
_PLACES = {
    "疏附": "Shufu",
    "大埔": "Dabu",
    "福泉": "Fuquan",
    "瓮安": "Weng'an",
    "黔南": "Guizhou",
    "客家": "Hakka",
    "百侯": "Baihou",
    "高山": "High-mountain",
    "农家": "Farm",
    "古法": "Old-style",
}
_KINDS = {
    "有机": "organic",
    "富硒": "selenium",
    "红肉": "red",
    "手工": "handmade",
    "野生": "wild",
    "精选": "choice",
    "新鲜": "fresh",
    "纸皮": "thin-shell",
    "特级": "first-grade",
    "黄金": "golden",
    "陈年": "aged",
    "土": "native",
}
_GOODS = {
    "西瓜": "watermelon",
    "花蜜瓜": "honey melon",
    "核桃": "walnuts",
    "灰枣": "grey jujubes",
    "巴旦木": "almonds",
    "木亚格杏干": "dried apricots",
    "蜜柚": "pomelo",
    "大米": "rice",
    "金针菜": "daylily buds",
    "梅菜干": "dried mustard greens",
    "薄饼": "pancake",
    "蜂蜜": "honey",
    "乌龙茶": "oolong",
    "鸡蛋": "eggs",
    "梨": "pear",
    "菜籽油": "rapeseed oil",
    "糍粑": "glutinous rice cake",
    "芽茶": "golden-bud tea",
    "毛峰": "maofeng tea",
    "白茶饼": "white tea cake",
    "辣椒面": "chilli powder",
    "腊肉": "cured pork",
    "刺梨汁": "Roxburgh rose juice",
    "天麻": "gastrodia",
    "香辣酱": "chilli sauce",
}
_SIZES = [f"{grams}g" for grams in (100, 200, 250, 300, 357, 400, 500)]
_SIZES += ["1kg", "5kg", "10kg", "5L", "礼盒", "(散称)", "(30枚)"]


def many_goods() -> Path:
    """The file, made anew (in about a minute) whenever its making has changed."""
    folder = CACHE / f"goods-{_version()}"
    if not (folder / FILE_NAME).exists():
        for older in CACHE.glob("goods-*"):
            shutil.rmtree(older)
        making = CACHE / "goods-making"
        making.mkdir(parents=True)
        database = shop.open_shop(making / FILE_NAME).database
        with database.write() as session:
            _fill(session)
        is_due = True
        while is_due:
            with database.write() as session:
                is_due = search_index.catch_up(session)
        database.close()
        making.rename(folder)
    return folder / FILE_NAME


def _version() -> str:
    """Stands for all that the file is made from."""
    steps = Path(schema.__file__).with_name("migrations") / "versions"
    modules = (initials, search_terms, shop)
    sources = [
        *sorted(steps.glob("*.py")),
        *(Path(str(one.__file__)) for one in modules),
    ]
    digest = hashlib.sha256(b"".join(map(Path.read_bytes, [*sources, Path(__file__)])))
    return digest.hexdigest()[:12]


def _fill(session: Session) -> None:
    numbers = range(shop.GOODS + 1, PRODUCTS + 1)
    rows = [
        {
            "id": number,
            "uuid": f"00000000-0000-7000-8000-{number:012x}",
            "sku": f"SH{number:06}",
            "name": name,
            "name_en": name_en,
            "initials": initials.initials_of(name),
            "region": shop.COUNTIES[number % 4],
            "price": 500 + number % 9000,
            "code": _code(number),
        }
        for number, (name, name_en) in zip(numbers, _names(), strict=True)
    ]
    for statement in (_PRODUCT, _BARCODE, _STOCK):
        session.execute(text(statement), rows)
    search_index.put_many(session, numbers)
    selling = random.Random(1).sample(numbers, popularity.MOST)  # noqa: S311  # no secret
    popularity.store(
        session, {product_id: 3 + place for place, product_id in enumerate(selling)}
    )


def _names() -> Iterator[tuple[str, str]]:
    """A few of the names come three times, by number."""
    parts = (_PLACES, _KINDS, _GOODS, _SIZES)
    every = list(product(*parts))
    random.Random(2).shuffle(every)  # noqa: S311  # no secret
    again = (
        (where, how, what, f"{much}{turn}")
        for turn in ("", "二号", "三号")
        for where, how, what, much in every
    )
    for where, how, what, much in islice(again, PRODUCTS - shop.GOODS):
        name_en = f"{_PLACES[where]} {_KINDS[how]} {_GOODS[what]} {much}"
        yield f"{where}{how}{what}{much}", name_en


def _code(number: int) -> str:
    digits = f"697{number * 7919 % 10**9:09}"
    return digits + check_digit(digits)


_PRODUCT = """INSERT INTO product (id, uuid, sku, name, name_en, category_id,
  region_code, supplier_id, is_bundle, unit, unit_name, spec, price_fen, is_certified,
  certificate, initials, below_zero, is_active, position)
VALUES (:id, :uuid, :sku, :name, :name_en, 1, :region, 1, 0, 'piece', '袋', '', :price,
  1, '', :initials, 'warn', 1, :id)"""
_BARCODE = "INSERT INTO barcode VALUES (:code, :id, 1, NULL)"
_STOCK = "INSERT INTO stock VALUES (1, :id, 100)"

"""The owner's choices, stored in the shop's file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base
from models.i18n import Language
from models.journal import notes
from models.kinds import PaperWidth, TileOrder
from models.money import Money
from models.quantity import WeightUnit


class Setting(Base):
    __tablename__ = "setting"
    __table_args__ = STRICT

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


_ONE_YUAN, _TWENTY, _TWO_HUNDRED = Money(100), Money(2_000), Money(20_000)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is chosen once for the shop; the defaults fit a stall."""

    shop_name: str = ""
    language: Language = Language.ZH
    paper_language: Language = Language.ZH
    paper_width: PaperWidth = PaperWidth.MM80
    weight_unit: WeightUnit = WeightUnit.JIN  # typed and shown on screen and paper
    tile_order: TileOrder = TileOrder.HAND
    has_sounds: bool = True
    auto_lock_s: int = 0  # idle seconds until the till locks itself; 0: never
    accepts_personal_codes: bool = False  # 个人码
    is_demo: bool = False
    even_limit: Money = _ONE_YUAN  # a difference that a cashier signs (RULINGS.md 31)
    different_limit: Money = _TWENTY  # that a supervisor signs; above, a manager
    alone_cash_limit: Money = _TWO_HUNDRED  # moved by one person alone (单人展位)
    cashier_limit_bp: int = 500  # of what is taken off by hand, without approval
    supervisor_limit_bp: int = 3000
    void_limit_fen: int = 10_000  # of one void before payment
    void_limit_count: int = 10  # of them in one shift
    alone_limit_fen: int = 20_000  # 单人展位: with a reason instead of an approval
    printer: str = ""  # of the operating system; empty: papers go to the folder only
    backup_folder: str = ""  # a second place for backups; empty: none was chosen


def load(session: Session) -> Settings:
    """The stored choices, with the default for what was never chosen."""
    stored = dict(session.execute(_STORED).all())
    defaults = Settings()
    return Settings(
        **{
            field.name: _read(stored[field.name], getattr(defaults, field.name))
            for field in fields(Settings)
            if field.name in stored
        }
    )


_STORED = select(Setting.key, Setting.value)


def save(session: Session, settings: Settings) -> None:
    stored = dict(session.execute(_STORED).all())
    changed = {}
    for field in fields(Settings):
        value = getattr(settings, field.name)
        text = _written(value)
        if stored.get(field.name) == text:
            continue
        changed[field.name] = [stored.get(field.name), text]
        row = insert(Setting).values(key=field.name, value=text)
        session.execute(
            row.on_conflict_do_update(
                index_elements=[Setting.key], set_={"value": text}
            )
        )
    if changed:
        notes.note(session, "setting", changed=changed)


# Whether the till is in training: a row, so that it still is after a restart.
_TRAINING = "training"
IS_TRAINING = exists().where(Setting.key == _TRAINING)
_IS_TRAINING = select(IS_TRAINING)


def is_training(session: Session) -> bool:
    """Whether the till only practises at this moment (培训模式)."""
    return bool(session.scalar(_IS_TRAINING))


def set_training(session: Session, *, is_on: bool) -> None:
    """Written by ``models.selling.training`` alone, which asks who may."""
    session.execute(delete(Setting).where(Setting.key == _TRAINING))
    if is_on:
        session.execute(insert(Setting).values(key=_TRAINING, value="1"))


def _written(value: Any) -> str:
    if isinstance(value, Money):
        return str(value.fen)
    return str(int(value)) if isinstance(value, bool) else str(value)


def _read(text: str, default: Any) -> Any:
    """``text`` as the type of its default."""
    if isinstance(default, Money):
        return Money(int(text))
    return text == "1" if isinstance(default, bool) else type(default)(text)

"""What is told of a sale or correction that cannot be made."""

from __future__ import annotations

from models.errors import PosError
from models.i18n import _


class DealsChanged(PosError):
    def __str__(self) -> str:
        return _("A promotion does not hold here any more. Look at the total again.")

"""What people are told who may not, or not yet."""

from __future__ import annotations

from datetime import timedelta

from models.errors import PosError
from models.i18n import _, ngettext
from models.people.deeds import Deed


class NotPermitted(PosError):
    """The person may not do this; the refusal is recorded."""

    def __init__(self, deed: Deed, *, needs_approval: bool) -> None:
        super().__init__(deed)
        self.deed = deed
        self.needs_approval = needs_approval

    def __str__(self) -> str:
        if self.needs_approval:
            return _("This needs the approval of a supervisor or manager.")
        return _("You may not do this. Let the manager sign in.")


class ReasonMissing(PosError):
    def __str__(self) -> str:
        return _("Give a reason: it stands on the record.")


class NameTaken(PosError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("Somebody is or was called {name} here. Choose another name.").format(
            name=self.name
        )


class ManagerNeedsPin(PosError):
    def __str__(self) -> str:
        return _("First give the manager a PIN: touch Edit beside the name.")


class LastManager(PosError):
    def __str__(self) -> str:
        return _("The shop needs a manager: make somebody else one first.")


class WrongPin(PosError):
    """The same for a wrong PIN and for somebody who has none."""

    def __str__(self) -> str:
        return _("This PIN is not right. Try again.")


class PinLocked(PosError):
    """Too many wrong PINs; whoever tries must wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait

    def __str__(self) -> str:
        seconds = max(1, -(-self.wait // timedelta(seconds=1)))
        if seconds <= 90:  # a minute and a half
            return ngettext(
                "Too many wrong PINs. Wait {count} second, or ask the manager.",
                "Too many wrong PINs. Wait {count} seconds, or ask the manager.",
                seconds,
            ).format(count=seconds)
        words = _("Too many wrong PINs. Wait {count} minutes, or ask the manager.")
        return words.format(count=-(-seconds // 60))


class PinTooShort(PosError):
    def __init__(self, digits: int) -> None:
        super().__init__(digits)
        self.digits = digits

    def __str__(self) -> str:
        return _("A PIN of this role has at least {count} digits.").format(
            count=self.digits
        )


class PinNotDigits(PosError):
    def __str__(self) -> str:
        return _("A PIN is made of digits, at most 12.")


class PinTooCommon(PosError):
    def __str__(self) -> str:
        return _("Others guess this PIN: no rows, repeats, years or birthdays.")


class KeyMissing(PosError):
    """The file came from another machine, or the key was deleted."""

    def __str__(self) -> str:
        return _(
            "This computer does not have the shop's key, so no PIN can be checked. "
            "Touch “Forgotten” and enter the recovery code."
        )


class WrongRecoveryCode(PosError):
    def __str__(self) -> str:
        return _("This recovery code is not right. It is on the sheet from the start.")

"""What is said of a file that is no way back, and of a way back that is not gone."""

from __future__ import annotations

from pathlib import Path

from models.errors import PosError
from models.i18n import _


class BackupRefused(PosError):
    """The shop cannot go back to this file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.name = path.name


class BackupUnreadable(BackupRefused):
    def __str__(self) -> str:
        return _(
            "{file} cannot be read. Is it there, and the stick plugged in?"
        ).format(file=self.name)


class BackupCutShort(BackupRefused):
    """A copy that broke off, or a stick that was pulled out too early."""

    def __init__(self, path: Path, there: str, whole: str) -> None:
        super().__init__(path)
        self.there, self.whole = there, whole

    def __str__(self) -> str:
        return _(
            "{file} is cut short: {there} of {whole} are there. Take another backup."
        ).format(file=self.name, there=self.there, whole=self.whole)


class BackupDamaged(BackupRefused):
    def __str__(self) -> str:
        return _(
            "{file} is damaged: it is not what was once checked. Take another backup."
        ).format(file=self.name)


class NotABackup(BackupRefused):
    def __str__(self) -> str:
        return _("{file} is no backup of a till, but something else.").format(
            file=self.name
        )


class BackupTooNew(BackupRefused):
    def __str__(self) -> str:
        return _(
            "{file} was made by a newer version of the till. "
            "Install that version first."
        ).format(file=self.name)


class BackupInUse(BackupRefused):
    """Some of what it holds lies in a log beside it: no backup ever has one."""

    def __str__(self) -> str:
        return _(
            "{file} is no backup, but the file of a till that is open or was "
            "interrupted."
        ).format(file=self.name)


class OtherTillsBackup(BackupRefused):
    def __init__(self, path: Path, shop: str, till: str) -> None:
        super().__init__(path)
        self.shop, self.till = shop, till

    def __str__(self) -> str:
        return _("{file} is a backup of another till: {till} of {shop}.").format(
            file=self.name, till=self.till, shop=self.shop
        )


class RestoreFailed(PosError):
    """Nothing was restored; the shop's file is as it was."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return _("Nothing was restored, all is as it was: {reason}").format(
            reason=self.reason
        )

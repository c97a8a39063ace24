"""One program for one shop's folder: a second one shows the first one's window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from models.errors import FileReadOnly

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_LOCK = "till.lock"
_PATIENCE_MS = 1000


class Instance(QObject):
    """Holds the folder's lock, and hears when a second program wants the window."""

    raise_wanted = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder / _LOCK))
        self._lock.setStaleLockTime(0)  # never too old; only a dead owner's is taken
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Take the lock; False if a living program holds it.

        Raises FileReadOnly if the folder takes no file.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            raise FileReadOnly
        return False

    def listen(self) -> None:
        """Hear second programs from now on; call it after the first paint."""
        # 20 ms, and only the first program needs it
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415  # slow, and seldom needed

        name = _name_for(self._folder)
        QLocalServer.removeServer(name)  # a killed program's; the lock says it is dead
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(name)

    def release(self) -> None:
        """Let another program have the folder."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _on_connection(self) -> None:
        """To knock is all that a second program does; nothing is read from it."""
        assert self._server is not None
        self._server.nextPendingConnection().deleteLater()
        self.raise_wanted.emit()


def ask_first_to_show(folder: Path) -> bool:
    """Ask the program that holds the folder for its window; False if none answers."""
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  # slow, and seldom needed

    socket = QLocalSocket()
    socket.connectToServer(_name_for(folder))
    answered = socket.waitForConnected(_PATIENCE_MS)
    socket.abort()
    return answered


def is_held(folder: Path) -> bool:
    """Whether a living program has the folder. Raises FileReadOnly."""
    instance = Instance(folder)
    if not instance.claim():
        return True
    instance.release()
    return False


def _name_for(folder: Path) -> str:
    """The same name for the same folder, however it is written."""
    import hashlib  # noqa: PLC0415  # after the first paint, or in a second program

    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"shanhai-pos-{digest[:20]}"

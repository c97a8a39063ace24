"""A disk that can be watched and made to fail, under the program's own SQLite.

While ``disk()`` lasts it is the default VFS of pysqlite3's SQLite: every file that the
program opens then, by whatever way, is read and written through it. It passes each call
on to SQLite's own VFS for this system, locks and shared memory untouched, so that the
program runs on it as it is: same driver, same connections, same WAL.

Only the syncs are not passed on: what they mean is for who watches (and they are slow).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from enum import Enum, auto
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pysqlite3 import _sqlite3 as driver

S = TypeVar("S", bound=ctypes.Structure)

OK = 0
_MAY_CREATE = 0x4  # SQLITE_OPEN_CREATE
_IS_LOG = 0x800 | 0x4000 | 0x80000  # main and super journals, WAL


class Io(Enum):
    """What SQLite asks of a disk."""

    OPEN = auto()
    READ = auto()
    WRITE = auto()
    TRUNCATE = auto()
    SYNC = auto()
    DELETE = auto()
    CLOSE = auto()


class Call(NamedTuple):
    """One call, before it is done."""

    io: Io
    path: Path
    at: int = 0  # byte where it begins; the new length of a TRUNCATE
    data: bytes = b""  # of a WRITE
    syncs_folder: bool = False  # SYNC and DELETE: the names in the folder too


Watch = Callable[[Call], int]  # SQLite's result code; OK lets the call be done


def can_fail() -> bool:
    """Whether this driver lets its VFS be exchanged (its Windows build does not)."""
    return hasattr(ctypes.CDLL(driver.__file__), "sqlite3_vfs_register")


@contextmanager
def disk(watch: Watch) -> Iterator[None]:
    """Everything that is opened in the block lies on a disk which asks ``watch`` first.

    A WRITE that is refused leaves half of its bytes. Let go of all files in the block:
    afterwards nothing answers for them.
    """
    faulty = _Vfs(watch)
    sqlite = ctypes.CDLL(driver.__file__)
    sqlite.sqlite3_vfs_register(ctypes.byref(faulty.vfs), 1)
    try:
        yield
    finally:
        sqlite.sqlite3_vfs_unregister(ctypes.byref(faulty.vfs))
        assert not faulty.files, faulty.files


# --- SQLite's structures (sqlite3.h) -------------------------------------------------

_CLOSE = CFUNCTYPE(c_int, c_void_p)
_READ = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)


def _untouched(names: str) -> list[tuple[str, Any]]:
    return [(name, c_void_p) for name in names.split()]


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = [
        ("version", c_int),
        ("close", _CLOSE),
        ("read", _READ),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        *_untouched(
            "file_size lock unlock check_reserved_lock file_control sector_size"
            " device_characteristics shm_map shm_lock shm_barrier shm_unmap"
            " fetch unfetch"
        ),
    ]


class _VfsFields(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = [
        ("version", c_int),
        ("file_bytes", c_int),
        ("path_bytes", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("app_data", c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
        *_untouched(
            "access full_pathname dl_open dl_error dl_sym dl_close randomness sleep"
            " current_time last_error current_time_int64"
            " set_system_call get_system_call next_system_call"
        ),
    ]


# --- the VFS ----------------------------------------------------------------------


class _Vfs:
    """A copy of SQLite's own VFS in which the calls of ``Io`` are ours.

    It opens a file with the original and puts a copy of the file's methods in the
    place of its methods; what a file is to the original stays as it is.
    """

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.files: dict[int, Path] = {}  # by the address of sqlite3_file
        self._first_syncs: set[int] = set()  # will sync the folder of their log too
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}  # theirs, ours
        sqlite = ctypes.CDLL(driver.__file__)
        sqlite.sqlite3_initialize()
        sqlite.sqlite3_vfs_find.restype = POINTER(_VfsFields)
        self._original = sqlite.sqlite3_vfs_find(None)
        self._theirs = self._original.contents
        self.vfs = _copy(self._theirs)
        self.vfs.name = b"faulty"
        self.vfs.open = _OPEN(self._open)
        self.vfs.delete = _DELETE(self._delete)

    def _open(self, _vfs: int, name: int, file: int, flags: int, out: int) -> int:
        # SQLite keeps more behind the name: it is passed on where it lies.
        path = Path(ctypes.string_at(name).decode() if name else "")
        refused = self._watch(Call(Io.OPEN, path))
        if refused:
            ctypes.memset(file, 0, ctypes.sizeof(c_void_p))  # there is nothing to close
            return refused
        answer: int = self._theirs.open(self._original, name, file, flags, out)
        if answer == OK:
            methods = c_void_p.from_address(file)
            assert methods.value is not None
            self.files[file] = path
            methods.value = self._methods_for(methods.value)
            if flags & _MAY_CREATE and flags & _IS_LOG:
                self._first_syncs.add(file)
        return answer

    def _methods_for(self, theirs: int) -> int:
        if theirs not in self._methods:
            original = _Methods.from_address(theirs)
            ours = _copy(original)
            ours.close = _CLOSE(self._close)
            ours.read = _READ(self._read)
            ours.write = _WRITE(self._write)
            ours.truncate = _TRUNCATE(self._truncate)
            ours.sync = _SYNC(self._sync)
            self._methods[theirs] = original, ours
            self._original_methods = original  # posix locks: one set for all files
        return ctypes.addressof(self._methods[theirs][1])

    def _close(self, file: int) -> int:
        self._watch(Call(Io.CLOSE, self.files.pop(file)))
        self._first_syncs.discard(file)
        return int(self._original_methods.close(file))

    def _read(self, file: int, into: int, count: int, at: int) -> int:
        refused = self._watch(Call(Io.READ, self.files[file], at))
        return refused or int(self._original_methods.read(file, into, count, at))

    def _write(self, file: int, data: int, count: int, at: int) -> int:
        what = ctypes.string_at(data, count)
        refused = self._watch(Call(Io.WRITE, self.files[file], at, what))
        if refused:
            self._original_methods.write(file, data, count // 2, at)
            return refused
        return int(self._original_methods.write(file, data, count, at))

    def _truncate(self, file: int, size: int) -> int:
        refused = self._watch(Call(Io.TRUNCATE, self.files[file], size))
        return refused or int(self._original_methods.truncate(file, size))

    def _sync(self, file: int, _flags: int) -> int:
        is_first = file in self._first_syncs
        call = Call(Io.SYNC, self.files[file], syncs_folder=is_first)
        refused = self._watch(call)
        if not refused:
            self._first_syncs.discard(file)
        return refused

    def _delete(self, _vfs: int, name: int, syncs_folder: int) -> int:
        path = Path(ctypes.string_at(name).decode())
        refused = self._watch(Call(Io.DELETE, path, syncs_folder=bool(syncs_folder)))
        return refused or int(self._theirs.delete(self._original, name, 0))


def _copy(original: S) -> S:
    return type(original).from_buffer_copy(original)

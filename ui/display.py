"""Is there a screen? Asked before Qt is, since Qt ends the process without one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether Qt will find a screen; Windows and macOS always have one."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return True
    return _has_wayland(environment) or _has_x11(environment.get("DISPLAY", ""))


def _has_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return bool(name and folder) and (Path(folder) / name).is_socket()


def _has_x11(display: str) -> bool:
    """Ask the X server itself, as Qt will: it may be gone, or refuse this user."""
    import ctypes  # noqa: PLC0415  # 10 ms that a screen without X11 can save

    if not display:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    has_failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not has_failed

"""Where the server of this user is, by the files that Jupyter's servers leave in the runtime folder (see ``door.py``)."""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
from dataclasses import dataclass

from .failures import refused

PREFIX = "jupyterlab-datalad-"
FORMAT = 1
LONGEST = 64 * 1024


@dataclass(frozen=True)
class Address:
    """A door to a server, and the folder that it shows."""

    socket: str
    token: str
    #: Real path of the folder that JupyterLab shows.
    root: str
    #: Of the Jupyter server.
    pid: int


def find_address(folder: str) -> Address:
    """
    The server that started this kernel, else the one that shows ``folder`` most closely; with the door open, which is tried.

    Raises a ``DataladError`` that says what to do.
    """
    found = [address for address in _addresses() if _answers(address.socket)]
    if not found:
        raise refused(
            "No JupyterLab with jupyterlab-datalad was found that runs on this machine for you.",
            "Start JupyterLab where jupyterlab-datalad is installed; a kernel on another machine cannot reach it.",
            "server-unreachable",
        )
    showing = [address for address in found if is_within(folder, address.root)]
    if not showing:
        roots = ", ".join(sorted({address.root for address in found}))
        raise refused(f"{folder} lies outside of the folder that JupyterLab shows: {roots}.", kind="outside-root")
    parent = os.environ.get("JPY_PARENT_PID")
    return max(showing, key=lambda address: (str(address.pid) == parent, len(address.root)))


def is_within(path: str, folder: str) -> bool:
    """Whether a real path is a folder or below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def runtime_folder() -> str:
    """Jupyter's runtime folder, as ``jupyter --runtime-dir`` tells it."""
    environ = os.environ
    if environ.get("JUPYTER_RUNTIME_DIR"):
        return environ["JUPYTER_RUNTIME_DIR"]
    if environ.get("JUPYTER_DATA_DIR"):
        data = environ["JUPYTER_DATA_DIR"]
    elif sys.platform == "darwin":
        data = os.path.expanduser("~/Library/Jupyter")
    else:
        data = os.path.join(environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"), "jupyter")
    return os.path.join(data, "runtime")


def _addresses() -> list[Address]:
    folder = runtime_folder()
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    read = [_read(os.path.join(folder, name)) for name in names if name.startswith(PREFIX) and name.endswith(".json")]
    return [address for address in read if address is not None]


def _read(path: str) -> Address | None:
    """What a file tells, if it is this user's and nobody else could have read or written it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode) or state.st_uid != os.geteuid() or state.st_mode & 0o077:
                return None
            told = json.loads(file.read(LONGEST))
        if told["format"] != FORMAT or told["root"] is None:
            return None
        return Address(str(told["socket"]), str(told["token"]), str(told["root"]), int(told["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _answers(path: str) -> bool:
    """Whether somebody listens: a server that was killed leaves its file, and its socket, behind."""
    try:
        state = os.lstat(path)
        if not stat.S_ISSOCK(state.st_mode) or state.st_uid != os.geteuid():
            return False
        with socket.socket(socket.AF_UNIX) as tried:
            tried.settimeout(5)
            tried.connect(path)
        return True
    except OSError:
        return False

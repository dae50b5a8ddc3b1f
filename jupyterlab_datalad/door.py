"""The way from a notebook's kernel to the Node server: a second Unix socket, which a file in Jupyter's runtime folder names.

Kernels of this user find it there, with a token: the file and the socket are for this user alone, and the token opens nothing but this door.
Behind it is the way that the browser takes, so that the Node server is started when the first cell asks for it, and again after a crash.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tornado import web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_unix_socket

from .activity import record_activity
from .proxy import DataladProxyHandler, contents_root, private_folder

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

PREFIX = "jupyterlab-datalad-"
#: Of what the file says: a kernel may have another version of this package.
FORMAT = 1


class DoorHandler(DataladProxyHandler):
    """Lets in who has read the file: whoever may execute code in this user's kernels may do what this user may."""

    def initialize(self, state: dict[str, Any], token: str) -> None:
        super().initialize(state)
        self.door_token = token

    async def prepare(self, *_: Any, **__: Any) -> None:
        given = self.request.headers.get("Authorization", "")
        if not secrets.compare_digest(given.encode(), f"Bearer {self.door_token}".encode()):
            raise web.HTTPError(403)
        self.look_at_request()
        if self.writes:
            record_activity(self.settings)


def open_door(server_app: ServerApp, state: dict[str, Any]) -> None:
    """Listens for kernels, and writes down where. Without, everything else works as ever, so that it never fails."""
    folder = server_app.runtime_dir
    around = repository_around(folder)
    if around is not None:
        # A save would take the file along.
        server_app.log.info("Notebooks cannot reach DataLad: Jupyter's runtime folder lies in the repository %s.", around)
        return
    try:
        remove_stale(folder)
        token = secrets.token_urlsafe(32)
        application = web.Application([("/datalad(/.*)", DoorHandler, {"state": state, "token": token})])
        # Not as arguments: tornado would serve Jupyter's static files, too.
        application.settings = {**server_app.web_app.settings, "base_url": "/"}
        path = os.path.join(private_folder(state), "door")
        HTTPServer(application).add_socket(bind_unix_socket(path, mode=0o600))
        root = contents_root(application.settings)
        told = {
            "format": FORMAT,
            "socket": path,
            "token": token,
            "root": None if root is None else os.path.realpath(root),
            "pid": os.getpid(),
            "host": socket.gethostname(),
        }
        write_private(os.path.join(folder, f"{PREFIX}{os.getpid()}.json"), json.dumps(told))
    except OSError as error:
        server_app.log.warning("Notebooks cannot reach DataLad: %s", error)


def repository_around(folder: str) -> str | None:
    """The repository that a folder lies in, or would lie in."""
    folder = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(folder, ".git")):
        folder, inner = os.path.dirname(folder), folder
        if folder == inner:
            return None
    return folder


def write_private(path: str, text: str) -> None:
    """Writes a file that only this user can read, from its first byte on; it is removed when this process ends."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    atexit.register(_remove, path)
    with open(descriptor, "w") as file:
        # The umask may have taken away more than it should.
        os.fchmod(descriptor, 0o600)
        file.write(text)


def remove_stale(folder: str) -> None:
    """Removes what servers of this machine have left that were killed."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name.startswith(PREFIX) and name.endswith(".json") and _is_stale(path):
            _remove(path)


def _is_stale(path: str) -> bool:
    try:
        with open(path) as file:
            told = json.load(file)
        if told["host"] != socket.gethostname():
            return False
        os.kill(told["pid"], 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError, KeyError, TypeError):
        # Somebody else's, or half of one that is just being written.
        return False
    return False


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)

"""The way from the browser to the Node server: Jupyter's gates, then a Unix socket that only this user can open."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import shutil
import tempfile
from http.client import responses
from typing import Any
from uuid import uuid4

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.contents.fileio import FileManagerMixin
from jupyter_server.utils import ensure_async
from jupyter_server_proxy.handlers import SuperviseAndProxyHandler
from jupyter_server_proxy.unixsock import UnixResolver
from simpervisor import SupervisedProcess
from simpervisor.process import KilledProcessError
from tornado import httpclient, web
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from .activity import ActivityWatch, record_activity
from .node import ToolMissingError, server_command, server_environment

#: Everything else stays behind: cookies, tokens and XSRF headers are Jupyter's business, not the server's.
PASSED_ON = (
    "Accept",
    "Content-Type",
    "Host",
    "Last-Event-ID",
    "Origin",
    "Sec-Fetch-Site",
    "X-DataLad-Request",
    "X-Forwarded-Host",
)

START_TIMEOUT_S = 60
MOST_STARTS = 3
#: A process that has just ended by itself cannot be killed: simpervisor starts it again within this time, or never.
RESTART_S = 0.05
MOST_KILLS = 20
#: How long a supervisor may take to hear that its process has ended.
LOOK_S = 0.02
MOST_LOOKS = 100
#: A Unix socket's path must fit into 108 bytes.
LONGEST_FOLDER = 80


class _KeepsEnding(Exception):
    """The server ends as soon as it has started."""


def private_folder(state: dict[str, Any]) -> str:
    """The folder of the sockets, which only this user can enter; made when it is first asked for."""
    if "folder" not in state:
        parent = tempfile.gettempdir()
        # mkdtemp makes it 0700, whatever the umask.
        folder = tempfile.mkdtemp(prefix="jupyterlab-datalad-", dir=parent if len(parent) < LONGEST_FOLDER else "/tmp")
        # After a SIGKILL the server itself removes it.
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        state["folder"] = folder
    return state["folder"]


def contents_root(settings: dict[str, Any]) -> str | None:
    """The folder behind JupyterLab's files; None where contents come from elsewhere (S3, a database)."""
    manager = settings["contents_manager"]
    root = getattr(manager, "root_dir", "")
    return root if isinstance(manager, FileManagerMixin) and os.path.isdir(root) else None


async def _end(process: SupervisedProcess) -> None:
    """Ends a server and its supervisor, also one that is between an end and the next start."""
    for _ in range(MOST_KILLS):
        try:
            return await process.kill()
        except ProcessLookupError:
            # It ended by itself, and the supervisor has not started it again yet: until then it cannot be told to stop.
            await asyncio.sleep(RESTART_S)
        except KilledProcessError:
            return


class DataladProxyHandler(SuperviseAndProxyHandler):
    """Starts the Node server at the first request and passes requests on that Jupyter lets in."""

    name = "jupyterlab_datalad"
    auth_resource = "contents"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Who reads is no activity: the panel reads by itself. See record_activity in prepare.
        super().__init__(*args, update_last_activity=False, **kwargs)
        self.proxy_base = "datalad"
        self.requested_unix_socket = True
        self.stream_id = ""
        self.writes = False
        self.served_by: int | None = None

    # -- gates ---------------------------------------------------------------------------------------------------------

    def check_xsrf_cookie(self) -> None:
        # jupyter-server-proxy leaves this to the application behind it; here Jupyter's own check holds.
        JupyterHandler.check_xsrf_cookie(self)

    def get_login_url(self) -> str:
        # Whoever asks is a script: it gets a 403, not a login page.
        raise web.HTTPError(403)

    async def prepare(self, *args: Any, **kwargs: Any) -> None:
        await super().prepare(*args, **kwargs)
        if self._finished:
            return
        self.look_at_request()
        action = "write" if self.writes else "read"
        if not await ensure_async(
            self.authorizer.is_authorized(self, self.current_user, action, self.auth_resource)
        ):
            raise web.HTTPError(403, f"You are not allowed to {action} files here.")
        if self.writes:
            record_activity(self.settings)

    def look_at_request(self) -> None:
        """Sets ``writes``, and refuses what nobody answers here."""
        if "Upgrade" in self.request.headers:
            raise web.HTTPError(400, "There are no web sockets here.")
        self.writes = self.request.method not in ("GET", "HEAD") and not self.request.path.startswith(
            f"{self.base_url}datalad/call/"
        )

    def proxy_request_headers(self) -> dict[str, str]:
        headers = {name: self.request.headers[name] for name in PASSED_ON if name in self.request.headers}
        if self.stream_id:
            headers["X-DataLad-Stream"] = self.stream_id
        return headers

    # -- the Node server -----------------------------------------------------------------------------------------------

    @property
    def unix_socket(self) -> str:
        return os.path.join(private_folder(self.state), "socket")

    async def ensure_process(self) -> None:
        """Starts the server, and waits until it answers: also one that has just been restarted after a crash."""
        async with self.state["proc_lock"]:
            process: SupervisedProcess | None = self.state.get("proc")
            if process is not None and process.running and process.pid == self.state.get("ready_pid"):
                self.served_by = process.pid
                return
            if process is None:
                process = await self._start()
            if not await self._becomes_ready(process):
                del self.state["proc"]
                await _end(process)
                raise web.HTTPError(503, "The DataLad server does not start. JupyterLab's log says why.")
            self.state["ready_pid"] = self.served_by = process.pid

    async def _becomes_ready(self, process: SupervisedProcess) -> bool:
        # The supervisor restarts what ends, for ever: who came for an answer shall not wait for that.
        seen: set[int] = set()

        async def answers(_: SupervisedProcess) -> bool:
            if process.pid is not None:
                seen.add(process.pid)
            if len(seen) > MOST_STARTS:
                raise _KeepsEnding
            return await self._http_ready_func(process)

        process.ready_func = answers
        try:
            return await process.ready()
        except _KeepsEnding:
            return False

    async def _start(self) -> SupervisedProcess:
        # In a thread: asking a Node on PATH for its version must not hold up JupyterLab.
        command = await asyncio.to_thread(server_command, contents_root(self.settings), self.unix_socket)
        process = SupervisedProcess(
            self.name,
            *command,
            env=server_environment(),
            stdin=asyncio.subprocess.DEVNULL,
            ready_timeout=START_TIMEOUT_S,
            log=self.log,
        )
        await process.start()
        self.state["proc"] = process
        if "activity" not in self.state:
            self.state["activity"] = ActivityWatch(
                self.settings, os.path.join(os.path.dirname(self.unix_socket), "active")
            )
        return process

    async def proxy(self, port: int, path: str) -> Any:
        # The protocol has no queries; `?token=` must not travel on.
        self.request.query = ""
        try:
            return await super().proxy(port, path)
        except (OSError, web.HTTPError) as error:
            # No connection (OSError), or no whole answer (5xx); what the server says, be it a failure, does not come as an
            # exception. What writes may have begun before the server ended, and is for the user to repeat.
            if getattr(error, "status_code", 500) < 500 or self.writes or not await self._has_ended():
                raise
        return await super().proxy(port, path)

    async def _has_ended(self) -> bool:
        """Whether the server that was asked has ended: its connections close before its supervisor hears of it."""
        for _ in range(MOST_LOOKS):
            process: SupervisedProcess | None = self.state.get("proc")
            if process is None or not process.running or process.pid != self.served_by:
                return True
            await asyncio.sleep(LOOK_S)
        return False

    async def _proxy_progressive(self, host: str, port: int, proxied_path: str, body: Any, client: Any) -> Any:
        self.stream_id = uuid4().hex
        return await super()._proxy_progressive(host, port, proxied_path, body, client)

    def on_connection_close(self) -> None:
        super().on_connection_close()
        # The proxy does not pass on that a browser went away: the server would feed a dead stream.
        if self.stream_id:
            asyncio.ensure_future(self._end_stream())

    async def _end_stream(self) -> None:
        client = SimpleAsyncHTTPClient(force_instance=True, resolver=UnixResolver(self.unix_socket))
        try:
            await client.fetch(
                httpclient.HTTPRequest(
                    f"http://localhost/events/{self.stream_id}", method="DELETE", headers={"X-DataLad-Request": "1"}
                ),
                raise_error=False,
            )
        except (OSError, httpclient.HTTPError):
            self.log.debug("The DataLad server is gone, and the stream with it.")
        finally:
            client.close()

    # -- failures ------------------------------------------------------------------------------------------------------

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Every failure on the way is a `Failure` of the protocol, as those of the server itself are."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, ToolMissingError):
            status_code, kind, message = 503, "tool-missing", str(error)
        else:
            kind = {400: "bad-request", 403: "permission-denied", 404: "not-found"}.get(
                status_code, "server-unreachable" if status_code >= 500 else "bad-request"
            )
            message = getattr(error, "log_message", None) or responses.get(status_code, "The DataLad server did not answer.")
        # 599 is tornado's own for "no answer".
        self.set_status(503 if status_code >= 599 else status_code)
        self.set_header("Content-Type", "application/json")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
        self.finish(json.dumps({"kind": kind, "message": message}))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        if isinstance(value, ToolMissingError):
            self.log.error("%s", value)
        else:
            super().log_exception(typ, value, tb)

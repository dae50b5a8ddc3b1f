"""Requests to the server through its door, and the stream that tells how a job is."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from .address import Address
from .failures import DataladError

#: The server may have to be started first.
PATIENCE_S = 90
#: The stream has something to say at least every 25 seconds.
SILENCE_S = 75


class _Door(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Connection:
    """A way to one server; each request has a connection of its own."""

    def __init__(self, address: Address) -> None:
        self.address = address

    def call(self, operation: str, given: dict[str, Any]) -> Any:
        """A short read."""
        return self._ask("POST", f"call/{operation}", given)

    def start(self, operation: str, given: dict[str, Any]) -> str:
        """Starts a job; returns its id."""
        return self._ask("POST", "jobs", {"operation": operation, "input": given})["id"]

    def report(self, job: str) -> dict[str, Any]:
        """A job with its results and what was printed."""
        return self._ask("GET", f"jobs/{job}")

    def cancel(self, job: str) -> None:
        self._ask("DELETE", f"jobs/{job}")

    def follow(self, job: str) -> Iterator[dict[str, Any]]:
        """The states of a job as they are told, the one it ends with last."""
        while True:
            for event in self._events():
                if event["type"] == "hello":
                    # Something may have been told before anybody listened.
                    state = self.report(job)["job"]
                elif event["type"] == "job" and event["job"]["id"] == job:
                    state = event["job"]
                else:
                    continue
                yield state
                if state["state"] not in ("queued", "running"):
                    return

    def _events(self) -> Iterator[dict[str, Any]]:
        """Until the stream ends, as it does every few minutes."""
        door = _Door(self.address.socket, PATIENCE_S)
        with closing(door):
            response = self._send(door, "GET", "events", accept="text/event-stream")
            if response.status != 200:
                raise DataladError(_failure(response))
            # The response has taken the socket over.
            if door.sock is not None:
                door.sock.settimeout(SILENCE_S)
            try:
                for line in response:
                    if line.startswith(b"data:"):
                        yield json.loads(line[5:])
            except (TimeoutError, ConnectionError, http.client.HTTPException):
                return

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        door = _Door(self.address.socket, PATIENCE_S)
        with closing(door):
            response = self._send(door, method, path, body)
            if response.status >= 400:
                raise DataladError(_failure(response))
            return json.loads(response.read())

    def _send(
        self, door: _Door, method: str, path: str, body: Any = None, accept: str = "application/json"
    ) -> http.client.HTTPResponse:
        headers = {"Accept": accept, "Authorization": f"Bearer {self.address.token}", "X-DataLad-Request": "1"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            door.request(method, f"/datalad/{path}", None if body is None else json.dumps(body), headers)
            return door.getresponse()
        except (OSError, http.client.HTTPException) as error:
            message = "The server of DataLad did not answer."
            raise DataladError({"kind": "server-unreachable", "message": message, "detail": str(error)}) from None


def _failure(response: http.client.HTTPResponse) -> dict[str, Any]:
    try:
        told = json.loads(response.read())
        return told if isinstance(told, dict) else {}
    except ValueError:
        return {"kind": "server-unreachable", "message": f"The server of DataLad answered with {response.status}."}

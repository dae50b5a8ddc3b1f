"""A job from its start to its end, with what is shown of it meanwhile."""

from __future__ import annotations

import os
from typing import Any

from .address import find_address
from .connection import Connection
from .display import Printed, ProgressLine
from .failures import DataladError, refused
from .paths import contents_path, working_folder
from .result import Result

#: Set for commands that are being recorded, and for what they start.
RECORDED = "DATALAD_LAB_RECORDED"


class Work:
    """The server, seen from the folder that a notebook works in."""

    def __init__(self) -> None:
        self.folder = working_folder()
        self._connection = Connection(find_address(self.folder))
        self.root = self._connection.address.root

    def path(self, typed: Any) -> str:
        return contents_path(typed, self.root)

    def call(self, operation: str, given: dict[str, Any]) -> Any:
        return self._connection.call(operation, given)

    def dataset(self, path: str | None = None) -> dict[str, Any]:
        """What the server knows of the dataset around a contents path, by default around the working folder."""
        place = self.path(self.folder) if path is None else path
        told = self.call("dataset", {"path": place, "complete": True})
        if told is None:
            where = self.folder if path is None else path
            raise refused(f"{where} is in no dataset.", "Make one in the DataLad panel, or `datalad create`.", "not-a-dataset")
        return told

    def do(self, operation: str, given: dict[str, Any], commits: bool = False) -> Result:
        """Runs a job to its end; an interrupt of the kernel cancels it."""
        if commits and os.environ.get(RECORDED):
            raise refused(
                f"`{operation}` cannot be part of a command that is being recorded.",
                "Both would wait for each other: what the command makes is saved when it has ended.",
            )
        given = {name: value for name, value in given.items() if value is not None}
        job = self._connection.start(operation, given)
        try:
            self._watch(job)
        except KeyboardInterrupt:
            self._cancel(job)
        return self._outcome(job)

    def _watch(self, job: str) -> None:
        line, printed = ProgressLine(), Printed()
        try:
            for state in self._connection.follow(job):
                if state["operation"] == "run" and state.get("printed"):
                    printed.show(self._connection.report(job)["output"])
                else:
                    line.show(state)
        finally:
            line.end()

    def _cancel(self, job: str) -> None:
        self._connection.cancel(job)
        # Until it has ended, files still change; who does not want to wait interrupts once more.
        for _ in self._connection.follow(job):
            pass

    def _outcome(self, job: str) -> Result:
        report = self._connection.report(job)
        state = report["job"]["state"]
        if state == "ok":
            return Result(report)
        if state == "cancelled":
            raise KeyboardInterrupt(f"datalad {report['job']['operation']} was cancelled.")
        raise DataladError(report["job"].get("failure") or {}, report["results"])

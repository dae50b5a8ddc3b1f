"""What is raised in a notebook when DataLad does not do what a cell asks."""

from __future__ import annotations

from typing import Any

#: What cures a failure, for who works in a notebook; the server's own words say what it is.
CURES = {
    "untrusted": "This is confirmed in the DataLad panel of JupyterLab alone: open the dataset there, then choose “Trust This Dataset…” in the command palette.",
    "no-identity": "Choose “Set Name and E-mail of Commits…” in JupyterLab's command palette.",
    "unsaved-changes": "Save first (`%datalad save -m …`), or run with `--explicit`: then only the outputs are saved.",
    "last-copy": "Where you really want this, it is confirmed in the DataLad panel.",
    "server-unreachable": "Look at the log of JupyterLab, and reload its page.",
}


#: Records that are told one by one.
SHOWN = 10


class DataladError(Exception):
    """
    Something was not done. ``kind`` is a stable name of what happened, ``detail`` what the tools printed, ``results`` DataLad's records of
    a job that went wrong.
    """

    def __init__(self, failure: dict[str, Any], results: list[dict[str, Any]] | None = None) -> None:
        self.kind: str = failure.get("kind", "unknown")
        self.message: str = failure.get("message", "Something went wrong.")
        self.hint: str = CURES.get(self.kind) or failure.get("hint") or ""
        self.detail: str = failure.get("detail") or ""
        self.parameters: dict[str, Any] = failure.get("parameters") or {}
        self.results = results or []
        super().__init__(self.message)

    def __str__(self) -> str:
        # What a command has printed was shown as it came.
        told = [] if self.kind == "command-failed" else [self.detail] if self.detail else self._failed()
        return "\n".join(part for part in (self.message, self.hint, *told) if part)

    def _failed(self) -> list[str]:
        failed = [record for record in self.results if record.get("status") in ("impossible", "error")]
        told = [f"  {record.get('path', '')}: {record.get('message') or record.get('status')}" for record in failed[:SHOWN]]
        return [*told, f"  … and {len(failed) - SHOWN} more"] if len(failed) > SHOWN else told


def refused(message: str, hint: str = "", kind: str = "bad-request") -> DataladError:
    """A failure that is found here, before anything was asked."""
    return DataladError({"kind": kind, "message": message, "hint": hint})

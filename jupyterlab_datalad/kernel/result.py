"""What a job came to, as a notebook shows it."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

SHOWN = 20
_WORDS = {"ok": "ok", "notneeded": "nothing to do", "impossible": "impossible", "error": "failed"}


class Result:
    """
    A job that went well: ``results`` are DataLad's records, with paths relative to the folder that JupyterLab shows, ``output`` the end of
    what was printed, ``command`` the line that it stands for, ``notice`` a remark, such as that another program committed meanwhile.
    """

    def __init__(self, report: dict[str, Any]) -> None:
        job = report["job"]
        self.job: str = job["id"]
        self.operation: str = job["operation"]
        self.command: list[str] = job["command"]
        self._dataset: str = job["dataset"] or ""
        self.results: list[dict[str, Any]] = report["results"]
        self.output: str = report["output"]
        self.notice: str | None = (job.get("notice") or {}).get("message")

    @property
    def commit(self) -> str | None:
        """The last commit that a run made; of other jobs none is told."""
        made = [record.get("key") for record in self.results if record.get("action") == "commit"]
        return made[-1] if made else None

    def _title(self) -> str:
        counts = Counter(_WORDS[record["status"]] for record in self._shown())
        told = ", ".join(f"{count} {word}" for word, count in counts.items()) or "done"
        return f"{self.operation}: {told}" + (f", commit {self.commit[:10]}" if self.commit else "")

    def _shown(self) -> list[dict[str, Any]]:
        """What somebody wants to see of the records: what was done with files, where anything was."""
        done = [record for record in self.results if record["action"] != "commit" and record["status"] != "notneeded"]
        return [record for record in done if record.get("type") != "dataset"] or done or self.results

    def _lines(self) -> list[tuple[str, str, str]]:
        return [
            (record["action"], _WORDS[record["status"]], self._name(record["path"])) for record in self._shown()[:SHOWN]
        ]

    def _name(self, path: str) -> str:
        if path == self._dataset:
            return "."
        return path.removeprefix(f"{self._dataset}/") if self._dataset else path

    def _rest(self) -> str:
        left = len(self._shown()) - SHOWN
        return f"… and {left} more" if left > 0 else ""

    def __repr__(self) -> str:
        lines = [f"  {action} ({status}): {what}" for action, status, what in self._lines()]
        return "\n".join(line for line in (self._title(), *lines, self._rest(), self.notice) if line)

    def _repr_html_(self) -> str:
        rows = "".join(
            "<tr>" + "".join(f'<td style="text-align: left">{escape(cell)}</td>' for cell in cells) + "</tr>"
            for cells in self._lines()
        )
        tail = "".join(f"<div>{escape(text)}</div>" for text in (self._rest(), self.notice) if text)
        return f"<div><strong>{escape(self._title())}</strong></div><table>{rows}</table>{tail}"


class Status:
    """The unsaved changes of a dataset: ``changes`` are ``(change, name)``, names relative to the dataset."""

    def __init__(self, dataset: str, branch: str | None, changes: list[tuple[str, str]], truncated: bool) -> None:
        self.dataset = dataset
        self.branch = branch
        self.changes = changes
        self.truncated = truncated

    def _lines(self) -> list[str]:
        more = ["… and more"] if self.truncated else []
        return [*(f"{change}: {name}" for change, name in self.changes), *more] or ["nothing to save, working tree clean"]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return "<br>".join(escape(line) for line in self._lines())

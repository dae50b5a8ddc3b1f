"""One line that tells how far a job is, and goes when the job has ended."""

from __future__ import annotations

import sys
import time
from typing import Any
from uuid import uuid4

#: What is over by then shows no line.
SILENT_S = 0.5


class ProgressLine:
    """A line in the output of a cell, or on a terminal; elsewhere nothing is shown."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._shown = ""
        self._id: str | None = None
        self._kernel = _in_kernel()

    def show(self, job: dict[str, Any]) -> None:
        text = progress_text(job)
        # A job that waits for somebody tells nothing more until then.
        waits = job["state"] == "queued" or job.get("prompt") is not None
        if text != self._shown and (waits or time.monotonic() - self._begun >= SILENT_S):
            self._put(text)

    def end(self) -> None:
        if self._shown:
            self._put("")

    def _put(self, text: str) -> None:
        if self._kernel:
            self._publish(text)
        elif sys.stderr is not None and sys.stderr.isatty():
            print("\r" + text.ljust(len(self._shown)), end="" if text else "\r", file=sys.stderr, flush=True)
        self._shown = text

    def _publish(self, text: str) -> None:
        from IPython.display import display, update_display

        data = {"text/plain": text}
        if self._id is None:
            self._id = uuid4().hex
            display(data, raw=True, display_id=self._id)
        else:
            update_display(data, raw=True, display_id=self._id)


class Printed:
    """What a command prints, as it comes: of a text of which only the end is kept, that which is new."""

    def __init__(self) -> None:
        self._seen = ""

    def show(self, text: str) -> None:
        if text != self._seen:
            sys.stdout.write(_news(self._seen, text))
            sys.stdout.flush()
            self._seen = text


def _news(seen: str, text: str) -> str:
    if text.startswith(seen):
        return text[len(seen) :]
    # The beginning was cut off, or its last line written anew.
    end = seen[-500:]
    at = text.rfind(end)
    if at >= 0:
        return text[at + len(end) :]
    same = next((at for at, (one, other) in enumerate(zip(seen, text)) if one != other), min(len(seen), len(text)))
    return "\n" + text[text.rfind("\n", 0, same) + 1 :]


def _in_kernel() -> bool:
    # Nothing is imported for it: where there is a kernel, IPython is there already.
    ipython: Any = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return hasattr(shell, "kernel")


def progress_text(job: dict[str, Any]) -> str:
    """How far a job is, in words."""
    name = f"datalad {job['operation']}"
    prompt = job.get("prompt")
    if prompt is not None:
        return f"{name} asks: “{prompt['text']}”. Answer in the DataLad panel."
    if job["state"] == "queued":
        return f"{name} waits for another command in this dataset…"
    told = job.get("progress") or {}
    parts = [
        _part(told.get("files"), told.get("totalFiles"), lambda count: f"{count:,}", " files"),
        _part(told.get("bytes"), told.get("totalBytes"), _size, ""),
    ]
    return f"{name}: " + (", ".join(part for part in parts if part) or told.get("step") or "…")


def _part(now: Any, total: Any, word: Any, unit: str) -> str:
    if now is None:
        return ""
    return f"{word(now)} of {word(total)}{unit}" if total else f"{word(now)}{unit}"


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            break
        count /= 1000
    else:
        unit = "TB"
    return f"{count:.0f} B" if unit == "B" else f"{count:.1f} {unit}"

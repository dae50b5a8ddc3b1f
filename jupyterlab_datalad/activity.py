"""Tells an idle culler that a job runs, and nothing else: an open tab with its event stream is no activity."""

from __future__ import annotations

import os
import time
from typing import Any

from jupyter_server.base.handlers import utcnow
from tornado.ioloop import PeriodicCallback

INTERVAL_S = 30
#: The server touches the file every 20 seconds while a job runs.
FRESH_S = 45


class ActivityWatch:
    """Looks at the age of one file; exists only once the Node server does, so that an unused extension costs no timer."""

    def __init__(self, settings: dict[str, Any], file: str) -> None:
        self._callback = PeriodicCallback(lambda: record_running_jobs(settings, file), INTERVAL_S * 1000)
        self._callback.start()


def record_running_jobs(settings: dict[str, Any], file: str) -> None:
    """Counts as activity if the server has touched the file lately."""
    try:
        age = time.time() - os.stat(file).st_mtime
    except FileNotFoundError:
        return
    if age < FRESH_S:
        record_activity(settings)


def record_activity(settings: dict[str, Any]) -> None:
    """Counts as the user's activity now."""
    settings.setdefault("last_activity_times", {})["jupyterlab_datalad"] = utcnow()

"""Reads what the server sends, also while a command runs."""

import os
import queue
import signal
import threading
import time

SHUTDOWN_GRACE = 5
"""Seconds a running command has to clean up after the server is gone."""


class Inbox(threading.Thread):
    """Reads requests, so that the main thread is free to be interrupted; ends the group when the server is gone."""

    def __init__(self, channel):
        super().__init__(daemon=True)
        self._channel = channel
        self.runs = queue.SimpleQueue()
        self.busy = False
        self._answers = {}
        self._lock = threading.Lock()

    def run(self):
        for request in self._channel.requests():
            if request['type'] == 'run':
                self.runs.put(request)
            else:
                self.expect(request['id']).put(request['value'])
        self.runs.put(None)
        if self.busy:
            end_group()

    def expect(self, prompt):
        """The queue on which the answer to a prompt will come."""
        with self._lock:
            return self._answers.setdefault(prompt, queue.SimpleQueue())


def end_group():
    """Ends this process and its children, the gentle way first."""
    for name in (signal.SIGINT, signal.SIGTERM):
        os.killpg(0, name)
        time.sleep(SHUTDOWN_GRACE)
    os.killpg(0, signal.SIGKILL)

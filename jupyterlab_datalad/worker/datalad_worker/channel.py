"""The protocol on stdin and stdout, and what travels on it."""

import json
import os
import threading

UNSERIALISED = frozenset({'logger', 'exception_traceback', 'refds', 'parentds'})


class Channel:
    """The protocol on private copies of stdin and stdout.

    Whatever DataLad or its children print goes to stderr instead, and no child can read a request by mistake.
    """

    def __init__(self):
        self._input = os.fdopen(os.dup(0), 'rb')
        self._output = os.fdopen(os.dup(1), 'wb')
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        self._lock = threading.Lock()

    def send(self, kind, **fields):
        # Plain ASCII: a lone surrogate, which stands for a byte that is no UTF-8, travels as an escape.
        line = json.dumps({'type': kind, **fields}, ensure_ascii=True, default=plain)
        with self._lock:
            self._output.write(line.encode('ascii') + b'\n')
            self._output.flush()

    def requests(self):
        """The requests as they come; ends when the server is gone."""
        for line in self._input:
            yield json.loads(line)


def plain(value):
    """What JSON lacks: paths, exceptions, sets, bytes."""
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    if isinstance(value, bytes):
        return os.fsdecode(value)
    if isinstance(value, BaseException):
        return describe(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return str(value)


def record_of(result):
    """A result record as plain data, without what is of no use outside this process."""
    return {str(key): value for key, value in result.items() if key not in UNSERIALISED}


def describe(error):
    """An exception by class name and text, with what a command printed."""
    text = str(error) or type(error).__name__
    stderr = getattr(error, 'stderr', None)
    if isinstance(stderr, bytes):
        stderr = os.fsdecode(stderr)
    return {'exception': type(error).__name__, 'text': text, 'stderr': stderr or ''}

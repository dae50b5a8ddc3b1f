"""Passes on what DataLad logs."""

import itertools
import logging
import time

PROGRESS_INTERVAL = 0.1
"""Seconds between two updates of one progress bar."""


class ProgressHandler(logging.Handler):
    """Turns DataLad's log into messages: progress bars as absolute values, the rest as text."""

    def __init__(self, channel):
        super().__init__()
        self._channel = channel
        self._bars = {}

    def forget(self):
        """A new command starts with no bar: an interrupted one never ended its own."""
        self._bars.clear()

    def emit(self, record):
        try:
            if not hasattr(record, 'dlm_progress'):
                self._channel.send('log', level=record.levelname, text=record.getMessage())
            elif getattr(record, 'dlm_progress_maint', None) is None:
                self._bar(str(record.dlm_progress), record)
        except Exception:
            self.handleError(record)

    def _bar(self, bar, record):
        update = getattr(record, 'dlm_progress_update', None)
        state = self._bars.get(bar)
        if state is None:
            state = {'value': getattr(record, 'dlm_progress_initial', 0), 'total': None, 'label': '', 'unit': ''}
            self._bars[bar] = state
        elif update is None:
            del self._bars[bar]
            self._send(bar, state, 'end')
            return
        for field in ('label', 'total', 'unit'):
            state[field] = getattr(record, f'dlm_progress_{field}', state[field])
        if update is not None:
            state['value'] = update + (state['value'] if getattr(record, 'dlm_progress_increment', False) else 0)
        self._throttled(bar, state)

    def _throttled(self, bar, state):
        now = time.monotonic()
        if now - state.get('sent', 0) >= PROGRESS_INTERVAL:
            state['sent'] = now
            self._send(bar, state, 'update')

    def _send(self, bar, state, step):
        fields = {field: state[field] for field in ('label', 'unit', 'total', 'value')}
        self._channel.send('progress', id=bar, step=step, **fields)


class DownloadBars:
    """Passes on how far DataLad's own downloader is, which draws its bars itself instead of logging them."""

    def __init__(self, channel):
        self._channel = channel
        self._ids = itertools.count(1)

    def make(self, *_, total=None, **__):
        """A bar as DataLad uses it; ``total`` is in bytes, or None where the server does not say."""
        return DownloadBar(self._channel, f'download-{next(self._ids)}', total)


class DownloadBar:
    """One transfer, in bytes."""

    def __init__(self, channel, bar, total):
        self._channel = channel
        self._bar = bar
        self._total = total
        self._value = 0
        self._sent = 0

    def update(self, size, increment=False, total=None):
        self._total = total or self._total
        self._value = size + (self._value if increment else 0)
        now = time.monotonic()
        if now - self._sent >= PROGRESS_INTERVAL:
            self._sent = now
            self._send('update', self._value)

    def finish(self, *_, **__):
        # One that broke off is begun anew, and then by another bar: what it had does not count.
        self._send('end', self._value if self._value == self._total else 0)

    def start(self, initial=0):
        self._value = initial

    def refresh(self):
        pass

    clear = refresh

    def set_desc(self, *_):
        pass

    set_initial = set_desc

    def _send(self, step, value):
        self._channel.send('progress', id=self._bar, step=step, label='Total', unit=' Bytes', total=self._total, value=value)

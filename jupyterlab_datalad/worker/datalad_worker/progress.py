"""Passes on what DataLad logs."""

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

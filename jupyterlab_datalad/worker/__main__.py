"""Runs DataLad commands for the Node server: one request at a time, JSON lines on stdin and stdout.

The folder is started by path, not as a module, so that it needs nothing of the package around it and nothing of Jupyter. It must
lead its own process group: a cancel is a SIGINT to that group.

Requests: ``{"type": "run", "command", "dataset", "folder", "arguments"}`` and ``{"type": "answer", "id", "value"}``.
Messages: ``ready``, ``result``, ``progress``, ``log``, ``prompt``, then ``done`` or ``failed``.
"""

import contextlib
import logging
import signal

from datalad_worker.adjustments import get_two_at_once, keep_long_labels, name_files_in_full
from datalad_worker.channel import Channel, describe, record_of
from datalad_worker.commands import find_command, load_frequent
from datalad_worker.guards import clone_as_the_user_wants, refuse_programs_of_datasets
from datalad_worker.inbox import Inbox
from datalad_worker.progress import DownloadBars, ProgressHandler
from datalad_worker.prompts import AskPass, Prompter, make_ui


class Worker:
    """Runs commands of DataLad's Python API."""

    def __init__(self):
        self._channel = Channel()
        self._inbox = Inbox(self._channel)
        self._progress = ProgressHandler(self._channel)
        self._prompter = Prompter(self._channel, self._inbox)

    def serve(self):
        import datalad
        from datalad.ui import KNOWN_BACKENDS, ui

        # First: what an extension patches is then adjusted as it will be used.
        load_frequent()
        KNOWN_BACKENDS['forwarding'] = make_ui(self._prompter, DownloadBars(self._channel).make)
        ui.set_backend('forwarding')
        keep_long_labels()
        name_files_in_full()
        refuse_programs_of_datasets()
        clone_as_the_user_wants()
        get_two_at_once()
        logger = logging.getLogger('datalad')
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
        logger.addHandler(self._progress)
        logger.setLevel(logging.INFO)
        self._inbox.start()
        AskPass(self._prompter).start()
        self._channel.send('ready', version=datalad.__version__)
        while (request := self._inbox.runs.get()) is not None:
            self._run(request)

    def _run(self, request):
        self._progress.forget()
        self._prompter.renew()
        outcome = None
        try:
            # Only while a command runs: its children inherit the disposition, an idle worker is not to be interrupted.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._inbox.busy = True
            self._execute(request)
        except KeyboardInterrupt:
            outcome = {'exception': 'KeyboardInterrupt', 'text': 'interrupted', 'stderr': '', 'cancelled': True}
        except Exception as error:
            outcome = {**describe(error), 'cancelled': False}
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            self._inbox.busy = False
        if outcome is None:
            self._channel.send('done')
        else:
            self._channel.send('failed', **outcome)

    def _execute(self, request):
        import datalad
        from datalad.distribution.dataset import Dataset
        from datalad.support.exceptions import IncompleteResultsError
        from datalad.utils import chpwd

        # Configuration may have changed since this process started.
        datalad.cfg.reload()
        arguments = dict(request['arguments'])
        if request['dataset'] is not None:
            # An object, not a string: relative paths then mean this dataset, wherever this process stands.
            dataset = Dataset(request['dataset'])
            if dataset.is_installed():
                dataset.config.reload()
            arguments['dataset'] = dataset
        with contextlib.ExitStack() as place:
            if request.get('folder') is not None:
                # What runs a command runs it in this folder, and records it, only where the dataset is a string.
                arguments['dataset'] = request['dataset']
                place.enter_context(chpwd(request['folder']))
            results = find_command(request['command'])(
                **{'on_failure': 'ignore', **arguments},
                return_type='generator',
                result_renderer='disabled',
                result_filter=None,
                result_xfm=None,
            )
            try:
                for result in results:
                    self._channel.send('result', record=record_of(result))
            except IncompleteResultsError as error:
                if arguments.get('on_failure') != 'stop':
                    raise
                # The record at which it was to stop is in the exception alone.
                for result in error.failed or ():
                    self._channel.send('result', record=record_of(result))


if __name__ == '__main__':
    # Nobody may stop the start-up halfway: an interrupted import leaves a half-initialised DataLad.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Worker().serve()

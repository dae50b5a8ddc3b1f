"""Runs DataLad commands for the Node server: one request at a time, JSON lines on stdin and stdout.

It is started by path, not as a module, so that it needs nothing of this package and nothing of Jupyter. It must lead its own
process group: a cancel is a SIGINT to that group.

Requests: ``{"type": "run", "command", "dataset", "arguments"}`` and ``{"type": "answer", "id", "value"}``.
Messages: ``ready``, ``result``, ``progress``, ``log``, ``prompt``, then ``done`` or ``failed``.
"""

import atexit
import contextlib
import itertools
import json
import logging
import os
import queue
import shlex
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time

PROGRESS_INTERVAL = 0.1
"""Seconds between two updates of one progress bar."""

SHUTDOWN_GRACE = 5
"""Seconds a running command has to clean up after the server is gone."""

ANNEX_JOBS = 2
"""Transfers of one git-annex at a time; more make thousands of small files slower on few cores."""

PLAIN_REMOTES = frozenset({'git', 'web', 'S3', 'webdav', 'directory', 'rsync', 'httpalso'})
"""Special remotes that git-annex enables without starting a program with arguments of the dataset's choice."""

KNOWN_EXTERNALS = frozenset({'datalad', 'datalad-archives', 'ora', 'ria', 'osf', 'uncurl', 'archivist'})
"""External special remotes of DataLad and its extensions."""

PROGRAM_FOLDERS = ('git-annex-remote-', 'git-annex-backend-', 'git-annex-compute-')

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


class Prompter:
    """Hands questions to the user, one at a time, and waits for the answer."""

    def __init__(self, channel, inbox):
        self._channel = channel
        self._inbox = inbox
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._refused = False

    def renew(self):
        """A new command may ask again."""
        self._refused = False

    def ask(self, text, *, hidden=False, choices=None):
        """The answer, or None when the user refuses. Who refused once is not asked again: DataLad tries several addresses."""
        with self._lock:
            if self._refused:
                return None
            prompt = str(next(self._ids))
            answer = self._inbox.expect(prompt)
            self._channel.send('prompt', id=prompt, text=text, hidden=bool(hidden), choices=choices)
            value = answer.get()
            self._refused = value is None
            return value


class AskPass(threading.Thread):
    """Answers the questions of git and ssh, which start ``askpass.py`` instead of asking on a terminal."""

    def __init__(self, prompter):
        super().__init__(daemon=True)
        self._prompter = prompter
        # Private to the user: whoever reaches the socket is asked for nothing, but could make the user be asked.
        self._folder = tempfile.mkdtemp(prefix='jupyterlab-datalad-ask-')
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(os.path.join(self._folder, 'socket'))
        self._socket.listen()
        self._point_tools_here()

    def _point_tools_here(self):
        script = os.path.join(self._folder, 'askpass')
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'askpass.py')
        words = [sys.executable, '-I', '-S', program, self._socket.getsockname()]
        with open(os.open(script, os.O_CREAT | os.O_WRONLY, 0o700), 'w', encoding='utf-8') as file:
            file.write(f'#!/bin/sh\nexec {shlex.join(words)} "$1"\n')
        os.environ.update(GIT_ASKPASS=script, SSH_ASKPASS=script, SSH_ASKPASS_REQUIRE='force')

    def run(self):
        while True:
            connection, _ = self._socket.accept()
            with connection, contextlib.suppress(OSError, ValueError):
                question = json.loads(connection.makefile('rb').readline())
                connection.sendall(json.dumps(self._answer(question)).encode('ascii') + b'\n')

    def _answer(self, question):
        if '(yes/no' in question:
            return self._prompter.ask(question, choices=['yes', 'no'])
        return self._prompter.ask(question, hidden=not question.startswith('Username'))


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


def keep_long_labels():
    """DataLad cuts the labels of its progress bars to the width of a terminal: file names of more than 20 characters would be lost."""
    from datalad.ui import utils

    utils.get_console_width = lambda default_min=20: 100_000


def name_files_in_full():
    """git-annex names files relative to their repository, and progress does not say which that is: a recursive get goes through many."""
    from datalad.support.annexrepo import AnnexJsonProtocol, AnnexRepo

    call = AnnexRepo._call_annex

    def in_full(repository, args, files=None, jobs=None, protocol=None, **kwargs):
        if protocol is None:
            return call(repository, args, files=files, jobs=jobs, **kwargs)
        if issubclass(protocol, AnnexJsonProtocol):
            protocol = type(protocol.__name__, (InFull, protocol), {'_repository': repository.path})
        return call(repository, args, files=files, jobs=jobs, protocol=protocol, **kwargs)

    AnnexRepo._call_annex = in_full


class InFull:
    """Mixed into DataLad's reader of what git-annex says."""

    def _get_pbar_label(self, action):
        file = action.get('file')
        return super()._get_pbar_label({**action, 'file': os.path.join(self._repository, file)} if file else action)


def get_two_at_once():
    """Two files at a time, unless the user has set it otherwise: DataLad's own default of one leaves the line idle between files."""
    from datalad.interface.common_cfg import definitions

    definitions['datalad.runtime.max-annex-jobs']['default'] = ANNEX_JOBS


def make_ui(prompter):
    """A DataLad user interface without progress bars whose questions go to the user of the server."""
    from datalad.ui.base import InteractiveUI
    from datalad.ui.dialog import SilentConsoleLog

    class ForwardingUI(SilentConsoleLog, InteractiveUI):
        def question(self, text, title=None, choices=None, default=None, hidden=False, repeat=None):
            words = text if title is None else f'{title}\n{text}'
            answer = prompter.ask(words, hidden=hidden, choices=choices)
            if answer is None:
                raise KeyboardInterrupt
            return answer or default or ''

    return ForwardingUI


def refuse_programs_of_datasets():
    """Refuses to set up an annex in which git-annex would start programs of the dataset's own.

    git-annex looks for ``git-annex-remote-<type>`` and ``git-annex-backend-X<name>``, and the dataset chooses type and name: with a
    slash in them that is no program on PATH but a file below the folder it works in, which comes with a clone. A type may even be
    enabled without being asked for, as soon as the annex is set up.
    """
    from datalad.support.annexrepo import AnnexRepo

    set_up = AnnexRepo._init

    def checked(repository, *args, **kwargs):
        with os.scandir(repository.path) as entries:
            for entry in entries:
                if entry.name.startswith(PROGRAM_FOLDERS) and not entry.is_file(follow_symlinks=False):
                    raise RuntimeError(f'git-annex would start programs that lie in the dataset, in {entry.name}')
        if starts_programs(repository):
            return set_up_without_remotes(repository, lambda: set_up(repository, *args, **kwargs))
        return set_up(repository, *args, **kwargs)

    AnnexRepo._init = checked


def starts_programs(repository):
    """Whether special remotes that an annex enables as soon as it is set up start programs, with arguments of the dataset's choice."""
    branches = ['refs/heads/git-annex', 'refs/remotes/*/git-annex']
    for ref in repository.call_git(['for-each-ref', '--format=%(refname)', *branches], read_only=True).split():
        name = f'{ref}:remote.log'
        if not repository.call_git_success(['cat-file', '-e', name], read_only=True):
            continue
        for line in repository.call_git(['cat-file', 'blob', name], read_only=True).splitlines():
            values = dict(word.split('=', 1) for word in line.split(' ') if '=' in word)
            known = values.get('type') == 'external' and values.get('externaltype') in KNOWN_EXTERNALS
            if 'autoenable' in values and not known and values.get('type') not in PLAIN_REMOTES:
                return True
    return False


def set_up_without_remotes(repository, set_up):
    """Sets up an annex and enables no special remote: git-annex knows only all of them or none."""
    call = repository._call_annex

    def call_annex(args, *more, **kwargs):
        return call(['init', '--no-autoenable', *args[1:]] if args[0] == 'init' else args, *more, **kwargs)

    repository._call_annex = call_annex
    try:
        set_up()
    finally:
        del repository._call_annex
    logging.getLogger('datalad').warning(
        'Special remotes of this dataset were not enabled, since they would start other programs: '
        'see "git annex info", and enable those you want with "git annex enableremote".'
    )


def clone_as_the_user_wants():
    """Takes how subdatasets are cloned from the user's settings alone, not from those that travel with a dataset.

    A committed ``datalad.clone.reckless`` could make new clones writable for everybody, or hang them on the annex of another dataset.
    """
    from datalad.config import ConfigManager

    name = 'datalad.clone.reckless'
    any_source = ConfigManager.get

    def get(config, key, default=None, get_all=False):
        # Where the dataset says nothing, that method asks this one again, without end.
        if key == name and key in config._stores['branch']['cfg']:
            return config.get_from_source('local', key, default)
        return any_source(config, key, default, get_all)

    ConfigManager.get = get


class Worker:
    """Runs commands of ``datalad.api``."""

    def __init__(self):
        self._channel = Channel()
        self._inbox = Inbox(self._channel)
        self._progress = ProgressHandler(self._channel)
        self._prompter = Prompter(self._channel, self._inbox)

    def serve(self):
        import datalad
        import datalad.api
        from datalad.ui import KNOWN_BACKENDS, ui

        KNOWN_BACKENDS['forwarding'] = make_ui(self._prompter)
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
        import datalad.api as dl

        # Configuration may have changed since this process started.
        datalad.cfg.reload()
        arguments = dict(request['arguments'])
        if request['dataset'] is not None:
            # An object, not a string: relative paths then mean this dataset, wherever this process stands.
            dataset = dl.Dataset(request['dataset'])
            if dataset.is_installed():
                dataset.config.reload()
            arguments['dataset'] = dataset
        results = getattr(dl, request['command'])(
            **arguments,
            return_type='generator',
            on_failure='ignore',
            result_renderer='disabled',
            result_filter=None,
            result_xfm=None,
        )
        for result in results:
            self._channel.send('result', record=record_of(result))


if __name__ == '__main__':
    # Nobody may stop the start-up halfway: an interrupted import leaves a half-initialised DataLad.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Worker().serve()

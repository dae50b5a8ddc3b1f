"""DataLad in JupyterLab: the labextension, and the way to the Node server that does its work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

try:
    from ._version import __version__
except ImportError:
    # A source tree that was never built.
    __version__ = "0.0.0.dev0"

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyterlab-datalad"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "jupyterlab_datalad"}]


def _load_jupyter_server_extension(server_app: ServerApp) -> None:
    # Imported here: `import jupyterlab_datalad` alone must stay cheap, since the worker does it, too.
    from .files import files_rules
    from .protect import protect_content
    from .proxy import DataladProxyHandler

    protect_content(server_app.contents_manager)
    web_app: Any = server_app.web_app
    base_url = web_app.settings["base_url"].rstrip("/")
    web_app.add_handlers(
        ".*",
        [
            (f"{base_url}/datalad(/.*)", DataladProxyHandler, {"state": {}}),
            *files_rules(server_app.contents_manager, base_url),
        ],
    )

"""Keeps Jupyter from writing through the link of a locked annexed file.

git-annex write-protects content, which root does not notice: Jupyter follows the link and replaces the stored content, under a key that
says otherwise. git sees no change, and the next check throws the content away. JupyterLab's own editors ask first, in the browser; here
stands who does not: classic pages, shared editing, other clients of the contents API, a page without this extension.
"""

from __future__ import annotations

import os
from typing import Any

from tornado import web

from .files import ANNEXED_CONTENT


def refuse_stored_content(*, model: Any, path: str, contents_manager: Any, **_: Any) -> None:
    """A pre-save hook: only an ``HTTPError`` of such a hook stops the save."""
    if ANNEXED_CONTENT.search(os.path.realpath(contents_manager._get_os_path(path))):
        raise web.HTTPError(403, f"{path} is a locked annexed file: its recorded content is protected. Unlock it, then save again.")


def protect_content(contents_manager: Any) -> None:
    """Does nothing where the contents are no files of this machine, or the manager knows no hooks."""
    register = getattr(contents_manager, "register_pre_save_hook", None)
    if register is not None and hasattr(contents_manager, "_get_os_path"):
        register(refuse_stored_content)

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
    if _leads_to_stored_content(contents_manager._get_os_path(path)):
        raise web.HTTPError(403, f"{path} is a locked annexed file: its recorded content is protected. Unlock it, then save again.")


def protect_content(contents_manager: Any) -> None:
    """Does nothing where the contents are no files of this machine, or the manager knows no hooks."""
    register = getattr(contents_manager, "register_pre_save_hook", None)
    if register is not None and hasattr(contents_manager, "_get_os_path"):
        register(refuse_stored_content)
        _protect_from_checkpoints(contents_manager)


def _protect_from_checkpoints(contents_manager: Any) -> None:
    """Checkpoints are copied to and from files without asking hooks. Either call may return an awaitable, which is handed on."""
    restore, create = contents_manager.restore_checkpoint, contents_manager.create_checkpoint

    def restore_checkpoint(checkpoint_id: str, path: str) -> Any:
        if _leads_to_stored_content(contents_manager._get_os_path(path)):
            raise web.HTTPError(
                403, f"{path} is a locked annexed file: its recorded content is protected. Unlock it, then go back to the checkpoint."
            )
        return restore(checkpoint_id, path)

    def create_checkpoint(path: str) -> Any:
        place_of = getattr(contents_manager.checkpoints, "checkpoint_path", None)
        place = None if place_of is None else place_of("checkpoint", path)
        # A save of the whole folder may have annexed a checkpoint. What is stored stays; a new file takes the place of the link.
        # Of a file that may not be written Jupyter makes no checkpoint: then the old one stays, too.
        writable = os.access(contents_manager._get_os_path(path), os.W_OK)
        if place is not None and writable and os.path.islink(place) and _leads_to_stored_content(place):
            os.unlink(place)
        return create(path)

    contents_manager.restore_checkpoint = restore_checkpoint
    contents_manager.create_checkpoint = create_checkpoint


def _leads_to_stored_content(path: str) -> bool:
    return ANNEXED_CONTENT.search(os.path.realpath(path)) is not None

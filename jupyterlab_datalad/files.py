"""Downloads and media players for annexed files.

Tornado (since 6.6) resolves a link before Jupyter asks whether the file is hidden, and an annexed file's content lies below `.git`:
`/files/…`, behind Download, the video player and images in Markdown, then answers 404 for every locked annexed file.
"""

from __future__ import annotations

import os
import re
from typing import Any

from jupyter_core.paths import is_hidden
from jupyter_server.base.handlers import AuthenticatedFileHandler
from tornado import web

#: Content lies in `annex/objects/<hash>/<hash>/KEY/KEY`.
ANNEXED_CONTENT = re.compile(r"/\.git/(?:.+/)?annex/objects/[^/]+/[^/]+/(?P<key>[^/]+)/(?P=key)$")


class AnnexedFilesHandler(AuthenticatedFileHandler):
    """Jupyter's own handler, which also serves the content that a link in plain sight stands for."""

    linked_path: str | None = None

    def validate_absolute_path(self, root: str, absolute_path: str) -> str:
        try:
            return super().validate_absolute_path(root, absolute_path)
        except web.HTTPError as error:
            if error.status_code != 404 or not self._stands_for_content(root, absolute_path):
                raise
        self.linked_path = absolute_path
        # Still tornado's checks: inside the root, an ordinary file.
        return web.StaticFileHandler.validate_absolute_path(self, root, absolute_path) or absolute_path

    def get_content_type(self) -> str:
        """By the name people see: a key need not have an extension."""
        content = self.absolute_path
        self.absolute_path = self.linked_path or content
        try:
            return super().get_content_type()
        finally:
            self.absolute_path = content

    @staticmethod
    def _stands_for_content(root: str, path: str) -> bool:
        return (
            os.path.islink(path)
            and not is_hidden(path, os.path.abspath(root))
            and ANNEXED_CONTENT.search(os.path.realpath(path)) is not None
        )


def files_rules(contents_manager: Any, base_url: str) -> list[Any]:
    """The rule that goes before Jupyter's own; none where files are served in another way."""
    if contents_manager.files_handler_class is not AuthenticatedFileHandler:
        return []
    return [(f"{base_url}/files/(.*)", AnnexedFilesHandler, contents_manager.files_handler_params)]

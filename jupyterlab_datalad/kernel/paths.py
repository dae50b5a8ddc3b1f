"""Paths as they are typed in a notebook, and as the server names them: relative to the folder that JupyterLab shows."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable
from typing import Union

from .address import is_within
from .failures import refused

Path = Union[str, "os.PathLike[str]"]


def working_folder() -> str:
    """Real path of the folder that a notebook works in."""
    try:
        return os.path.realpath(os.getcwd())
    except FileNotFoundError:
        raise refused("The folder that this notebook works in is gone.", kind="not-found") from None


def contents_path(path: Path, root: str) -> str:
    """The path that the server knows; the last name is not followed, since an annexed file is a link."""
    typed = os.path.abspath(os.path.expanduser(os.fspath(path)))
    absolute = os.path.join(os.path.realpath(os.path.dirname(typed)), os.path.basename(typed)).rstrip(os.sep) or os.sep
    if not is_within(absolute, root):
        raise refused(f"{path} lies outside of the folder that JupyterLab shows: {root}.", kind="outside-root")
    name = os.path.relpath(absolute, root)
    if name == os.curdir:
        return ""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "bytes:" + base64.urlsafe_b64encode(os.fsencode(name)).decode().rstrip("=")
    return name


def as_list(paths: Path | Iterable[Path] | None) -> list[Path]:
    """One path, several or none."""
    if paths is None:
        return []
    return [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)

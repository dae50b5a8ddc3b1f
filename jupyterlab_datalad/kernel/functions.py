"""What a notebook calls: ``jupyterlab_datalad.get("data.csv")``. Names and options are those of DataLad's own Python functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .failures import refused
from .paths import Path, as_list
from .result import Result, Status
from .work import Work


def status(path: Path | None = None) -> Status:
    """Unsaved changes of the dataset around the working folder, or those at or below ``path``."""
    work = Work()
    place = work.path(work.folder if path is None else path)
    told = work.dataset(None if path is None else place)
    top = told["dataset"]["path"]
    below = place if path is not None and place != top else None
    changes = [
        (change["change"], change["name"])
        for change in told["changes"]
        if below is None or change["path"] == below or change["path"].startswith(f"{below}/")
    ]
    return Status(top, told["branch"].get("name"), changes, told["truncated"])


def get(path: Path | Iterable[Path], *, recursive: bool = False, get_data: bool = True, source: str | None = None) -> Result:
    """Gets content, and installs subdatasets on the way; ``source`` is the name of a sibling."""
    work = Work()
    return work.do("get", {**_at(work, path), "recursive": recursive or None, "noData": None if get_data else True, "source": source})


def drop(path: Path | Iterable[Path], *, recursive: bool = False, what: str = "filecontent") -> Result:
    """Frees content that another place is known to have; what would be lost is refused."""
    work = Work()
    return work.do("drop", {**_at(work, path), "recursive": recursive or None, "what": what}, commits=True)


def unlock(path: Path | Iterable[Path]) -> Result:
    """Makes annexed files editable."""
    work = Work()
    return work.do("unlock", _at(work, path), commits=True)


def save(
    path: Path | Iterable[Path] | None = None,
    message: str = "",
    *,
    recursive: bool = False,
    to_git: bool = False,
    version_tag: str | None = None,
) -> Result:
    """Records changes, by default all of the dataset around the working folder."""
    work = Work()
    given = {"dataset": work.dataset()["dataset"]["path"]} if path is None else _at(work, path)
    options = {"message": message, "recursive": recursive or None, "toGit": to_git or None, "versionTag": version_tag}
    return work.do("save", {**given, **options}, commits=True)


def run(
    command: str | list[str],
    inputs: str | Iterable[str] = (),
    outputs: str | Iterable[str] = (),
    message: str | None = None,
    *,
    explicit: bool = False,
    expand: str | None = None,
    assume_ready: str | None = None,
) -> Result:
    """
    Runs a command in the working folder, and saves what it changes with a record of how that was made, as ``datalad run`` does: what it
    prints is shown as it comes. ``inputs`` and ``outputs`` are paths or patterns relative to the working folder.
    """
    import shlex

    work = Work()
    return work.do(
        "run",
        {
            "dataset": work.dataset()["dataset"]["path"],
            "command": command if isinstance(command, str) else shlex.join(command),
            "inputs": [str(each) for each in as_list(inputs)],
            "outputs": [str(each) for each in as_list(outputs)],
            "message": message,
            "explicit": explicit or None,
            "expand": expand,
            "assumeReady": assume_ready,
            "workingFolder": work.path(work.folder),
        },
        commits=True,
    )


def _at(work: Work, path: Path | Iterable[Path]) -> dict[str, Any]:
    """The paths of a job, with the dataset around the working folder where they lie in it, else with the one around the first of them."""
    paths = [work.path(each) for each in as_list(path)]
    if not paths:
        raise refused("Say which files or folders: none were named.", "`.` is the folder that this notebook works in.")
    around = work.call("dataset", {"path": work.path(work.folder)})
    dataset = None if around is None else around["dataset"]["path"]
    if dataset is None or not all(_is_in(each, dataset) for each in paths):
        dataset = work.dataset(paths[0])["dataset"]["path"]
    return {"dataset": dataset, "paths": paths}


def _is_in(path: str, dataset: str) -> bool:
    return dataset == "" or path == dataset or path.startswith((f"{dataset}/", "bytes:"))

"""Makes the demo workspace with real DataLad: `python scripts/demo.py FOLDER`.

FOLDER/study is a clone with every kind of file a dataset can hold, FOLDER/notes a plain folder. What they were cloned
from lies in FOLDER/.origin, so that get and drop work without a network. The browser tests use the same workspace.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

SURROUNDINGS = {
    "GIT_AUTHOR_NAME": "Demo",
    "GIT_AUTHOR_EMAIL": "demo@example.org",
    "GIT_COMMITTER_NAME": "Demo",
    "GIT_COMMITTER_EMAIL": "demo@example.org",
    # Where the demo is made must not matter: nothing of the user's own configuration.
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "init.defaultBranch",
    "GIT_CONFIG_VALUE_0": "main",
    "DATALAD_UI_PROGRESSBAR": "none",
}


def noise(seed: int, size: int) -> bytes:
    """Content that does not compress and is the same in every demo."""
    return random.Random(seed).randbytes(size)


def write(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def git(dataset: Path, *args: str) -> None:
    subprocess.run(["git", "-C", str(dataset), *args], check=True, stdout=subprocess.DEVNULL)


def make_stimuli(origin: Path, dl) -> Path:
    """A dataset of its own, registered in the study twice: installed once."""
    path = origin / "stimuli"
    dl.create(path=path)
    for number in range(1, 7):
        write(path / "faces" / f"face-{number:02}.png", noise(100 + number, 40_000 * number))
    write(path / "README.md", "# Stimuli\n\nPictures shown in the study.\n")
    dl.save(dataset=path, message="Add the pictures")
    return path


def make_recordings(origin: Path, dl) -> Path:
    path = origin / "recordings"
    dl.create(path=path)
    for number in range(1, 4):
        write(path / f"session-{number}.edf", noise(200 + number, 900_000))
    dl.save(dataset=path, message="Add the sessions")
    return path


SUMMARY_SCRIPT = """\
import csv
import sys

with open(sys.argv[1]) as source, open(sys.argv[2], "w") as target:
    rows = list(csv.DictReader(source))
    target.write(f"participants,{len(rows)}\\nmean_age,{sum(int(row['age']) for row in rows) / len(rows):.1f}\\n")
"""


def make_study(origin: Path, dl) -> Path:
    path = origin / "study"
    dl.create(path=path, cfg_proc="text2git")
    write(path / "README.md", "# Demo study\n\nTwelve participants, two sessions each.\n")
    ages = "\n".join(f"sub-{number:02},{20 + number}" for number in range(1, 13))
    write(path / "participants.csv", f"participant,age\n{ages}\n")
    write(path / "code" / "summarise.py", SUMMARY_SCRIPT)
    for number in range(1, 13):
        write(path / "data" / f"sub-{number:02}" / "anat.nii.gz", noise(number, 150_000 + 20_000 * number))
        write(path / "data" / f"sub-{number:02}" / "bold.nii.gz", noise(20 + number, 400_000))
    write(path / "figures" / "overview.png", noise(50, 300_000))
    write(path / "figures" / "draft.png", noise(51, 200_000))
    write(path / "movie with spaces – é.mp4", noise(52, 5_000_000))
    dl.save(dataset=path, message="Add data of twelve participants")
    for name in ("stimuli", "recordings"):
        dl.clone(dataset=path, source=str(origin / name), path=path / name)
    write(path / "notes.txt", "Session 2 of sub-07 was repeated.\n")
    dl.save(dataset=path, message="Note the repeated session")
    # `run` takes the paths and the record's `pwd` from the current folder.
    os.chdir(path)
    dl.run(
        cmd="python code/summarise.py participants.csv summary.csv",
        dataset=str(path),
        inputs=["participants.csv"],
        outputs=["summary.csv"],
        message="Summarise the participants",
    )
    dl.run(
        cmd="sort --reverse participants.csv > participants-sorted.csv",
        dataset=str(path),
        inputs=["participants.csv"],
        outputs=["participants-sorted.csv"],
        message="Sort the participants",
    )
    return path


def clone_study(source: Path, path: Path, dl) -> None:
    """The clone people work in: absent, present, unlocked, modified and untracked files, a subdataset here and one not."""
    dl.clone(source=str(source), path=path)
    present = [path / "data" / "sub-01", path / "data" / "sub-02", path / "figures"]
    dl.get(dataset=path, path=present)
    dl.get(dataset=path, path=path / "stimuli", get_data=False)
    dl.get(dataset=path, path=path / "stimuli" / "faces" / "face-01.png")
    git(path, "annex", "unlock", "figures/draft.png", "data/sub-03/anat.nii.gz")
    # Not `save`, which would lock the one that is here again.
    git(path, "commit", "--quiet", "--message", "Unlock two files")
    write(path / "figures" / "draft.png", noise(53, 210_000))
    write(path / "notes.txt", "Session 2 of sub-07 was repeated.\nSession 1 of sub-03 is noisy.\n")
    write(path / "figures" / "new-figure.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>\n")
    write(path / "ideas.md", "Not saved yet.\n")


def main(workspace: Path) -> None:
    os.environ.update(SURROUNDINGS)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    import datalad.api as dl

    quiet = {"result_renderer": "disabled", "on_failure": "stop"}
    dl = QuietDataLad(dl, quiet)
    origin = workspace / ".origin"
    make_stimuli(origin, dl)
    make_recordings(origin, dl)
    clone_study(make_study(origin, dl), workspace / "study", dl)
    write(workspace / "notes" / "todo.md", "An ordinary folder: no dataset.\n")


class QuietDataLad:
    """DataLad's commands without printed results; the first failure stops."""

    def __init__(self, api, options):
        self._api = api
        self._options = options

    def __getattr__(self, name):
        command = getattr(self._api, name)
        return lambda **arguments: command(**{**self._options, **arguments})


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

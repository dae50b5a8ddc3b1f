"""``datalad rerun``, and which files were written by it.

What a command did not write is there all the same, from before: DataLad takes no output away that is here. So files are looked at just before
a command and just after it. DataLad hands its results over one by one and goes on only when asked for the next, so that one about a file
that it has unlocked, got or removed comes before the command, and the one about the command before what it wrote is saved.
"""

import os


def watched_rerun(dataset, made, **arguments):
    """Tells beside DataLad's results, of each run in ``untouched``, which files that it had made were not written again.

    ``made`` has these files by the commit of the run, relative to the dataset.
    """
    from datalad_worker.commands import find_command

    stamps = {name: stamp(dataset, name) for names in made.values() for name in names}
    for result in find_command('rerun')(dataset=dataset, **arguments):
        chain = result.get('run_info', {}).get('chain', [])
        if result['action'] == 'run' and chain:
            now = {name: stamp(dataset, name) for name in made.get(chain[-1], [])}
            yield {**result, 'untouched': [name for name in now if now[name] == stamps[name]]}
            stamps.update(now)
        else:
            name = os.path.relpath(result['path'], result.get('refds') or dataset)
            if name in stamps:
                stamps[name] = stamp(dataset, name)
            yield result


def stamp(dataset, name):
    """Identity and times of a file or link; nobody can set the time of change."""
    try:
        found = os.lstat(os.path.join(dataset, name))
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)

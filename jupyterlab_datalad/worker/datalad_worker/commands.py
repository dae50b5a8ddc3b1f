"""Finds commands of DataLad's Python API one by one.

``datalad.api`` loads all of DataLad's and its extensions': that takes three times as long and twice the memory, for each user of a hub.
"""

from datalad_worker.adjustments import tell_refusals, tell_why_not_unlocked
from datalad_worker.recording import prepare_run, record_run
from datalad_worker.repeating import watched_rerun

OWN = {'prepare_run': prepare_run, 'record_run': record_run, 'watched_rerun': watched_rerun}
"""Called like commands of DataLad, and made of its parts."""

UNLOCKING = ('run', 'watched_rerun', 'rerun', 'containers_run', 'prepare_run')

FREQUENT = ('get', 'drop', 'save')
"""Loaded before they are asked for: a worker is started when a job is near."""


def load_frequent():
    """Loads the extensions that the configuration names, as ``datalad.api`` does, and the commands most likely to come."""
    from datalad.support.entrypoints import load_extensions

    load_extensions()
    for name in FREQUENT:
        find_command(name)


def find_command(name):
    """A command by its name in Python (``create_sibling``). As in ``datalad.api``, that of an extension wins over DataLad's own."""
    if name in UNLOCKING:
        tell_why_not_unlocked()
    if name in OWN:
        return OWN[name]
    from datalad.interface.base import get_api_name, get_interface_groups, load_interface
    from datalad.support.entrypoints import iter_entrypoints

    suites = [specs for _, _, specs in get_interface_groups()]
    suites += [specs for _, _, (_, specs) in iter_entrypoints('datalad.extensions', load=True)]
    found = [spec for specs in suites for spec in specs if get_api_name(spec) == name]
    interface = load_interface(found[-1][:2]) if found else None
    if interface is None:
        raise AttributeError(f'DataLad has no command {name}, or cannot load it')
    if name == 'download_url':
        # Not at the start: the downloader takes a second to load.
        tell_refusals()
    return interface.__call__

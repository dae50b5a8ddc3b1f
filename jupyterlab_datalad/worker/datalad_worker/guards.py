"""Keeps DataLad and git-annex from what a dataset would have them do against the will of who works in it."""

import logging
import os

PLAIN_REMOTES = frozenset({'git', 'web', 'S3', 'webdav', 'directory', 'rsync', 'httpalso'})
"""Special remotes that git-annex enables without starting a program with arguments of the dataset's choice."""

KNOWN_EXTERNALS = frozenset({'datalad', 'datalad-archives', 'ora', 'ria', 'osf', 'uncurl', 'archivist'})
"""External special remotes of DataLad and its extensions."""

PROGRAM_FOLDERS = ('git-annex-remote-', 'git-annex-backend-', 'git-annex-compute-')


def refuse_programs_of_datasets():
    """Refuses to set up an annex in which git-annex would start programs of the dataset's own.

    git-annex looks for ``git-annex-remote-<type>`` and ``git-annex-backend-X<name>``, and the dataset chooses type and name: with a
    slash in them that is no program on PATH but a file below the folder it works in, which comes with a clone. A type may even be
    enabled without being asked for, as soon as the annex is set up.
    """
    from datalad.support.annexrepo import AnnexRepo

    set_up = AnnexRepo._init

    def checked(repository, *args, **kwargs):
        with os.scandir(repository.path) as entries:
            for entry in entries:
                if entry.name.startswith(PROGRAM_FOLDERS) and not entry.is_file(follow_symlinks=False):
                    raise RuntimeError(f'git-annex would start programs that lie in the dataset, in {entry.name}')
        if starts_programs(repository):
            return set_up_without_remotes(repository, lambda: set_up(repository, *args, **kwargs))
        return set_up(repository, *args, **kwargs)

    AnnexRepo._init = checked


def starts_programs(repository):
    """Whether special remotes that an annex enables as soon as it is set up start programs, with arguments of the dataset's choice."""
    branches = ['refs/heads/git-annex', 'refs/remotes/*/git-annex']
    for ref in repository.call_git(['for-each-ref', '--format=%(refname)', *branches], read_only=True).split():
        name = f'{ref}:remote.log'
        if not repository.call_git_success(['cat-file', '-e', name], read_only=True):
            continue
        for line in repository.call_git(['cat-file', 'blob', name], read_only=True).splitlines():
            values = dict(word.split('=', 1) for word in line.split(' ') if '=' in word)
            known = values.get('type') == 'external' and values.get('externaltype') in KNOWN_EXTERNALS
            if 'autoenable' in values and not known and values.get('type') not in PLAIN_REMOTES:
                return True
    return False


def set_up_without_remotes(repository, set_up):
    """Sets up an annex and enables no special remote: git-annex knows only all of them or none."""
    call = repository._call_annex

    def call_annex(args, *more, **kwargs):
        return call(['init', '--no-autoenable', *args[1:]] if args[0] == 'init' else args, *more, **kwargs)

    repository._call_annex = call_annex
    try:
        set_up()
    finally:
        del repository._call_annex
    logging.getLogger('datalad').warning(
        'Special remotes of this dataset were not enabled, since they would start other programs: '
        'see "git annex info", and enable those you want with "git annex enableremote".'
    )


def clone_as_the_user_wants():
    """Takes how subdatasets are cloned from the user's settings alone, not from those that travel with a dataset.

    A committed ``datalad.clone.reckless`` could make new clones writable for everybody, or hang them on the annex of another dataset.
    """
    from datalad.config import ConfigManager

    name = 'datalad.clone.reckless'
    any_source = ConfigManager.get

    def get(config, key, default=None, get_all=False):
        # Where the dataset says nothing, that method asks this one again, without end.
        if key == name and key in config._stores['branch']['cfg']:
            return config.get_from_source('local', key, default)
        return any_source(config, key, default, get_all)

    ConfigManager.get = get

"""Where DataLad, made for a terminal, has to say or do more for the panel."""

import functools
import os

ANNEX_JOBS = 2
"""Transfers of one git-annex at a time; more make thousands of small files slower on few cores."""


def keep_long_labels():
    """DataLad cuts the labels of its progress bars to the width of a terminal: file names of more than 20 characters would be lost."""
    from datalad.ui import utils

    utils.get_console_width = lambda default_min=20: 100_000


def name_files_in_full():
    """git-annex names files relative to their repository, and progress does not say which that is: a recursive get goes through many."""
    from datalad.support.annexrepo import AnnexJsonProtocol, AnnexRepo

    call = AnnexRepo._call_annex

    def in_full(repository, args, files=None, jobs=None, protocol=None, **kwargs):
        if protocol is None:
            return call(repository, args, files=files, jobs=jobs, **kwargs)
        if issubclass(protocol, AnnexJsonProtocol):
            protocol = type(protocol.__name__, (InFull, protocol), {'_repository': repository.path})
        return call(repository, args, files=files, jobs=jobs, protocol=protocol, **kwargs)

    AnnexRepo._call_annex = in_full


class InFull:
    """Mixed into DataLad's reader of what git-annex says."""

    def _get_pbar_label(self, action):
        file = action.get('file')
        return super()._get_pbar_label({**action, 'file': os.path.join(self._repository, file)} if file else action)


def get_two_at_once():
    """Two files at a time, unless the user has set it otherwise: DataLad's own default of one leaves the line idle between files."""
    from datalad.interface.common_cfg import definitions

    definitions['datalad.runtime.max-annex-jobs']['default'] = ANNEX_JOBS


@functools.cache
def tell_refusals():
    """A server that refuses a download is told of: DataLad would ask six questions to set up a provider, whatever the refusal was."""
    from datalad.downloaders.base import BaseDownloader

    handle = BaseDownloader._handle_authentication

    def told(downloader, url, needs_authentication, refusal, *more):
        if needs_authentication is None:
            raise refusal
        return handle(downloader, url, needs_authentication, refusal, *more)

    BaseDownloader._handle_authentication = told


@functools.cache
def tell_why_not_unlocked():
    """Of a file that cannot be unlocked, as on a full disk, DataLad keeps for itself what git-annex says, and a run ends in a KeyError."""
    from datalad.local import unlock
    from datalad.support.annexrepo import AnnexRepo

    read, make = AnnexRepo._call_annex_records_items_, unlock.get_status_dict
    said = []

    def remembered(*args, **kwargs):
        for record in read(*args, **kwargs):
            said[:] = record.get('error-messages') or []
            yield record

    def with_message(*args, **kwargs):
        result = make(*args, **kwargs)
        if result['status'] == 'error':
            result.setdefault('error_message', '\n'.join(said))
        return result

    AnnexRepo._call_annex_records_items_ = remembered
    unlock.get_status_dict = with_message

"""The two halves of ``datalad run``: what it does before a command, and after one that somebody else has run.

Between them a notebook is executed, and looked at, which tells what it has read. The record is DataLad's own.
"""


def prepare_run(dataset, inputs, outputs, **_):
    """Gets inputs and makes outputs writable, as ``datalad run`` does; the patterns are relative to the dataset."""
    from datalad.core.local.run import GlobbedPaths, _prep_worktree

    patterns = {'inputs': inputs, 'extra_inputs': [], 'outputs': outputs}
    globbed = {name: GlobbedPaths([each.format() for each in given], pwd=dataset.path) for name, given in patterns.items()}
    for result in _prep_worktree(dataset.path, dataset.path, globbed):
        yield result
        if result['status'] in ('error', 'impossible'):
            # Nothing is made writable for a command that will not run.
            return


def record_run(dataset, cmd, inputs, outputs, message, **_):
    """Saves what matches the outputs, and nothing else, with the record of a command that was run in the dataset and went well."""
    from datalad.core.local.run import run_command

    yield from run_command(
        cmd,
        dataset=dataset,
        inputs=inputs,
        outputs=outputs,
        message=message,
        explicit=True,
        inject=True,
        # As they were given: a doubled brace would stand in the record as a single one, and be a placeholder in a rerun.
        parametric_record=True,
        extra_info={'exit': 0},
    )

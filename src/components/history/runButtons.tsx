import type { TranslationBundle } from '@jupyterlab/translation';
import type { ContentsPath } from '../../protocol/paths';
import type { CommitId } from '../../protocol/revision';
import { CommandIDs } from '../../tokens';

interface IRunButtonsProps {
  dataset: ContentsPath;
  commit: CommitId;
  execute(command: string, args: { dataset: ContentsPath; commit: CommitId; verify?: true }): unknown;
  trans: TranslationBundle;
}

/** Repeats a recorded run, or verifies it; both show the record first. */
export function RunButtons({ dataset, commit, execute, trans }: IRunButtonsProps): JSX.Element {
  return (
    <>
      <button type="button" className="jp-Datalad-button" onClick={() => void execute(CommandIDs.rerun, { dataset, commit })}>
        {trans.__('Repeat…')}
      </button>
      <button
        type="button"
        className="jp-Datalad-button"
        title={trans.__('Repeat it in a clone that is thrown away, and see whether it makes the same')}
        onClick={() => void execute(CommandIDs.rerun, { dataset, commit, verify: true })}
      >
        {trans.__('Verify…')}
      </button>
    </>
  );
}

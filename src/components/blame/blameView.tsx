import type { TranslationBundle } from '@jupyterlab/translation';
import { type CSSProperties, useEffect, useMemo, useRef } from 'react';
import type { IBlameState, ITextVersion } from '../../models/blameModel';
import type { Blame } from '../../protocol/blame';
import { shownName } from '../../protocol/names';
import type { CommitId } from '../../protocol/revision';
import { CommandLine, type ICommandLineProps } from '../commandLine';
import { FailureBlock } from '../failures/failureBlock';
import { formatCount } from '../format';
import { lastName } from '../names';
import { VirtualList } from '../virtualList';
import { blamedLines, columnsOf, type IBlamedLine } from './blamedLines';
import { BlameLine } from './blameLine';

export interface IBlameViewProps extends Pick<ICommandLineProps, 'onCopy' | 'onHelp'> {
  state: IBlameState;
  /** What tells the same in a terminal. */
  commandLine: string;
  trans: TranslationBundle;
  /** The moment that ages are told from. */
  now: number;
  onCommit(commit: CommitId): void;
  /** Shows what is not saved yet. */
  onUnsaved(): void;
  onVersion(version: ITextVersion): void;
  onBack(): void;
  onHistory(): void;
  /** Does what mends a failure. */
  onMend(command: string): void;
}

/** A text with who changed each line last; from there to what was before each change, and back. */
export function BlameView(props: IBlameViewProps): JSX.Element {
  const { state, commandLine, trans, onCopy, onHelp, onBack, onHistory, onMend } = props;
  const { version, canGoBack, blame, failure } = state;
  const name = lastName(version.path);
  const back = useRef<HTMLButtonElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current !== version) {
      shown.current = version;
      // What had the focus went with the version before.
      (back.current ?? heading.current)?.focus();
    }
  }, [version]);
  return (
    <div className="jp-Datalad-page jp-Datalad-blame">
      <div className="jp-Datalad-pageHeader">
        <h2 ref={heading} tabIndex={-1}>
          {trans.__('Who changed each line of %1', name)}
        </h2>
        <div className="jp-Datalad-buttons">
          {canGoBack && (
            <button ref={back} type="button" className="jp-Datalad-button" onClick={onBack}>
              {trans.__('‹ Back')}
            </button>
          )}
          <button type="button" className="jp-Datalad-button" onClick={onHistory}>
            {trans.__('History of this file')}
          </button>
        </div>
      </div>
      <p className="jp-Datalad-dim" role="status">
        {statusWords(state, trans)}
      </p>
      <CommandLine texts={{ shell: commandLine }} {...{ trans, onCopy, onHelp }} />
      {failure !== null && (
        <div role="alert">
          <FailureBlock failure={failure} trans={trans} onAction={onMend} />
        </div>
      )}
      {blame !== null && blame.runs.length > 0 && <Lines key={`${version.commit} ${version.path}`} {...props} blame={blame} />}
    </div>
  );
}

function statusWords({ version: { commit }, blame, failure }: IBlameState, trans: TranslationBundle): string {
  if (blame === null) {
    return failure === null ? trans.__('Reading…') : '';
  }
  const lines = blame.runs.reduce((sum, { count }) => sum + count, 0);
  return [
    commit === null ? trans.__('As it is now.') : trans.__('As it was in commit %1.', commit.slice(0, 10)),
    lines === 0 ? trans.__('It is empty.') : trans._n('%2 line.', '%2 lines.', lines, formatCount(lines)),
    ...(blame.damaged === true ? [trans.__('It is no valid UTF-8: what cannot be read shows as �.')] : [])
  ].join(' ');
}

const keyOf = ({ number }: IBlamedLine): string => String(number);

function Lines({ state, blame, trans, now, onCommit, onUnsaved, onVersion }: IBlameViewProps & { blame: Blame }): JSX.Element {
  const lines = useMemo(() => blamedLines(blame), [blame]);
  const columns = useMemo(() => columnsOf(lines), [lines]);
  const digits = String(lines.length).length;
  return (
    <div className="jp-Datalad-blameLines" style={{ '--datalad-columns': columns, '--datalad-digits': digits } as CSSProperties}>
      <VirtualList
        items={lines}
        label={trans.__('Lines of %1', shownName(lastName(state.version.path)))}
        keyOf={keyOf}
        row={(line, tabIndex) => (
          <BlameLine saved={blame.saved} {...{ line, tabIndex, trans, now, onCommit, onUnsaved, onVersion }} />
        )}
      />
    </div>
  );
}

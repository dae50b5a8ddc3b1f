import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useRef, useState } from 'react';
import type { IRulesState } from '../../models/rulesModel';
import type { Failure } from '../../protocol/failure';
import { shownName } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';
import type { RuleEdit, RulePreview, Rules } from '../../protocol/rules';
import { FailureBlock } from '../failures/failureBlock';
import { formatCount } from '../format';
import { Printed } from '../printed';
import { RuleForm, type TryRule } from './ruleForm';
import { RuleRow } from './ruleRow';

/** More lines than these are drawn when asked for. */
const STEP = 200;
/** What moves a file that is saved already to where the rules now put it; `tests/integration/rules.spec.ts` does so. */
const MOVE = ['git annex unlock FILE', 'git rm --cached FILE', 'git annex add FILE'];

export interface IRulesViewProps {
  state: IRulesState;
  /** Of the dataset, for people. */
  name: string;
  trans: TranslationBundle;
  onTry: TryRule;
  /** Resolves with why it failed, or null. */
  onWrite(edit: RuleEdit): Promise<Failure | null>;
  onFile(file: ContentsPath): void;
  onCompare?: (file: ContentsPath) => void;
  onRefresh(): void;
}

/** The rules in a file of a dataset: what they say, the files they are for, and how they are changed. */
export function RulesView(props: IRulesViewProps): JSX.Element {
  const { state, name, trans, onFile, onRefresh } = props;
  const { phase, rules, failure } = state;
  return (
    <div className="jp-Datalad-page">
      <div className="jp-Datalad-pageHeader">
        <h2>{trans.__('Rules of %1', name)}</h2>
        <p className="jp-Datalad-dim">
          {trans.__(
            'What a save keeps in Git and what in the annex, by the lines of .gitattributes. Of several lines that fit a file the last one counts.'
          )}
        </p>
        {rules !== null && rules.files.length > 1 && (
          <label className="jp-Datalad-pageChoice">
            {trans.__('File of rules')}
            <select
              className="jp-Datalad-input"
              value={rules.file.path}
              onChange={event => onFile(event.currentTarget.value as ContentsPath)}
            >
              {(rules.files.some(({ path }) => path === rules.file.path) ? rules.files : [rules.file, ...rules.files]).map(
                ({ path, name: file }) => (
                  <option key={path} value={path}>
                    {shownName(file)}
                  </option>
                )
              )}
            </select>
          </label>
        )}
      </div>
      {failure !== null && (
        <div role="alert">
          <FailureBlock failure={failure} trans={trans} onAction={onRefresh} />
        </div>
      )}
      {phase === 'loading' && <p>{trans.__('Reading…')}</p>}
      {rules !== null && <Lines key={rules.file.path} {...props} rules={rules} />}
    </div>
  );
}

function Lines({ state, rules, trans, onTry, onWrite, onCompare }: IRulesViewProps & { rules: Rules }): JSX.Element {
  const { preview } = state;
  /** The line whose form is open; `new` for a further one. */
  const [open, setOpen] = useState<number | 'new' | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const [most, setMost] = useState(STEP);
  const { shown, toggle } = useShown(rules, onTry);
  const add = useRef<HTMLButtonElement>(null);
  const closed = useRef(false);
  useEffect(() => {
    if (closed.current && open === null) {
      closed.current = false;
      add.current?.focus();
    }
  }, [open]);
  const close = (): void => {
    closed.current = true;
    setOpen(null);
  };
  const write = (edit: RuleEdit): void => void onWrite(edit).then(setProblem);
  /** Of the form: a line that is moved or removed meanwhile must not close one that was opened since. */
  const writeForm = (edit: RuleEdit): void => {
    void onWrite(edit).then(why => {
      setProblem(why);
      if (why === null) {
        close();
      }
    });
  };
  const form = (line: Rules['lines'][number] | null): JSX.Element => (
    <RuleForm line={line} trans={trans} onTry={onTry} onWrite={writeForm} onCancel={close} />
  );
  return (
    <>
      {rules.overridden !== undefined && (
        <p className="jp-Datalad-note" data-gravity="warning">
          {trans.__(
            'The git configuration says annex.largefiles=%1. It counts in place of what the rules say of Git and annex, until it is taken back with “git config --unset annex.largefiles”.',
            shownName(rules.overridden)
          )}
        </p>
      )}
      {problem !== null && (
        <div role="alert">
          <FailureBlock failure={problem} trans={trans} onAction={() => setProblem(null)} canRetry={false} />
        </div>
      )}
      {rules.lines.length === 0 && <p>{trans.__('There is no rule in this file: everything goes into the annex.')}</p>}
      <ol className="jp-Datalad-rules" aria-label={trans.__('Lines')}>
        {rules.lines.slice(0, most).map(rule =>
          open === rule.line ? (
            <li key={rule.line} className="jp-Datalad-rule" value={rule.line}>
              {form(rule)}
            </li>
          ) : (
            <RuleRow
              key={rule.line}
              rule={rule}
              caught={preview?.catches.find(({ line }) => line === rule.line)}
              shown={shown?.line === rule.line ? shown.files : undefined}
              isFirst={rule.line === 1}
              isLast={rule.line === rules.lines.length}
              trans={trans}
              onShow={() => toggle(rule.line)}
              onEdit={() => setOpen(rule.line)}
              onRemove={() => write({ do: 'remove', line: rule.line })}
              onMove={by => write({ do: 'move', line: rule.line, to: rule.line + by })}
            />
          )
        )}
      </ol>
      {rules.lines.length > most && (
        <button type="button" className="jp-Datalad-button" onClick={() => setMost(most + STEP)}>
          {trans.__('Show more of %1 lines', formatCount(rules.lines.length))}
        </button>
      )}
      {open === 'new' ? (
        form(null)
      ) : (
        <div className="jp-Datalad-buttons">
          <button ref={add} type="button" className="jp-Datalad-button jp-mod-primary" onClick={() => setOpen('new')}>
            {trans.__('Add a rule')}
          </button>
          {onCompare !== undefined && (
            <button type="button" className="jp-Datalad-button" onClick={() => onCompare(rules.file.path)}>
              {trans.__('Compare with last save')}
            </button>
          )}
        </div>
      )}
      <Foot preview={preview} trans={trans} />
    </>
  );
}

/** The files of one line, looked up when they are asked for. */
function useShown(
  rules: Rules,
  onTry: TryRule
): { shown: { line: number; files: RulePreview['shown'] | 'loading' } | null; toggle(line: number): void } {
  const [line, setLine] = useState<number | null>(null);
  const [found, setFound] = useState<{ of: string; files: RulePreview['shown'] } | null>(null);
  const of = `${rules.fingerprint} ${line}`;
  useEffect(() => {
    if (line === null) {
      return;
    }
    const abort = new AbortController();
    void onTry({ show: line }, abort.signal).then(answer => {
      if (!abort.signal.aborted) {
        setFound({ of, files: answer === null || 'kind' in answer ? null : answer.shown });
      }
    });
    return () => abort.abort();
  }, [line, of, onTry]);
  const files = found?.of === of ? found.files : 'loading';
  return { shown: line === null ? null : { line, files }, toggle: next => setLine(next === line ? null : next) };
}

function Foot({ preview, trans }: { preview: RulePreview | null; trans: TranslationBundle }): JSX.Element {
  return (
    <>
      <p className="jp-Datalad-dim" role="status">
        {preview === null
          ? trans.__('Counting files…')
          : preview.more
            ? trans.__('Looked at the first %1 files.', formatCount(preview.files))
            : trans._n(
                'Looked at %2 file, new ones too.',
                'Looked at %2 files, new ones too.',
                preview.files,
                formatCount(preview.files)
              )}
      </p>
      <details>
        <summary>{trans.__('Files that are saved already')}</summary>
        <p>
          {trans.__(
            'Rules count for what is saved from now on. A file that is saved already stays where it is until it is edited and saved again; versions in the history stay where they are for good.'
          )}
        </p>
        <p>{trans.__('To move a file as it is, in a terminal (the first line only for annexed files), then save:')}</p>
        <Printed label={trans.__('In a terminal')} text={MOVE.join('\n')} />
        <p>{trans.__('Nothing is saved here: .gitattributes is one of the changes, and can be discarded like any other.')}</p>
      </details>
    </>
  );
}

import { caretDownIcon, caretUpIcon, closeIcon, editIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { shownName } from '../../protocol/names';
import type { RuleCatch, RuleLine, RulePreview } from '../../protocol/rules';
import { IconButton } from '../iconButton';
import { CaughtFiles } from './caughtFiles';
import { catchWords, lineProblems, overrideWords, settingWords } from './ruleWords';

export interface IRuleRowProps {
  rule: RuleLine;
  /** Undefined while that is being counted. */
  caught: RuleCatch | undefined;
  /** The files of this line, where they are asked for. */
  shown: RulePreview['shown'] | 'loading' | undefined;
  isFirst: boolean;
  isLast: boolean;
  trans: TranslationBundle;
  onShow(): void;
  onEdit(): void;
  onRemove(): void;
  onMove(by: -1 | 1): void;
}

/** One line of a file of rules: what it says, for how many files, and what overrides it. */
export function RuleRow(props: IRuleRowProps): JSX.Element {
  const { rule, caught, trans } = props;
  const { line, kind, text } = rule;
  const problems = lineProblems(rule, trans);
  return (
    <li className="jp-Datalad-rule" data-kind={kind} value={line}>
      <span className="jp-Datalad-ruleNumber" aria-hidden="true">
        {line}
      </span>
      <div className="jp-Datalad-ruleBody">
        {kind === 'rule' ? (
          <>
            <code className="jp-Datalad-rulePattern">{shownName(rule.pattern)}</code>
            <ul className="jp-Datalad-ruleSays">
              {rule.settings.map(setting => (
                <li key={setting.attribute}>{settingWords(setting, trans)}</li>
              ))}
              {rule.others.length > 0 && (
                <li className="jp-Datalad-dim">{trans.__('and, kept as it is: %1', shownName(rule.others.join(' ')))}</li>
              )}
            </ul>
          </>
        ) : (
          <code className="jp-Datalad-ruleText">{text === '' ? ' ' : shownName(text)}</code>
        )}
        {problems.map(words => (
          <p key={words} className="jp-Datalad-ruleProblem">
            {words}
          </p>
        ))}
        {caught !== undefined && <Caught {...props} caught={caught} />}
      </div>
      {kind !== 'blank' && <Tools {...props} />}
    </li>
  );
}

function Caught({ caught, shown, trans, onShow }: IRuleRowProps & { caught: RuleCatch }): JSX.Element {
  const overrides = overrideWords(caught, trans);
  const words = catchWords(caught, trans);
  return (
    <>
      {caught.fits === 0 ? (
        <p className="jp-Datalad-dim">{words}</p>
      ) : (
        <button
          type="button"
          className="jp-Datalad-plain jp-Datalad-linkButton"
          aria-expanded={shown !== undefined}
          onClick={onShow}
        >
          {words}
        </button>
      )}
      {overrides.length > 0 && (
        <ul className="jp-Datalad-ruleOverrides">
          {overrides.map(text => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {shown === 'loading' && <p className="jp-Datalad-dim">{trans.__('Looking…')}</p>}
      {shown !== undefined && shown !== 'loading' && shown !== null && <CaughtFiles shown={shown} trans={trans} />}
    </>
  );
}

function Tools({ rule, isFirst, isLast, trans, onEdit, onRemove, onMove }: IRuleRowProps): JSX.Element {
  const { line, kind } = rule;
  return (
    <span className="jp-Datalad-ruleTools">
      {kind === 'rule' && <IconButton icon={editIcon} label={trans.__('Change line %1', line)} onClick={onEdit} />}
      {kind === 'rule' && !isFirst && (
        <IconButton icon={caretUpIcon} label={trans.__('Move line %1 up', line)} onClick={() => onMove(-1)} />
      )}
      {kind === 'rule' && !isLast && (
        <IconButton icon={caretDownIcon} label={trans.__('Move line %1 down', line)} onClick={() => onMove(1)} />
      )}
      {(kind === 'rule' || kind === 'broken') && (
        <IconButton icon={closeIcon} label={trans.__('Remove line %1', line)} onClick={onRemove} />
      )}
    </span>
  );
}

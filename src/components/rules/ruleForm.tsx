import type { TranslationBundle } from '@jupyterlab/translation';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Failure } from '../../protocol/failure';
import type { RuleAttribute, RuleEdit, RuleLine, RulePreview, WantedRule } from '../../protocol/rules';
import { CaughtFiles } from './caughtFiles';
import { catchWords, lineProblems, overrideWords, TEXT_TO_GIT } from './ruleWords';

/** Milliseconds without a key before the rule is tried out. */
const PAUSE = 300;
const BACKENDS = ['MD5E', 'SHA256E', 'SHA512E', 'BLAKE2B256E', 'WORM'];

export type TryRule = (more: { edit?: RuleEdit; show?: number }, signal: AbortSignal) => Promise<RulePreview | Failure | null>;

export interface IRuleFormProps {
  /** The line that is changed; null for a new rule. */
  line: RuleLine | null;
  trans: TranslationBundle;
  onTry: TryRule;
  onWrite(edit: RuleEdit): void;
  onCancel(): void;
}

type Place = 'none' | 'git' | 'annex' | 'size' | 'text' | 'other';

interface IFields {
  pattern: string;
  place: Place;
  size: string;
  expression: string;
  copies: string;
  backend: string;
}

/** A rule being written: the line that it makes, and the files that it would be for. */
export function RuleForm({ line, trans, onTry, onWrite, onCancel }: IRuleFormProps): JSX.Element {
  const id = useId();
  const [fields, setFields] = useState(() => fieldsOf(line));
  const [tried, setTried] = useState<RulePreview | Failure | null>(null);
  const edit = editOf(line, fields);
  useTrial(edit, onTry, setTried);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    first.current?.focus();
    first.current?.form?.scrollIntoView({ block: 'nearest' });
  }, []);
  const set = (name: keyof IFields) => ({
    id: `${id}${name}`,
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }): void => {
      const { value } = event.currentTarget;
      setFields(before => ({ ...before, [name]: value }));
    }
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (edit !== null) {
      onWrite(edit);
    }
  };
  const title = line === null ? trans.__('New rule') : trans.__('Change line %1', line.line);
  return (
    <form
      className="jp-Datalad-ruleForm"
      aria-label={title}
      onSubmit={submit}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onCancel();
        }
      }}
    >
      <h3>{title}</h3>
      <div className="jp-Datalad-ruleFields">
        <label htmlFor={`${id}pattern`}>{trans.__('Files')}</label>
        <input
          ref={first}
          className="jp-Datalad-input"
          placeholder={trans.__('*.csv, or data/**, or /README.md')}
          spellCheck={false}
          autoComplete="off"
          maxLength={1000}
          {...set('pattern')}
        />
        <label htmlFor={`${id}place`}>{trans.__('Kept in')}</label>
        <select className="jp-Datalad-input" {...set('place')}>
          <option value="none">{trans.__('(says nothing of this)')}</option>
          <option value="git">{trans.__('Git')}</option>
          <option value="annex">{trans.__('the annex')}</option>
          <option value="size">{trans.__('the annex if larger than …, else Git')}</option>
          <option value="text">{trans.__('Git if text, else the annex')}</option>
          <option value="other">{trans.__('the annex under a condition of your own')}</option>
        </select>
        {fields.place === 'size' && (
          <>
            <label htmlFor={`${id}size`}>{trans.__('Larger than')}</label>
            <input
              className="jp-Datalad-input"
              placeholder={trans.__('10mb')}
              spellCheck={false}
              maxLength={40}
              {...set('size')}
            />
          </>
        )}
        {fields.place === 'other' && (
          <>
            <label htmlFor={`${id}expression`}>{trans.__('Condition')}</label>
            <input
              className="jp-Datalad-input"
              placeholder={trans.__('largerthan=100kb and not include=*.csv')}
              spellCheck={false}
              maxLength={1000}
              {...set('expression')}
            />
          </>
        )}
        <label htmlFor={`${id}copies`}>{trans.__('Copies that a drop leaves')}</label>
        <input
          className="jp-Datalad-input"
          inputMode="numeric"
          maxLength={10}
          placeholder={trans.__('(says nothing of this)')}
          {...set('copies')}
        />
        <label htmlFor={`${id}backend`}>{trans.__('Kind of keys')}</label>
        <input
          className="jp-Datalad-input"
          list={`${id}backends`}
          spellCheck={false}
          maxLength={40}
          placeholder={trans.__('(says nothing of this)')}
          {...set('backend')}
        />
        <datalist id={`${id}backends`}>
          {BACKENDS.map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
      <Trial tried={edit === null ? null : tried} trans={trans} />
      <div className="jp-Datalad-buttons">
        <button type="submit" className="jp-Datalad-button jp-mod-primary" aria-disabled={edit === null}>
          {line === null ? trans.__('Add the rule') : trans.__('Change the rule')}
        </button>
        <button type="button" className="jp-Datalad-button" onClick={onCancel}>
          {trans.__('Cancel')}
        </button>
      </div>
    </form>
  );
}

/** Asks what the edit would do, once nobody types any more; an older question is given up. */
function useTrial(edit: RuleEdit | null, onTry: TryRule, told: (tried: RulePreview | Failure | null) => void): void {
  const text = JSON.stringify(edit);
  useEffect(() => {
    const asked = JSON.parse(text) as RuleEdit | null;
    if (asked === null) {
      told(null);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      void onTry({ edit: asked }, abort.signal).then(tried => (tried === null || abort.signal.aborted ? undefined : told(tried)));
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, onTry, told]);
}

/** The line, what is wrong with it, and its files. */
function Trial({ tried, trans }: { tried: RulePreview | Failure | null; trans: TranslationBundle }): JSX.Element | null {
  if (tried === null) {
    return null;
  }
  if ('kind' in tried) {
    return (
      <p className="jp-Datalad-ruleProblem" role="status">
        {[tried.message, tried.hint].filter(Boolean).join(' ')}
      </p>
    );
  }
  const { draft, shown, catches } = tried;
  const caught = catches.find(({ line }) => line === draft?.line);
  return (
    <div className="jp-Datalad-ruleTrial">
      {draft !== null && (
        <div className="jp-Datalad-commandLine" role="group" aria-label={trans.__('The line in .gitattributes')}>
          <code>{draft.text}</code>
        </div>
      )}
      {draft !== null &&
        lineProblems(draft, trans).map(text => (
          <p key={text} className="jp-Datalad-ruleProblem">
            {text}
          </p>
        ))}
      {caught !== undefined && <p role="status">{[catchWords(caught, trans), ...overrideWords(caught, trans)].join('; ')}</p>}
      {shown !== null && <CaughtFiles shown={shown} trans={trans} />}
    </div>
  );
}

function fieldsOf(line: RuleLine | null): IFields {
  const value = (attribute: RuleAttribute): string =>
    line?.settings.find(setting => setting.attribute === attribute)?.value ?? '';
  const largefiles = value('annex.largefiles');
  const [, size = ''] = /^\(?largerthan=([^()\s]+)\)?$/u.exec(largefiles) ?? [];
  return {
    pattern: line?.pattern ?? '',
    place: line === null ? 'git' : placeOf(largefiles, size),
    size,
    expression: largefiles,
    copies: value('annex.numcopies'),
    backend: value('annex.backend')
  };
}

function placeOf(value: string, size: string): Place {
  const known: Record<string, Place> = { '': 'none', nothing: 'git', anything: 'annex', [TEXT_TO_GIT]: 'text' };
  return known[value] ?? (size === '' ? 'other' : 'size');
}

/** Null while something is missing. */
function editOf(line: RuleLine | null, fields: IFields): RuleEdit | null {
  const { pattern, copies, backend } = fields;
  const largefiles = largefilesOf(fields);
  const settings: WantedRule['settings'] = [
    { attribute: 'annex.largefiles' as const, value: largefiles },
    { attribute: 'annex.numcopies' as const, value: copies.trim() },
    { attribute: 'annex.backend' as const, value: backend.trim() }
  ].filter(({ value }) => value !== '');
  if (pattern.trim() === '' || settings.length === 0 || (largefiles === '' && fields.place !== 'none')) {
    return null;
  }
  // What is not touched keeps its bytes, which the browser need not know.
  const named = line?.pattern === pattern ? {} : { pattern };
  return line === null
    ? { do: 'add', rule: { pattern, settings } }
    : { do: 'change', line: line.line, rule: { ...named, settings } };
}

function largefilesOf({ place, size, expression }: IFields): string {
  switch (place) {
    case 'none':
      return '';
    case 'git':
      return 'nothing';
    case 'annex':
      return 'anything';
    case 'text':
      return TEXT_TO_GIT;
    case 'size':
      return size.trim() === '' ? '' : `largerthan=${size.replace(/\s/gu, '')}`;
    case 'other':
      return expression.trim();
  }
}

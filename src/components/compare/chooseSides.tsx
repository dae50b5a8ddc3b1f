import type { TranslationBundle } from '@jupyterlab/translation';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { ISideChoices } from '../../models/sideChoices';
import type { AskedSide, Differences } from '../../protocol/compare';
import { type Failure, expectedFailure } from '../../protocol/failure';
import type { CommitId } from '../../protocol/revision';
import { failureWords } from '../failures/words';
import { visible } from '../trust/visible';
import { NAMED, type ISideOption, optionsOf, type SideGroup } from './sideOptions';

/** The two sides of a comparison as they are asked for. */
export interface IAskedSides {
  readonly from: AskedSide;
  readonly to: AskedSide;
}

/** Where the sides come from that can be chosen. */
export interface ISideSource {
  choices(): Promise<ISideChoices>;
  /** The commit of a name or id; null where there is none. */
  find(name: string): Promise<CommitId | null>;
}

export interface IChooseSidesProps {
  differences: Differences;
  asked: IAskedSides;
  source: ISideSource;
  trans: TranslationBundle;
  onSides(sides: IAskedSides): void;
  onClose(): void;
}

const SIDES = ['from', 'to'] as const;
type SideName = (typeof SIDES)[number];

/** A side as it stands in the form: one of the options, or a name that was typed. */
interface IChosen {
  /** Null: as it is now. */
  readonly key: string | null;
  readonly typed: string;
  readonly error: string | null;
}
const AS_IT_IS: IChosen = { key: null, typed: '', error: null };

/** A form for the sides of a comparison: the folder, the last save, a commit, branch or tag of a list, or any that is named. */
export function ChooseSides({ differences, asked, source, trans, onSides, onClose }: IChooseSidesProps): JSX.Element {
  const [choices, failure] = useChoices(source);
  const [chosen, setChosen] = useState<Record<SideName, IChosen>>({ from: AS_IT_IS, to: AS_IT_IS });
  const options = {
    from: optionsOf(choices, { asked: asked.from, found: differences.from }, trans),
    to: optionsOf(choices, { asked: asked.to, found: differences.to }, trans)
  };
  // The list may lose a line when it has been read.
  const keyOf = (name: SideName): string => {
    const { key } = chosen[name];
    return options[name].options.some(option => option.key === key) && key !== null ? key : options[name].current;
  };
  const change = (name: SideName, more: Partial<IChosen>): void =>
    setChosen(old => ({ ...old, [name]: { ...old[name], error: null, ...more } }));
  const sideOf = async (name: SideName): Promise<AskedSide | null> => {
    if (chosen[name].key === null) {
      return asked[name];
    }
    const option = options[name].options.find(({ key }) => key === keyOf(name));
    if (option?.key !== NAMED) {
      return option?.side ?? asked[name];
    }
    const [side, error] = await findNamed(source, chosen[name].typed.trim(), trans);
    change(name, { error });
    return side;
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const [from, to] = await Promise.all([sideOf('from'), sideOf('to')]);
    if (from !== null && to !== null) {
      onSides({ from, to });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <form
      className="jp-Datalad-chooseSides"
      aria-label={trans.__('Sides')}
      onSubmit={event => void submit(event)}
      onKeyDown={onKeyDown}
    >
      {SIDES.map(name => (
        <Side
          key={name}
          label={name === 'from' ? trans.__('From') : trans.__('To')}
          focused={name === 'from'}
          options={options[name].options}
          chosen={{ ...chosen[name], key: keyOf(name) }}
          trans={trans}
          onChange={more => change(name, more)}
        />
      ))}
      <button type="submit" className="jp-Datalad-button">
        {trans.__('Compare')}
      </button>
      {failure !== null && (
        <p className="jp-Datalad-dim" role="status">
          {trans.__('Commits, branches and tags cannot be listed. %1', failureText(failure, trans))}
        </p>
      )}
    </form>
  );
}

interface ISideProps {
  label: string;
  /** Where the form begins. */
  focused: boolean;
  options: readonly ISideOption[];
  chosen: IChosen;
  trans: TranslationBundle;
  onChange(more: Partial<IChosen>): void;
}

function Side({ label, focused, options, chosen, trans, onChange }: ISideProps): JSX.Element {
  const { key, typed, error } = chosen;
  const id = useId();
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => (focused ? select.current?.focus() : undefined), [focused]);
  const groups: readonly (readonly [SideGroup, string])[] = [
    ['commits', trans.__('Last commits')],
    ['branches', trans.__('Branches')],
    ['tags', trans.__('Tags')]
  ];
  return (
    <div className="jp-Datalad-chooseSide">
      <label>
        <span>{label}</span>
        <select ref={select} value={key ?? ''} onChange={event => onChange({ key: event.currentTarget.value })}>
          <Options of="none" options={options} />
          {groups
            .filter(([group]) => options.some(option => option.group === group))
            .map(([group, words]) => (
              <optgroup key={group} label={words}>
                <Options of={group} options={options} />
              </optgroup>
            ))}
        </select>
      </label>
      {key === NAMED && (
        <input
          type="text"
          required
          maxLength={1_000}
          spellCheck={false}
          aria-label={trans.__('%1: commit id, branch or tag', label)}
          placeholder={trans.__('Commit id, branch or tag')}
          value={typed}
          onChange={event => onChange({ typed: event.currentTarget.value })}
          {...(error === null ? {} : { 'aria-invalid': true, 'aria-describedby': id })}
        />
      )}
      {error !== null && (
        <p id={id} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Options({ of, options }: { of: SideGroup; options: readonly ISideOption[] }): JSX.Element {
  return (
    <>
      {options
        .filter(({ group }) => group === of)
        .map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
    </>
  );
}

/** What can be chosen; null until it is known, or where it cannot be. */
function useChoices(source: ISideSource): [ISideChoices | null, Failure | null] {
  const [choices, setChoices] = useState<ISideChoices | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = useRef(source);
  useEffect(() => {
    let wanted = true;
    // Once: the list is not to change under somebody who chooses.
    asked.current.choices().then(
      found => (wanted ? setChoices(found) : undefined),
      (reason: unknown) => (wanted ? setFailure(expectedFailure(reason)) : undefined)
    );
    return () => {
      wanted = false;
    };
  }, []);
  return [choices, failure];
}

async function findNamed(
  { find }: ISideSource,
  name: string,
  trans: TranslationBundle
): Promise<[CommitId, null] | [null, string]> {
  const none = trans.__('There is no commit, branch or tag “%1”.', visible(name));
  try {
    const commit = name === '' ? null : await find(name);
    return commit === null ? [null, none] : [commit, null];
  } catch (reason) {
    const failure = expectedFailure(reason);
    return [null, failure.kind === 'not-found' ? none : failureText(failure, trans)];
  }
}

function failureText(failure: Failure, trans: TranslationBundle): string {
  const { title, text } = failureWords(failure, { trans, names: [] });
  return `${title} ${text}`;
}

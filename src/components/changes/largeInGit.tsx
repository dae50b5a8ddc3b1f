import type { TranslationBundle } from '@jupyterlab/translation';
import { lineOf, type NewRule, patternOf } from '../../protocol/attributeRule';
import type { ChangedFile } from '../../protocol/dataset';
import { type Destination, LARGE_IN_GIT } from '../../protocol/destination';
import { shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import type { ContentsPath } from '../../protocol/paths';
import { hasDestination } from './destinationWords';
import { type ILabelledRule, rulesBySort } from './rules';

/** Names of which more than these are counted only. */
const NAMED = 3;
/** Nothing to translate. */
const OWN_FILES = '.git*';
/** New folders that are looked into for a warning. */
const FOLDERS = 20;
/** What git does not read where it is a link into the annex. */
const OWN_FILE = /(?:^|\/)\.git(?:attributes|modules|ignore)$/u;

/** A dataset whose changes the next save takes along. */
export interface IPlace {
  readonly dataset: ContentsPath;
  /** How it is called from the outermost one; empty of that. */
  readonly name: string;
}

/** A file that should not go where it is going. */
export interface ITrouble {
  readonly kind: 'large' | 'own-file' | 'bad-rule';
  readonly path: ContentsPath;
  readonly name: string;
  /** What it is in. */
  readonly place: IPlace;
  readonly bytes: number;
  /** No rule of the dataset can help. */
  readonly helpless: boolean;
}

/** The changes whose destinations matter also where they are not in view. */
export function weighty(changes: readonly ChangedFile[]): ContentsPath[] {
  const able = changes.filter(hasDestination);
  const folders = able.filter(({ kind }) => kind === 'directory').slice(0, FOLDERS);
  const files = able.filter(
    ({ kind, name, bytes = 0 }) => kind !== 'directory' && (bytes >= LARGE_IN_GIT || OWN_FILE.test(name))
  );
  return [...folders, ...files.slice(0, 200)].map(({ path }) => path);
}

/** What of the changes that are to be saved in one dataset would better go elsewhere. */
export function troubles(
  place: IPlace,
  files: readonly ChangedFile[],
  { known, toGit }: { known: ReadonlyMap<ContentsPath, Destination>; toGit: boolean }
): ITrouble[] {
  return files.flatMap(({ path, name }): ITrouble[] => {
    const common = { place, path, name };
    const destination = known.get(path);
    if (destination === undefined) {
      return [];
    }
    const { to, because, bytes = 0, within, rule } = destination;
    const largest = within?.largest ?? { path, name, bytes };
    const goesToGit = within === undefined ? to === 'git' || (toGit && because !== 'annexed' && because !== 'link') : true;
    if (goesToGit && largest.bytes >= LARGE_IN_GIT && (within === undefined || within.largest !== undefined)) {
      return [
        {
          kind: 'large',
          place,
          ...largest,
          helpless: because === 'no-annex' || because === 'staged' || rule?.from === 'git-config' || toGit
        }
      ];
    }
    if (to === 'annex' && !toGit && because !== 'annexed' && OWN_FILE.test(name)) {
      return [{ ...common, kind: 'own-file', bytes, helpless: rule?.from === 'git-config' }];
    }
    return because === 'bad-rule' && !toGit ? [{ ...common, kind: 'bad-rule', bytes, helpless: true }] : [];
  });
}

export interface ILargeInGitProps {
  troubles: readonly ITrouble[];
  trans: TranslationBundle;
  onRule(dataset: ContentsPath, rules: NewRule[]): void;
}

/** Warns of what would go where it should not, with the rule that helps as a button. */
export function LargeInGit({ troubles: all, trans, onRule }: ILargeInGitProps): JSX.Element | null {
  return all.length === 0 ? null : (
    <div className="jp-Datalad-warnings" role="status">
      {(['large', 'own-file', 'bad-rule'] as const).map(kind => {
        const some = all.filter(trouble => trouble.kind === kind);
        return some.length === 0 ? null : <Warning key={kind} kind={kind} some={some} trans={trans} onRule={onRule} />;
      })}
    </div>
  );
}

interface IWarningProps extends Pick<ILargeInGitProps, 'trans' | 'onRule'> {
  kind: ITrouble['kind'];
  some: readonly ITrouble[];
}

function Warning({ kind, some, trans, onRule }: IWarningProps): JSX.Element {
  const names = some.slice(0, NAMED).map(({ place, name, bytes }) => {
    const shown = shownName(place.name === '' ? name : `${place.name}/${name}`);
    return kind === 'large' ? trans.__('%1 (%2)', shown, formatSize(bytes)) : shown;
  });
  const list = some.length > NAMED ? trans.__('%1 and %2 more', names.join(', '), some.length - NAMED) : names.join(', ');
  const places = [...new Map(some.map(({ place }) => [place.dataset, place])).values()];
  return (
    <div className="jp-Datalad-note" data-gravity="warning">
      <strong className="jp-Datalad-noteTitle">{titleOf(kind, list, trans)}</strong>
      <p>{textOf(kind, trans)}</p>
      {places.map(({ dataset, name }) =>
        rulesFor(some.filter(({ place }) => place.dataset === dataset)).map(({ rule, label }) => (
          <button
            key={`${dataset} ${label}`}
            type="button"
            className="jp-Datalad-button"
            title={trans.__('Adds to .gitattributes: %1', lineOf(patternOf(rule.scope, rule.path), rule.to))}
            onClick={() => onRule(dataset, [rule])}
          >
            {ruleLabel(rule, name === '' ? label : trans.__('%1 of %2', label, shownName(name)), trans)}
          </button>
        ))
      )}
    </div>
  );
}

function ruleLabel({ to }: NewRule, files: string, trans: TranslationBundle): string {
  return to === 'git' ? trans.__('Keep %1 in Git', files) : trans.__('Keep %1 in the annex', files);
}

function titleOf(kind: ITrouble['kind'], list: string, trans: TranslationBundle): string {
  switch (kind) {
    case 'large':
      return trans.__('Would go into Git: %1', list);
    case 'own-file':
      return trans.__('Would go into the annex: %1', list);
    case 'bad-rule':
      return trans.__('Cannot be saved: %1', list);
  }
}

function textOf(kind: ITrouble['kind'], trans: TranslationBundle): string {
  switch (kind) {
    case 'large':
      return trans.__('Every clone then holds all versions of it, for good. In the annex it can be dropped.');
    case 'own-file':
      return trans.__('Git reads this file, but not through a link into the annex.');
    case 'bad-rule':
      return trans.__('Git-annex cannot read the rule for it; hover over its tag to see which.');
  }
}

/** One rule for each sort of file: by its extension, or for a file without one by its name. */
function rulesFor(some: readonly ITrouble[]): ILabelledRule[] {
  const able = some.filter(({ helpless }) => !helpless);
  const own = able.find(({ kind }) => kind === 'own-file');
  return [
    ...(own === undefined
      ? []
      : [{ label: OWN_FILES, rule: { path: own.path, scope: 'git-files' as const, to: 'git' as const } }]),
    ...rulesBySort(
      able.filter(({ kind }) => kind === 'large'),
      'annex'
    )
  ];
}

import type { TranslationBundle } from '@jupyterlab/translation';
import { useId, useState } from 'react';
import type { Found, FoundGroup } from '../../protocol/checkUp';
import { plainName, shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import { formatCount } from '../format';
import { VirtualList } from '../virtualList';
import { type IPushLinesProps, PushLines } from './pushLines';
import { findingTitle, findingWords, foundWords } from './findingWords';

/** More than these are folded at first. */
const FEW = 8;

/** What mends a finding. */
export interface ICure {
  readonly label: string;
  run(): void;
}

export interface IFindingSectionProps extends Pick<IPushLinesProps, 'onCopy' | 'onHelp'> {
  group: FoundGroup;
  cures: readonly ICure[];
  trans: TranslationBundle;
  onOpen(found: Found): void;
}

/** One finding in plain words, with its cures, and everything that has it. */
export function FindingSection({ group, cures, trans, onOpen, onCopy, onHelp }: IFindingSectionProps): JSX.Element {
  const { finding, total, bytes, items, siblings, next = [] } = group;
  const id = useId();
  const [open, setOpen] = useState(total <= FEW);
  const title = findingTitle(finding, trans);
  const size = bytes > 0 ? `, ${formatSize(bytes)}` : '';
  return (
    <section className="jp-Datalad-finding" aria-labelledby={id}>
      <h3 id={id}>
        {title} <span className="jp-Datalad-number">{`${formatCount(total)}${size}`}</span>
      </h3>
      <p>{findingWords(group, trans)}</p>
      {siblings !== undefined && <PushLines content={finding === 'only-here'} {...{ siblings, next, trans, onCopy, onHelp }} />}
      <div className="jp-Datalad-buttons">
        {cures.map(({ label, run }) => (
          <button key={label} type="button" className="jp-Datalad-button" onClick={run}>
            {label}
          </button>
        ))}
        <button type="button" className="jp-Datalad-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? trans.__('Hide the list') : trans.__('Show the list')}
        </button>
      </div>
      {open && (
        <div className="jp-Datalad-caught">
          {total > items.length && <p className="jp-Datalad-dim">{trans.__('The first %1:', formatCount(items.length))}</p>}
          <VirtualList
            items={items}
            label={title}
            keyOf={keyOf}
            row={(found, tabIndex) => <Row {...{ found, group, tabIndex, trans, onOpen }} />}
          />
        </div>
      )}
    </section>
  );
}

function keyOf({ name, key = '', commits = [] }: Found): string {
  return `${name}\n${key}\n${commits[0]?.id ?? ''}`;
}

interface IRowProps {
  found: Found;
  group: FoundGroup;
  tabIndex: 0 | -1;
  trans: TranslationBundle;
  onOpen(found: Found): void;
}

function Row({ found, group, tabIndex, trans, onOpen }: IRowProps): JSX.Element {
  const { name, bytes, path, commits = [] } = found;
  const more = foundWords(found, group.finding, trans);
  const words = [bytes === undefined ? '' : formatSize(bytes), more].filter(part => part !== '').join(', ');
  const content = (
    <>
      <span className="jp-Datalad-name">
        <span className="jp-Datalad-lead">{shownName(name)}</span>
      </span>
      {more !== '' && <span className="jp-Datalad-foundMore">{more}</span>}
      {bytes !== undefined && <span className="jp-Datalad-number">{formatSize(bytes)}</span>}
    </>
  );
  const common = {
    'data-roving': '',
    tabIndex,
    title: words === '' ? shownName(name) : `${shownName(name)}\n${words}`,
    'aria-label': plainName(name),
    'aria-description': words
  };
  return path === undefined && commits.length === 0 ? (
    <span role="group" className="jp-Datalad-found" {...common}>
      {content}
    </span>
  ) : (
    <button type="button" className="jp-Datalad-plain jp-Datalad-found" {...common} onClick={() => onOpen(found)}>
      {content}
    </button>
  );
}

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactNode } from 'react';
import type { ComparedKind, SideContent } from '../../protocol/compare';
import { shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';

export interface IFactsTableProps {
  sides: readonly IFactsSide[];
  /** Gets content by its key, whatever version it is. */
  onGet(key: string): void;
  trans: TranslationBundle;
}

export interface IFactsSide {
  content: SideContent;
  label: string;
}

/** What each side is, where its content cannot be shown or is annexed: where it is kept, size, key, checksum, here or not. */
export function FactsTable({ sides, onGet, trans }: IFactsTableProps): JSX.Element {
  const rows: [string, (content: SideContent) => ReactNode][] = [
    [trans.__('Kept in'), ({ facts }) => (facts === null ? trans.__('not there') : kindWords(facts.kind, trans))],
    [trans.__('Size'), ({ facts }) => (facts?.bytes === undefined ? null : sizeWords(facts.bytes, trans))],
    [trans.__('Content'), content => hereWords(content, trans)],
    [trans.__('Checksum'), ({ annex }) => code(annex?.checksum)],
    [trans.__('Backend'), ({ annex }) => (annex === undefined || annex.backend === '' ? null : annex.backend)],
    [trans.__('Key'), ({ facts }) => code(facts?.key)],
    [trans.__('Commit'), ({ body }) => (body.type === 'dataset' ? code(body.commit ?? trans.__('none')) : null)],
    [trans.__('Leads to'), ({ body }) => (body.type === 'link' ? code(shownName(body.target)) : null)]
  ];
  return (
    <div className="jp-Datalad-compareScroll" tabIndex={0} role="group" aria-label={trans.__('What the file is')}>
      <table className="jp-Datalad-compareTable jp-Datalad-compareFacts">
        <thead>
          <tr>
            <td />
            {sides.map(({ label }, at) => (
              <th key={at} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .map(([name, cell]) => [name, sides.map(({ content }) => cell(content))] as const)
            .filter(([, cells]) => cells.some(cell => cell !== null))
            .map(([name, cells]) => (
              <tr key={name} data-sign={cells.every(cell => isSame(cell, cells[0])) ? 'same' : 'changed'}>
                <th scope="row">{name}</th>
                {cells.map((cell, at) => (
                  <td key={at}>{cell ?? '–'}</td>
                ))}
              </tr>
            ))}
          {sides.some(({ content }) => keyToGet(content) !== null) && (
            <tr>
              <td />
              {sides.map((side, at) => (
                <td key={at}>
                  <GetButton {...side} onGet={onGet} trans={trans} />
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

/** The key of content that is not here. */
function keyToGet({ body, facts }: SideContent): string | null {
  return body.type === 'not-here' ? (facts?.key ?? null) : null;
}

/** Gets the content of one side, whose name it bears for those who do not see the table. */
function GetButton({ content, label, onGet, trans }: IFactsSide & Pick<IFactsTableProps, 'onGet' | 'trans'>): JSX.Element | null {
  const key = keyToGet(content);
  const bytes = content.facts?.bytes;
  const words = bytes === undefined ? trans.__('Get') : trans.__('Get, %1', formatSize(bytes));
  return key === null ? null : (
    <button type="button" className="jp-Datalad-button" aria-label={trans.__('%1 (%2)', words, label)} onClick={() => onGet(key)}>
      {words}
    </button>
  );
}

function isSame(one: ReactNode, other: ReactNode): boolean {
  const text = (node: ReactNode): unknown =>
    typeof node === 'object' && node !== null && 'props' in node ? node.props.children : node;
  return text(one) === text(other);
}

function code(text: string | undefined): ReactNode {
  return text === undefined || text === '' ? null : <code>{shownName(text)}</code>;
}

function sizeWords(bytes: number, trans: TranslationBundle): string {
  return bytes < 1_000
    ? trans._n('%1 byte', '%1 bytes', bytes)
    : `${formatSize(bytes)} (${trans._n('%2 byte', '%2 bytes', bytes, bytes.toLocaleString())})`;
}

/** Where a file is kept, in a word or two. */
export function kindWords(kind: ComparedKind, trans: TranslationBundle): string {
  const words: Record<ComparedKind, string> = {
    git: trans.__('Git'),
    annex: trans.__('annex'),
    'annex-unlocked': trans.__('annex, unlocked'),
    dataset: trans.__('subdataset'),
    link: trans.__('link'),
    other: trans.__('not saved yet')
  };
  return words[kind];
}

function hereWords({ body, annex }: SideContent, trans: TranslationBundle): string | null {
  switch (body.type) {
    case 'unreadable':
      return body.failure.message;
    case 'too-large':
      return trans.__('too large to be shown');
    case 'binary':
    case 'text':
    case 'image':
      return annex === undefined ? null : trans.__('here');
    case 'not-here':
      return trans.__('not here');
    default:
      return null;
  }
}

import type { TranslationBundle } from '@jupyterlab/translation';
import { asShell } from '../../protocol/command';
import type { DataladCommand } from '../../protocol/help';
import { CommandLine, type ICommandLineProps } from '../commandLine';

export interface IPushLinesProps extends Pick<ICommandLineProps, 'onCopy' | 'onHelp'> {
  /** Names of those that could take it. */
  siblings: readonly string[];
  /** Those of them that need datalad-next, which DataLad does not load by itself here. */
  next: readonly string[];
  /** Annexed content is to go along, whatever a sibling is said to want. */
  content: boolean;
  trans: TranslationBundle;
}

/** Siblings that get a line. */
const MOST = 3;
const LOAD_NEXT = ['-c', 'datalad.extensions.load=next'];
/** What is made where there is none. */
const EXAMPLE = { name: 'backup', folder: '/media/disk/backup' } as const;

/** What brings what is on this disk alone to a sibling, as lines for a terminal; where there is none, with the line that makes one. */
export function PushLines({ siblings, next, content, trans, onCopy, onHelp }: IPushLinesProps): JSX.Element {
  const line = (command: DataladCommand, args: readonly string[], options: readonly string[] = []): JSX.Element => (
    <CommandLine texts={{ shell: asShell(['datalad', ...options, command, ...args]) }} {...{ trans, onCopy, onHelp }} />
  );
  const push = (sibling: string): JSX.Element =>
    line('push', ['--to', sibling, ...(content ? ['--data', 'anything'] : [])], next.includes(sibling) ? LOAD_NEXT : []);
  if (siblings.length === 0) {
    return (
      <>
        <p>
          {trans.__(
            'No sibling could take them yet. In a terminal that stands in the dataset, the first line makes one: write a folder on another disk, or ssh://SERVER/FOLDER, in the place of %1. The second line sends them.',
            EXAMPLE.folder
          )}
        </p>
        {line('create-sibling', ['--name', EXAMPLE.name, EXAMPLE.folder])}
        {push(EXAMPLE.name)}
      </>
    );
  }
  return (
    <>
      <p>
        {trans._n(
          'In a terminal that stands in the dataset, this line sends them:',
          'In a terminal that stands in the dataset, one of these lines sends them:',
          siblings.length
        )}
      </p>
      {siblings.slice(0, MOST).map(sibling => (
        <div key={sibling}>{push(sibling)}</div>
      ))}
    </>
  );
}

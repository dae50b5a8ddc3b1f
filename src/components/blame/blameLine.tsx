import type { SavedText } from '../../protocol/blame';
import { plainName } from '../../protocol/names';
import { formatAge, formatMoment } from '../history/age';
import { subjectOf } from '../history/commitRow';
import { lastName } from '../names';
import { visible } from '../trust/visible';
import type { IBlamedLine } from './blamedLines';
import type { IBlameViewProps } from './blameView';

export interface IBlameLineProps extends Pick<IBlameViewProps, 'trans' | 'now' | 'onCommit' | 'onUnsaved' | 'onVersion'> {
  line: IBlamedLine;
  /** The last save, of lines that are not saved yet. */
  saved: SavedText | undefined;
  tabIndex: 0 | -1;
}

/** One line, behind who wrote it; where several in a row have one commit, only the first shows it, but each leads to it. */
export function BlameLine({ line, saved, tabIndex, trans, now, onCommit, onUnsaved, onVersion }: IBlameLineProps): JSX.Element {
  const { number, text, commit, first, shaded } = line;
  const before = commit === null ? saved : commit.before;
  const words = wordsOf(line, { trans, now });
  const shownBefore =
    before && trans.__('Before this change: %1 in %2', plainName(lastName(before.path)), before.commit.slice(0, 7));
  return (
    <div className="jp-Datalad-blameLine" data-shaded={shaded || undefined} data-first={first || undefined}>
      <span className="jp-Datalad-blamed">
        <button
          type="button"
          className="jp-Datalad-plain jp-Datalad-blamedBy"
          data-roving=""
          tabIndex={tabIndex}
          aria-label={[...words.spoken, trans.__('line %1', number)].join(', ')}
          title={words.title}
          onClick={() => (commit === null ? onUnsaved() : onCommit(commit.id))}
        >
          {first &&
            words.shown.map(([kind, word]) => (
              <span key={kind} data-part={kind}>
                {word}
              </span>
            ))}
        </button>
        {first && before !== undefined && (
          <button
            type="button"
            className="jp-Datalad-iconButton"
            tabIndex={tabIndex}
            aria-label={shownBefore}
            title={shownBefore}
            onClick={() => onVersion(before)}
          >
            <span aria-hidden="true">↶</span>
          </button>
        )}
      </span>
      <span className="jp-Datalad-lineNumber" aria-hidden="true">
        {number}
      </span>
      <code>{inked(text)}</code>
    </div>
  );
}

/** What leaves no ink is told, but for blanks and tabs, however many: texts are set with them. */
function inked(text: string): string {
  return text.replace(/[^ \t]+/gu, visible);
}

interface ILineWords {
  /** What stands before the line, each part by its kind. */
  readonly shown: [kind: 'author' | 'age' | 'id', word: string][];
  readonly spoken: string[];
  readonly title: string;
}

function wordsOf({ commit }: IBlamedLine, { trans, now }: Pick<IBlameLineProps, 'trans' | 'now'>): ILineWords {
  if (commit === null) {
    const unsaved = trans.__('not saved yet');
    return { shown: [['author', unsaved]], spoken: [unsaved], title: trans.__('Not saved yet: compare with the last save') };
  }
  const [author, age, id] = [visible(commit.author.name), formatAge(commit.time, now, trans), commit.id.slice(0, 7)];
  const subject = subjectOf(commit, trans);
  return {
    shown: [
      ['author', author],
      ['age', age],
      ['id', id]
    ],
    spoken: [author, age, id, subject],
    title: `${subject}\n${author}, ${formatMoment(commit.time, trans)}`
  };
}

import type { TranslationBundle } from '@jupyterlab/translation';
import * as v from 'valibot';
import { formatSize } from '../../protocol/size';
import { RowFlaw } from '../../protocol/urlTable';
import { rowWords } from './rowWords';
import { detail, type IContext, type IFailureWords, retry, type Wordings } from './wording';

/** The other side does not answer, cannot answer now, or stopped in the middle. */
function unreachable(trans: TranslationBundle, context: IContext): IFailureWords {
  switch (detail(context, 'why')) {
    case 'busy':
      return {
        title: trans.__('The server cannot answer now.'),
        text: trans.__('It is overloaded or out of order. Try again later.'),
        action: retry(trans)
      };
    case 'broken':
      return {
        title: trans.__('The connection broke off before all had come.'),
        text: trans.__('Nothing was kept of what came, and what was there is as it was.'),
        action: retry(trans)
      };
    case 'private':
      return {
        title: trans.__('git-annex does not load from a private network.'),
        text: trans.__(
          'Its setting annex.security.allowed-ip-addresses keeps it from addresses of this machine and the network around it. Who runs this Jupyter can allow some.'
        )
      };
    default:
      return {
        title: trans.__('The other side could not be reached.'),
        text: trans.__('The network is down, the address is wrong, or you have no access.'),
        action: retry(trans)
      };
  }
}

/** What is at an address is something else. */
function other(trans: TranslationBundle, { failure }: IContext): IFailureWords {
  const { bytes, expected } = failure.parameters ?? {};
  return {
    title: trans.__('What is at this address is not the content of this file.'),
    text:
      typeof bytes === 'number' && typeof expected === 'number' && bytes !== expected
        ? trans.__('It has %1 and the file %2. The address was not noted.', formatSize(bytes), formatSize(expected))
        : trans.__('The address was not noted. Check it: perhaps it is that of another version.')
  };
}

/** How many files a remark is about, where these are several; else 0. */
function several({ failure }: IContext): number {
  const files = failure.parameters?.['files'];
  return typeof files === 'number' && files > 1 ? files : 0;
}

/** What keeps a table from being downloaded by, and where. */
function badTable(trans: TranslationBundle, context: IContext): IFailureWords {
  const { row, rows } = context.failure.parameters ?? {};
  const flaw = v.safeParse(RowFlaw, detail(context, 'flaw'));
  if (typeof row === 'number' && typeof rows === 'number' && flaw.success) {
    return {
      title: trans._n(
        'Nothing was downloaded, because of one row of the table.',
        'Nothing was downloaded, because of %1 rows of the table.',
        rows
      ),
      text: `${trans.__('Row %1:', row)} ${rowWords(flaw.output, trans)}`
    };
  }
  const why: Record<string, string> = {
    header: trans.__('There is no line with the names of columns at its top.'),
    records: trans.__('It is no list of objects.'),
    json: trans.__('It is no JSON.'),
    text: trans.__('It is no text in UTF-8.'),
    file: trans.__('It is no file.'),
    large: trans.__('It is too large: split it.'),
    many: trans.__('It has too many rows: split it.'),
    empty: trans.__('There is no row with an address in it.'),
    annex: trans.__('This dataset has no annex, without which no source can be noted. Download its files one by one.'),
    format: trans.__('One of the formats names no column of it, or is not written as it should be.')
  };
  return {
    title: trans.__('Nothing can be downloaded by this table.'),
    text: why[detail(context, 'why') ?? ''] ?? trans.__('Look at the table and the formats.')
  };
}

/** Failures of downloads, and of what is noted of where content comes from. */
export const sourceWords: Wordings = {
  'no-remote-access': unreachable,
  'bad-table': badTable,
  'other-content': other,
  'not-at-address': trans => ({
    title: trans.__('There is nothing at this address.'),
    text: trans.__('The server answered that it has no such file. It may have been moved: check the address.')
  }),
  'web-page': (trans, context) => ({
    title: several(context)
      ? trans._n('%1 of the files that came is a web page.', '%1 of the files that came are web pages.', several(context))
      : trans.__('What came is a web page.'),
    text: trans.__(
      'Perhaps the server wants to know who you are, or the address is that of a page about the file. Look at the file; undo the save if it is not what you wanted.'
    )
  }),
  'source-not-noted': (trans, context) =>
    detail(context, 'why') === 'git'
      ? {
          title: several(context)
            ? trans._n(
                '%1 of the files is kept in Git, so no source of it is noted.',
                '%1 of the files are kept in Git, so no source of them is noted.',
                several(context)
              )
            : trans.__('The file is kept in Git, so no source is noted.'),
          text: trans.__('Only annexed files can be got from an address. What is kept in Git is always here.')
        }
      : {
          title: trans.__('The file was saved, but its source was not noted.'),
          text: trans.__('git-annex did not take the address. Add it as a source of the file.')
        },
  'secret-in-address': trans => ({
    title: trans.__('There is a password or a key in this address.'),
    text: trans.__(
      'It would be kept in the dataset, for everybody who has it to read. Leave it out, or only download the file, without its source.'
    )
  })
};

/** Failures that other work has, too, where they are about a source. */
export const aboutSources: Wordings = {
  'last-copy': trans => ({
    title: trans.__('This is the only place that is known to have the content.'),
    text: trans.__('Without it the file could not be got from anywhere. Get it first, then its source can be removed.')
  }),
  'not-annexed': trans => ({
    title: trans.__('Only annexed files can have a source.'),
    text: trans.__('The content of this one is kept in Git itself: it is always here, and comes with each clone.')
  }),
  'unsaved-changes': trans => ({
    title: trans.__('This file is not saved yet.'),
    text: trans.__('Save it first: a source belongs to content that is saved.')
  })
};

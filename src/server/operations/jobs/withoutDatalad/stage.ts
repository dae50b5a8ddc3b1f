import { type IAnnexCall, runAnnex, wordsOf } from '../../../annex/batch';
import { isUtf8 } from '../../../bytes';
import { GITLINK } from '../../../git/entry';
import type { Failure } from '../../../../protocol/failure';
import { failureOf } from '../../../datalad/failures';
import { unsafeName } from './ledger';
import { chunksOf } from '../chunks';
import { entriesAt } from '../indexEntries';
import { git, type ITools, zeroEnded } from './tools';

/** Takes deleted files out of the index; a subdataset also out of .gitmodules. */
export async function forget(tools: ITools, names: readonly string[]): Promise<void> {
  const entries = await entriesAt(tools.workTree.git, names, tools.signal);
  const links = new Set(entries.filter(({ mode }) => mode === GITLINK).map(({ path }) => path));
  for (const some of chunksOf([...links].filter(isUtf8), name => name)) {
    await git(tools, ['rm', '-q', '--', ...some]);
  }
  const files = names.filter(name => !links.has(name) || !isUtf8(name));
  if (files.length > 0) {
    await git(tools, ['update-index', '--remove', '-z', '--stdin'], { input: zeroEnded(files) });
  }
}

/**
 * Puts changed files into the index: git-annex decides by annex.largefiles and .gitattributes which of them it takes. Resolves with the
 * names that could not be added and why.
 */
export async function addFiles(tools: ITools, names: readonly string[], toGit: boolean): Promise<Map<string, Failure>> {
  const refused = new Map<string, Failure>();
  if (names.length === 0) {
    return refused;
  }
  const links = new Set(
    (await entriesAt(tools.workTree.git, names, tools.signal)).filter(({ mode }) => mode === GITLINK).map(({ path }) => path)
  );
  if (links.size > 0) {
    await git(tools, ['update-index', '-z', '--stdin'], { input: zeroEnded(links) });
  }
  const files = names.filter(name => !links.has(name));
  if (toGit || !(await hasAnnex(tools))) {
    const args = ['-c', 'annex.largefiles=nothing', 'add', '--pathspec-from-file=-', '--pathspec-file-nul'];
    await git(tools, args, { input: zeroEnded(files) });
    return refused;
  }
  const byBytes = files.filter(name => !name.includes('\n'));
  for (const some of [byBytes.filter(isUtf8), byBytes.filter(name => !isUtf8(name))]) {
    await addBatch(tools, some, refused);
  }
  await addArguments(
    tools,
    files.filter(name => name.includes('\n')),
    refused
  );
  return refused;
}

/** As DataLad does: .gitignore and the like are files, too. */
const OPTIONS = ['-c', 'annex.dotfiles=true'];

/** Names on standard input keep all their bytes, but hold no line breaks. */
async function addBatch(tools: ITools, names: readonly string[], refused: Map<string, Failure>): Promise<void> {
  if (names.length === 0) {
    return;
  }
  const plain = names.every(isUtf8);
  // Git-annex copies an unlocked file with a program that it hands the name to, and loses bytes in it: locked ones stay in place.
  if (!plain && (await tools.workTree.isAdjusted())) {
    names.forEach(name => refused.set(name, unsafeName(name, 'git-annex cannot add it')));
    return;
  }
  const options = plain ? OPTIONS : [...OPTIONS, '-c', 'annex.addunlocked=false'];
  await add(tools, { args: ['add', ...options, '--batch', '-z'], names, input: zeroEnded(names) }, refused);
}

/** Names in arguments may hold line breaks, but lose bytes that are no UTF-8. */
async function addArguments(tools: ITools, names: readonly string[], refused: Map<string, Failure>): Promise<void> {
  names.filter(name => !isUtf8(name)).forEach(name => refused.set(name, unsafeName(name, 'git-annex cannot add it')));
  for (const some of chunksOf(names.filter(isUtf8), name => name)) {
    await add(tools, { args: ['add', ...OPTIONS, '--', ...some], names: some }, refused);
  }
}

async function add(
  { workTree, env, signal }: ITools,
  { args, names, input }: { args: IAnnexCall['args']; names: readonly string[]; input?: Buffer },
  refused: Map<string, Failure>
): Promise<void> {
  const words: string[] = [];
  const { code, output } = await runAnnex(
    { args, cwd: workTree.folder, env, signal, ...(input === undefined ? {} : { input }) },
    record => words.push(wordsOf(record))
  );
  if (code !== 0) {
    // Which one it was about cannot be told from what is printed; those that were added are sorted out by the index.
    const failure = failureOf([...words, output].join('\n'));
    names.forEach(name => refused.set(name, failure));
  }
}

async function hasAnnex({ workTree }: ITools): Promise<boolean> {
  return (await workTree.git.config()).get('annex.uuid') !== undefined;
}

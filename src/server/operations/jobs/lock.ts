import type { ParsedJobInput } from '../../../protocol/contract';
import type { Failure } from '../../../protocol/failure';
import { runAnnex, wordsOf } from '../../annex/batch';
import { isUtf8 } from '../../bytes';
import { judge } from '../../datalad/execute';
import { isRegular } from '../../git/entry';
import type { ITask } from '../../handlers';
import { chunksOf } from './chunks';
import { type IJobContext, resolveExisting } from './context';
import { Ledger, unsafeName } from './withoutDatalad/ledger';
import { annexedFiles, type IAnnexedFile, type IPart, readParts } from './withoutDatalad/part';
import { isPlainFile } from './withoutDatalad/unchanged';

const NOTHING: Failure = {
  kind: 'not-annexed',
  message: 'There was nothing to lock: these files are not annexed, or are locked already.'
};

/** Locks unlocked files again. Git-annex refuses those that are modified, and nothing here overrides it. */
export async function lock(context: IJobContext, input: ParsedJobInput<'lock'>, task: ITask): Promise<void> {
  const dataset = context.boundary.resolve(input.dataset);
  const paths = resolveExisting(context.boundary, input.paths, dataset);
  const ledger = new Ledger(context.boundary, task);
  for (const part of await readParts(paths, { env: context.env, signal: task.signal })) {
    const files = (await annexedFiles(part, task.signal)).filter(({ entry }) => isRegular(entry.mode));
    for (const { path, key } of files.filter(({ entry }) => !isUtf8(entry.path))) {
      ledger.refused({ action: 'lock', path, type: 'file', key }, unsafeName(path, 'git-annex cannot lock it'));
    }
    await lockFiles(context, part, { files: files.filter(({ entry }) => isUtf8(entry.path)), ledger, task });
  }
  judge(ledger.outcome(), NOTHING);
}

async function lockFiles(
  { env }: IJobContext,
  { workTree }: IPart,
  { files, ledger, task }: { files: readonly IAnnexedFile[]; ledger: Ledger; task: ITask }
): Promise<void> {
  for (const some of chunksOf(files, ({ entry }) => entry.path)) {
    const words = new Map<string, string>();
    const names = some.map(({ entry }) => entry.path);
    const { output } = await runAnnex(
      { args: ['lock', '--', ...names], cwd: workTree.folder, env, signal: task.signal },
      record => words.set(record.key ?? '', wordsOf(record))
    );
    task.output(output);
    for (const { path, key } of some) {
      if (await isPlainFile(path)) {
        ledger.refused({ action: 'lock', path, type: 'file', key }, stillUnlocked(words.get(key) ?? output));
      } else {
        ledger.done({ action: 'lock', path, type: 'file', key });
      }
    }
  }
}

function stillUnlocked(detail: string): Failure {
  return {
    kind: 'modified-content',
    message: 'It is modified, and stays unlocked.',
    hint: 'Save it or discard the change; both lock it.',
    detail
  };
}

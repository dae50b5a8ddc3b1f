import type { Failure } from '../../../../protocol/failure';
import { runAnnex, wordsOf } from '../../../annex/batch';
import { isUtf8 } from '../../../bytes';
import { judge } from '../../../datalad/execute';
import { isRegular } from '../../../git/entry';
import type { ITask } from '../../../handlers';
import { chunksOf } from '../chunks';
import type { IJobContext } from '../context';
import { sortByPresence } from './keyBatch';
import { Ledger, unsafeName } from './ledger';
import type { IAnnexedFile, IPart } from './part';
import { isPlainFile } from './unchanged';

interface IRequest {
  readonly parts: readonly IPart[];
  readonly nothing: Failure;
}

/** Unlocks files where DataLad would lose names. Git-annex does it by name alone, so what is no UTF-8 is refused. */
export async function unlockByName(context: IJobContext, { parts, nothing }: IRequest, task: ITask): Promise<void> {
  const ledger = new Ledger(context.boundary, task);
  for (const part of parts) {
    const { here, absent } = await sortByPresence(part, task.signal);
    const locked = (file: IAnnexedFile): boolean => !isRegular(file.entry.mode);
    for (const { path, key } of absent.filter(locked)) {
      ledger.failed({ action: 'unlock', path, type: 'file', key }, 'no content present; cannot unlock');
    }
    const files = here.filter(locked);
    for (const { path, key } of files.filter(({ entry }) => !isUtf8(entry.path))) {
      ledger.refused({ action: 'unlock', path, type: 'file', key }, unsafeName(path, 'git-annex cannot unlock it'));
    }
    await unlockFiles(
      part,
      files.filter(({ entry }) => isUtf8(entry.path)),
      { env: context.env, task, ledger }
    );
  }
  judge(ledger.outcome(), nothing);
}

async function unlockFiles(
  part: IPart,
  files: readonly IAnnexedFile[],
  { env, task, ledger }: { env: Record<string, string>; task: ITask; ledger: Ledger }
): Promise<void> {
  for (const some of chunksOf(files, ({ entry }) => entry.path)) {
    const words = new Map<string, string>();
    const names = some.map(({ entry }) => entry.path);
    const { output } = await runAnnex(
      { args: ['unlock', '--', ...names], cwd: part.workTree.folder, env, signal: task.signal },
      record => words.set(record.key ?? '', wordsOf(record))
    );
    task.output(output);
    for (const { path, key } of some) {
      const entry = { action: 'unlock', path, type: 'file', key } as const;
      if (await isPlainFile(path)) {
        ledger.done(entry);
      } else {
        ledger.failed(entry, words.get(key) ?? output);
      }
    }
  }
}

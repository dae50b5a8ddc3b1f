import type { Failure } from '../../../../protocol/failure';
import type { ParsedJobInput } from '../../../../protocol/contract';
import { execute, judge } from '../../../datalad/execute';
import { isLost } from '../../../datalad/lostNames';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { isOutOfReach, runKeys, sortByPresence } from './keyBatch';
import { Ledger, unsafeName } from './ledger';
import { isInstalled } from '../datasetAround';
import { type IPart, readParts } from './part';

interface IRequest {
  readonly dataset: string;
  readonly parts: readonly IPart[];
  readonly input: ParsedJobInput<'get'>;
  readonly nothing: Failure;
}

/** Gets content where DataLad would lose names: those datasets by key, the others as ever. */
export async function getByKey(context: IJobContext, { dataset, parts, input, nothing }: IRequest, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const ledger = new Ledger(boundary, task);
  const source = input.source === undefined ? {} : { source: input.source };
  const datalad = async (path: readonly string[], getData: boolean): Promise<void> => {
    const call = { command: 'get', dataset, arguments: { path, recursive: false, get_data: getData, ...source } };
    ledger.add(await execute(context, call, task));
  };
  let output = '';
  for (let next = parts; next.length > 0;) {
    for (const part of input.noData === true ? [] : next) {
      if (part.lost) {
        output += await getPart(part, { source: input.source, env, task, ledger });
      } else if (part.entries.length > 0) {
        await datalad(part.paths, true);
      }
    }
    const wanted = next.flatMap(part => part.subdatasets.filter(path => input.recursive === true || part.paths.includes(path)));
    const absent = wanted.filter(path => !isInstalled(path));
    const safe = absent.filter(path => !isLost(path));
    for (const path of absent.filter(isLost)) {
      ledger.refused({ action: 'get', path, type: 'dataset' }, unsafeName(path, 'DataLad cannot install it'));
    }
    if (safe.length > 0) {
      await datalad(safe, false);
    }
    next = await readParts(safe.filter(isInstalled), { env, signal: task.signal, recursive: input.recursive });
  }
  judge(ledger.outcome(output), nothing);
}

interface IGetOptions {
  source: string | undefined;
  env: Record<string, string>;
  task: ITask;
  ledger: Ledger;
}

async function getPart(part: IPart, { source, ...options }: IGetOptions): Promise<string> {
  const { ledger, task } = options;
  const { here, absent } = await sortByPresence(part, task.signal);
  for (const { path, key } of here.filter(file => part.paths.includes(file.path))) {
    ledger.done({ action: 'get', path, type: 'file', key }, 'notneeded', 'already present');
  }
  for (const { path, key } of absent.filter(isOutOfReach)) {
    ledger.refused({ action: 'get', path, type: 'file', key }, unsafeName(path, 'git-annex cannot put content there'));
  }
  const wanted = absent.filter(file => !isOutOfReach(file));
  if (wanted.length === 0 && absent.length === 0 && part.paths.includes(part.workTree.folder)) {
    ledger.done({ action: 'get', path: part.workTree.folder, type: 'dataset' }, 'notneeded', 'already present');
  }
  const args = source === undefined ? [] : [`--from=${source}`];
  return await runKeys(part, wanted, { action: 'get', args, ...options });
}

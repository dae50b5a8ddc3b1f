import { join } from 'node:path';
import { readBranchLogs } from '../../../annex/branchLogs';
import { logName } from '../../../annex/locations';
import { parseUrlLog } from '../../../annex/urls';
import type { WorkTree } from '../../../dataset/workTree';

/** The addresses that are noted as sources of a key, as git-annex knows them. */
export async function notedUrls({ git, commonDir }: WorkTree, key: string, signal: AbortSignal): Promise<string[]> {
  const log = `${logName(key)}.web` as const;
  const logs = await readBranchLogs({ git, annexDir: join(commonDir, 'annex') }, [log], signal);
  return parseUrlLog(logs.get(log) ?? '');
}

import { tmpdir } from 'node:os';
import * as v from 'valibot';
import { expectedFailure, type Failure } from '../../../protocol/failure';
import { type DatasetSettings, type KnownSetting, type Setting, type SettingScope } from '../../../protocol/settings';
import { displayName } from '../../bytes';
import { BRANCH_CONFIG, readBranchConfig } from '../../dataset/branchConfig';
import { Repository } from '../../dataset/repository';
import { splitZero } from '../../git/split';
import type { AbsolutePath } from '../../paths';
import { run } from '../../process/run';
import type { Redactor } from '../../redact';

interface IEntry {
  scope: SettingScope;
  key: string;
  value: string;
}

/** As git names where a value stands. */
const SCOPES: Readonly<Record<string, SettingScope>> = { system: 'machine', global: 'user', local: 'local', worktree: 'local' };
const OURS = /^datalad\./u;
/** Names whose values nobody should read. */
export const SECRET_KEY = /token|secret|passw(?:or)?d|passphrase|api-?key/iu;
/** By these DataLad starts programs, or they say where content comes from and goes to. */
const RISKY =
  /^datalad\.(?:procedures|containers|locations|credential|get\.subdataset-source-candidate|clone\.url-substitute|run\.substitutions)|\.(?:cmdexec|call-format|url|pushurl|proc-pre|proc-post)(?:$|\.)|^(?:core|alias|filter|diff|merge|credential|url)\./iu;

/** What is set for a dataset, in its own file and in git's, without running anything of it. */
export async function readSettings(
  dataset: AbsolutePath,
  { env, redactor, signal }: { env: Record<string, string>; redactor: Redactor; signal?: AbortSignal }
): Promise<DatasetSettings> {
  const { git } = await Repository.open(dataset, env);
  let broken: Failure | undefined;
  const branch = await readBranchConfig(dataset, git, signal).catch((error: unknown) => {
    broken = expectedFailure(error);
    return [];
  });
  const fields = splitZero(await git.read(['config', '-z', '--list', '--show-scope'], { signal }));
  const entries: IEntry[] = branch.map(([key, value]) => ({ scope: 'branch', key, value }));
  const known = new Set(entries.map(({ key }) => key));
  for (const [at, scope] of fields.entries()) {
    const [key = '', ...lines] = (fields[at + 1] ?? '').split('\n');
    const place = at % 2 === 0 ? SCOPES[scope] : undefined;
    if (place !== undefined && (known.has(key) || (place === 'local' && OURS.test(key)))) {
      known.add(key);
      entries.push({ scope: place, key, value: lines.length === 0 ? 'true' : lines.join('\n') });
    }
  }
  const changed = await git.readWorkTree(['status', '--porcelain', '-z', '--', BRANCH_CONFIG], { signal });
  return {
    settings: [...known].sort().map(key =>
      settingOf(
        key,
        entries.filter(entry => entry.key === key),
        redactor
      )
    ),
    ...(broken === undefined ? {} : { broken }),
    unsaved: changed.length > 0
  };
}

/** What git's own files say of a key replaces what travels with the dataset. */
function settingOf(key: string, entries: readonly IEntry[], redactor: Redactor): Setting {
  const local = entries.some(({ scope }) => scope !== 'branch');
  return {
    key: displayName(key),
    values: entries.map(({ scope, value }) => {
      const shown = SECRET_KEY.test(key) ? '***' : displayName(redactor.text(value));
      return { scope, value: shown, ...(shown === value ? {} : { hidden: true }), counts: scope !== 'branch' || !local };
    }),
    ...(RISKY.test(key) ? { risky: true } : {})
  };
}

const Record = v.object({ name: v.string(), purpose: v.string(), description: v.optional(v.nullable(v.string())) });

/** The settings that DataLad knows, with its own explanations. It is started for this, in no dataset: whoever asks keeps the answer. */
export async function readKnownSettings(options: { env: Record<string, string>; python: string }): Promise<KnownSetting[]> {
  const start = 'from datalad.cli.main import main; main()';
  const args = ['-P', '-c', start, '-f', 'json', 'configuration', 'dump'];
  const { stdout } = await run(options.python, args, { cwd: tmpdir(), env: options.env, timeout: 60_000 });
  return stdout
    .toString('utf8')
    .split('\n')
    .flatMap(line => {
      const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Record), line);
      if (!parsed.success) {
        return [];
      }
      const { name: key, purpose, description } = parsed.output;
      return [{ key, purpose, ...(description ? { description } : {}) }];
    });
}

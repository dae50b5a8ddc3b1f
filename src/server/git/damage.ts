import type { Failure } from '../../protocol/failure';

/** The parts of a repository that can be damaged each for itself; `parameters.part` of a `damaged-repository` failure. */
export type DamagedPart = 'head' | 'index' | 'config' | 'refs' | 'objects' | 'annex' | 'gitmodules' | 'dataset-config';

/**
 * What git, git-annex and DataLad print about a damaged repository. The particular stands before the general: a broken reference makes
 * git say that it cannot lock it, and a broken `.gitmodules` is a configuration file, too.
 */
const SIGNS: readonly { part: DamagedPart; pattern: RegExp }[] = [
  {
    part: 'gitmodules',
    pattern:
      /bad config line \d+ in (?:file|submodule-blob) \S*\.gitmodules|invalid value for '?submodule\.|gitmodules.*is outside/iu
  },
  { part: 'dataset-config', pattern: /bad config (?:line \d+ in|file) .*\.datalad\/config/iu },
  {
    part: 'index',
    pattern:
      /index file (?:smaller than expected|corrupt)|bad index (?:version|file sha1)|bad signature 0x|unordered stage entries|unknown index entry format|invalid path ''/iu
  },
  {
    part: 'config',
    pattern:
      /bad config (?:line|file|variable)|bad (?:numeric|boolean) config value|unknown repository extension|annex\.version is not set/iu
  },
  {
    part: 'annex',
    pattern:
      /sqlite worker thread for .* crashed|file is not a database|database disk image is malformed|git-annex branch .* (?:is missing|not found)/iu
  },
  {
    part: 'refs',
    pattern:
      /No such ref: HEAD|(?:unexpected|unterminated) line in .*packed-refs|bad ref refs\/|reference broken|could not parse HEAD|broken ref\b|your current branch appears to be broken/iu
  },
  {
    part: 'objects',
    pattern:
      /object file .* is empty|(?:loose|packed) object .* is corrupt|bad object|bad tree object|(?:Could not|unable to) read (?:tree )?\(?[0-9a-f]{40}|inflate: data stream error|missing (?:blob|tree|commit) object|not a valid object name|invalid object|unable to unpack [0-9a-f]{40}/iu
  }
];

const MESSAGES: Readonly<Record<DamagedPart, string>> = {
  head: 'The dataset does not know its branch any more: .git/HEAD is damaged.',
  index: 'The index of this dataset is damaged.',
  config: 'The configuration of this dataset is damaged: .git/config.',
  refs: 'A branch of this dataset is damaged.',
  objects: 'A part of the history of this dataset is damaged or missing.',
  annex: 'What git-annex notes about this dataset is damaged.',
  gitmodules: 'The list of subdatasets is broken: .gitmodules.',
  'dataset-config': 'The settings of this dataset are broken: .datalad/config.'
};

/** What is safe to do: none of it touches files of the work tree or content of the annex. */
const HINTS: Readonly<Record<DamagedPart, string>> = {
  head: 'Write "ref: refs/heads/<branch>" into .git/HEAD.',
  index: 'Move .git/index away and run "git reset" in a terminal: that makes it anew and touches no file.',
  config: 'Mend the file in an editor; git names the line.',
  refs: 'Run "git fsck" in a terminal. The last commits stand in .git/logs.',
  // A fetch does not help: git compares what comes with what is here, and stops at the damage.
  objects:
    'Clone a sibling to another place with "git clone --bare --no-local", and copy the files of its objects/pack to those in .git/objects/pack: git then takes what is sound.',
  annex: 'Run "git annex fsck --fast" in a terminal. Its databases in .git/annex/keysdb can be deleted: it makes them anew.',
  gitmodules: 'Mend the file, or bring back the last good one with "git restore .gitmodules".',
  'dataset-config': 'Mend the file, or bring back the last good one with "git restore .datalad/config".'
};

/** The failure for one damaged part. */
export function damaged(part: DamagedPart, detail: string): Failure {
  return { kind: 'damaged-repository', message: MESSAGES[part], hint: HINTS[part], parameters: { part }, detail };
}

/** The damage that a tool's words tell of; null when they tell of none. */
export function damageOf(text: string): Failure | null {
  const sign = SIGNS.find(({ pattern }) => pattern.test(text));
  return sign === undefined ? null : damaged(sign.part, text);
}

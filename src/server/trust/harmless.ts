import type { ConfigEntry } from './configFile';
import { isKnownProgram } from './externals';
import { isPlace } from './urls';

type Judge = (value: string) => boolean;

const anything: Judge = () => true;
const matches =
  (pattern: RegExp): Judge =>
  value =>
    pattern.test(value);
const flag = matches(/^(?:true|false|yes|no|on|off|0|1|)$/iu);
const off = matches(/^(?:false|no|off|0)$/iu);
const number = matches(/^-?\d+[kmg]?$/iu);
const word = matches(/^[\w.-]*$/u);
/** One line for people, or a name: nothing that is ever executed. */
const text = matches(/^[^\n]*$/u);
const oneOf =
  (...values: string[]): Judge =>
  value =>
    values.includes(value.toLowerCase());
const remoteName = matches(/^(?:\.|[\w][\w./-]*)$/u);
const refspec = matches(/^\+?[\w./*@{}^~-]*(?::[\w./*@-]*)?$/u);

/** Keys without a name in the middle. */
const PLAIN: Readonly<Record<string, Judge>> = {
  'core.repositoryformatversion': number,
  'core.filemode': flag,
  'core.bare': flag,
  'core.logallrefupdates': oneOf('true', 'false', 'always'),
  'core.symlinks': flag,
  'core.ignorecase': flag,
  'core.precomposeunicode': flag,
  'core.protecthfs': flag,
  'core.protectntfs': flag,
  'core.sharedrepository': word,
  'core.autocrlf': oneOf('true', 'false', 'input'),
  'core.eol': word,
  'core.safecrlf': word,
  'core.quotepath': flag,
  'core.abbrev': word,
  'core.fsmonitor': off,
  'core.untrackedcache': word,
  'core.preloadindex': flag,
  'core.checkstat': word,
  'core.trustctime': flag,
  'core.commitgraph': flag,
  'core.multipackindex': flag,
  'core.longpaths': flag,
  'core.sparsecheckout': flag,
  'core.sparsecheckoutcone': flag,
  'index.sparse': flag,
  'index.version': number,
  'index.threads': word,
  'extensions.objectformat': oneOf('sha1', 'sha256'),
  'extensions.refstorage': oneOf('files', 'reftable'),
  'extensions.worktreeconfig': flag,
  'extensions.partialclone': remoteName,
  'extensions.preciousobjects': flag,
  'extensions.noop': anything,
  'user.name': text,
  'user.email': text,
  'commit.gpgsign': off,
  'tag.gpgsign': off,
  'gc.auto': number,
  'gc.autodetach': flag,
  'gc.autopacklimit': number,
  'gc.pruneexpire': word,
  'maintenance.auto': flag,
  'maintenance.strategy': word,
  'fetch.prune': flag,
  'pull.rebase': flag,
  'pull.ff': oneOf('true', 'false', 'only'),
  'push.default': word,
  'push.autosetupremote': flag,
  'remote.pushdefault': remoteName,
  'receive.denycurrentbranch': word,
  'uploadpack.allowfilter': flag,
  'uploadpack.allowanysha1inwant': flag,
  'receive.denynonfastforwards': flag,
  'submodule.active': text,
  'submodule.recurse': flag,
  'status.showuntrackedfiles': word,
  'diff.renames': word,
  'diff.ignoresubmodules': word,
  'merge.renames': word,
  'color.ui': word,
  'lfs.repositoryformatversion': number,
  'annex.uuid': word,
  'annex.version': number,
  'annex.backend': word,
  'annex.backends': word,
  'annex.private': flag,
  'annex.hardlink': flag,
  'annex.thin': flag,
  'annex.pidlock': flag,
  'annex.pidlocktimeout': number,
  'annex.crippledfilesystem': flag,
  'annex.sshcaching': flag,
  'annex.adjustedbranchrefresh': word,
  'annex.addunlocked': text,
  'annex.largefiles': text,
  'annex.dotfiles': flag,
  'annex.gitaddtoannex': flag,
  'annex.supportunlocked': flag,
  'annex.numcopies': number,
  'annex.mincopies': number,
  'annex.diskreserve': text,
  'annex.jobs': word,
  'annex.autocommit': flag,
  'annex.synccontent': flag,
  'annex.synconlyannex': flag,
  'annex.resolvemerge': flag,
  'annex.alwayscommit': flag,
  'annex.alwayscompact': flag,
  'annex.commitmessage': text,
  'annex.delayadd': number,
  'annex.retry': number,
  'annex.forwardretry': number,
  'annex.retrydelay': number,
  'annex.bwlimit': text,
  'annex.bwlimit-upload': text,
  'annex.bwlimit-download': text,
  'annex.stalldetection': text,
  'annex.autoupgraderepository': flag,
  'datalad.fake-dates': flag
};

/** Keys with a name in the middle: that of a remote, a branch, a subdataset. */
const NAMED: Readonly<Record<string, Judge>> = {
  'remote.*.url': isPlace,
  'remote.*.pushurl': isPlace,
  'remote.*.annexurl': isPlace,
  'remote.*.fetch': refspec,
  'remote.*.push': refspec,
  'remote.*.mirror': flag,
  'remote.*.prune': flag,
  'remote.*.tagopt': oneOf('--tags', '--no-tags'),
  'remote.*.skipdefaultupdate': flag,
  'remote.*.skipfetchall': flag,
  'remote.*.promisor': flag,
  'remote.*.partialclonefilter': matches(/^[\w:=.+-]*$/u),
  'remote.*.followremotehead': word,
  'remote.*.gh-resolved': text,
  'remote.*.annex-uuid': word,
  'remote.*.annex-config-uuid': word,
  'remote.*.annex-verified': word,
  'remote.*.annex-ignore': flag,
  'remote.*.annex-ignore-auto': flag,
  'remote.*.annex-sync': flag,
  'remote.*.annex-pull': flag,
  'remote.*.annex-push': flag,
  'remote.*.annex-readonly': flag,
  'remote.*.annex-cost': matches(/^\d+(?:\.\d+)?$/u),
  'remote.*.annex-checkuuid': flag,
  'remote.*.annex-bare': flag,
  'remote.*.annex-private': flag,
  'remote.*.annex-hardlink': flag,
  'remote.*.annex-speculate-present': flag,
  'remote.*.annex-trustlevel': word,
  'remote.*.annex-retry': number,
  'remote.*.annex-bwlimit': text,
  'remote.*.annex-bwlimit-upload': text,
  'remote.*.annex-bwlimit-download': text,
  'remote.*.annex-stalldetection': text,
  'remote.*.annex-stalldetection-upload': text,
  'remote.*.annex-stalldetection-download': text,
  'remote.*.annex-forward-retry': number,
  'remote.*.annex-directory': text,
  'remote.*.annex-s3': flag,
  'remote.*.annex-webdav': flag,
  'remote.*.annex-httpalso': flag,
  'remote.*.annex-externaltype': isKnownProgram,
  'remote.*.datalad-publish-depends': remoteName,
  'remote.*.ora-url': isPlace,
  'remote.*.ora-push-url': isPlace,
  'branch.*.remote': remoteName,
  'branch.*.pushremote': remoteName,
  'branch.*.merge': matches(/^refs\/[\w./@()+-]+$/u),
  'branch.*.rebase': flag,
  'branch.*.description': text,
  'branch.*.vscode-merge-base': text,
  'submodule.*.active': flag,
  'submodule.*.url': isPlace,
  'submodule.*.branch': word,
  'submodule.*.update': oneOf('checkout', 'rebase', 'merge', 'none'),
  'submodule.*.ignore': word,
  'submodule.*.fetchrecursesubmodules': word,
  'submodule.*.datalad-id': word,
  'submodule.*.datalad-url': isPlace,
  'submodule.*.datalad-recursiveinstall': word,
  'datalad.clone.reckless': word,
  'datalad.ora-remote.uuid': word,
  'datalad.repo.version': number,
  'datalad.dataset.id': word
};

/** git-annex's content filter, in the words that its versions have written. */
const ANNEX_FILTER: Readonly<Record<string, readonly string[]>> = {
  'filter.annex.smudge': ['git-annex smudge -- %f', 'git-annex smudge %f', 'git annex smudge %f'],
  'filter.annex.clean': ['git-annex smudge --clean -- %f', 'git-annex smudge --clean %f', 'git annex smudge --clean %f'],
  'filter.annex.process': ['git-annex filter-process']
};

/** Where DataLad looks for subdatasets after a clone from a store: an address with places for the id of each. */
const SOURCE_CANDIDATE = /^datalad\.get\.subdataset-source-candidate-[\w-]*$/u;

/**
 * Whether a setting is one of those that git, git-annex, DataLad and common editors write into a dataset and that make none of them
 * start a program of the dataset's choice. Everything else is not: lists of what is dangerous have failed again and again, since each
 * version of each tool adds to what they would have to name.
 */
export function isHarmless([key, value]: ConfigEntry): boolean {
  const annexFilter = ANNEX_FILTER[key];
  if (annexFilter !== undefined) {
    return annexFilter.includes(value);
  }
  if (SOURCE_CANDIDATE.test(key)) {
    return isPlace(value.replace(/#?\{[\w-]+\}/gu, ''));
  }
  const [section, named, name] = partsOf(key);
  const judge = named ? (NAMED[`${section}.*.${name}`] ?? NAMED[key]) : PLAIN[key];
  return judge?.(value) ?? false;
}

function partsOf(key: string): [section: string, named: boolean, name: string] {
  const [first, last] = [key.indexOf('.'), key.lastIndexOf('.')];
  return [key.slice(0, first), first !== last, key.slice(last + 1)];
}

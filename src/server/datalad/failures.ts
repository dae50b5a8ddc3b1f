import type { Failure, FailureKind } from '../../protocol/failure';
import { damageOf } from '../git/damage';
import { CONTAINER_SIGNS } from './containerSigns';
import { DOWNLOAD_SIGNS } from './downloadSigns';

/** Words of a tool, and what they mean. */
export interface ISign {
  kind: FailureKind;
  pattern: RegExp;
  message: string;
  hint?: string;
  parameters?: Failure['parameters'];
}

/**
 * What DataLad, git-annex and git print, and what it means. The first sign that matches decides, so the particular stands before the
 * general; each has real samples in `failures.spec.ts`. These look like damage, but are none.
 */
const BEFORE_DAMAGE: readonly ISign[] = [
  ...CONTAINER_SIGNS,
  ...DOWNLOAD_SIGNS,
  {
    kind: 'needs-upgrade',
    pattern: /is at unsupported version \d+\. (?:Automatic upgrade is disabled|Upgrade this repository)/u,
    message: 'This dataset was made by an older git-annex, and has to be upgraded first.',
    hint: 'Run "git annex upgrade" in a terminal.'
  },
  {
    kind: 'tool-too-old',
    pattern: /is at unsupported version \d+/u,
    message: 'This dataset was made by a newer git-annex, so this one refuses to work in it.',
    hint: 'Upgrade git-annex.'
  },
  {
    kind: 'untrusted',
    pattern: /would start programs that lie in the dataset/u,
    message: 'This dataset is made to start a program of its own as soon as it is set up.',
    hint: 'It was not set up, and nothing was started. Ask who made it.'
  },
  {
    kind: 'last-copy',
    pattern: /Could not verify the existence of the \d+ necessary cop|Could only verify the existence of/u,
    message: 'This may be the last copy: no other place was found to have the content.',
    hint: 'Push it to a sibling first, or get it into another clone.'
  },
  {
    kind: 'modified-content',
    pattern: /cannot drop modified content/u,
    message: 'The content has changes that are not saved yet.',
    hint: 'Save them first.'
  },
  {
    kind: 'last-copy',
    pattern: /has revisions that are not available at any known sibling/u,
    message: 'The dataset has commits that no sibling has.',
    hint: 'Push it to a sibling first.'
  },
  {
    kind: 'in-the-way',
    pattern: /refuse to perform actions that would remove the current working directory/u,
    message: 'DataLad does not remove the folder that it works in.',
    hint: 'Work in the folder around it.',
    parameters: { why: 'working-folder' }
  },
  {
    kind: 'still-announced',
    pattern: /local annex not declared 'dead' at the following siblings/u,
    message: 'Siblings still count this clone among the places that have content.',
    hint: 'Announce that it goes: "git annex dead here", then push.'
  },
  {
    kind: 'not-annexed',
    pattern: /cannot drop untracked content|File unknown to git/u,
    message: 'This is not saved, so it is not in the annex.',
    hint: 'Save it first.',
    parameters: { why: 'unsaved' }
  },
  {
    kind: 'subdatasets-present',
    pattern: /cannot drop dataset, subdataset\(s\) still present/u,
    message: 'The dataset holds subdatasets that are still here.',
    hint: 'Drop them first, or with "recursive".'
  },
  {
    kind: 'not-here',
    pattern: /no content present; cannot unlock/u,
    message: 'The content is not here, so the file cannot be unlocked.',
    hint: 'Get it first.'
  },
  {
    kind: 'long-name',
    pattern: /File name too long/iu,
    message: 'The name is too long for git-annex.',
    hint: 'Give the file a shorter name.'
  },
  {
    kind: 'transfer-busy',
    pattern: /transfer already in progress|unable to take transfer lock/u,
    message: 'Another program is already fetching or sending this content.',
    hint: 'Wait for it to end, then try again.'
  },
  {
    kind: 'not-found',
    pattern: /Input did not match existing file/u,
    message: 'An input is not there.',
    hint: 'Look at how it is written: paths are relative to the dataset.'
  },
  {
    kind: 'bad-placeholder',
    pattern: /has an unrecognized placeholder/u,
    message: 'A placeholder in the command, an input or an output is not known.',
    hint: 'A brace that is meant as such is typed twice.'
  },
  {
    kind: 'unsaved-changes',
    pattern: /clean dataset required/u,
    message: 'There are changes that are not saved.',
    hint: 'Save them first.'
  },
  {
    kind: 'not-here',
    pattern: /^File .* has no content available$/mu,
    message: 'The content of a file is not here, so nothing was exported.',
    hint: 'Get it first, or leave out what is not here.'
  },
  {
    kind: 'tool-missing',
    pattern: /'[^']*(?:tar|7zz?|unzip)'.* returned non-zero exit status 100\b/u,
    message: 'DataLad could not unpack the archive with the programs that it found.',
    hint: 'Install 7-Zip, so that there is a program 7z.',
    parameters: { tool: '7z' }
  },
  {
    kind: 'not-found',
    pattern: /Current working directory no longer exists/u,
    message: 'The dataset was moved or deleted while this was done.',
    hint: 'Look where it is now.'
  },
  {
    kind: 'no-space',
    // The signal that Linux sends to who writes beyond the limit.
    pattern: /died of signal 25\b|File too large/iu,
    message: 'A file may not be that large here.',
    hint: 'Ask who runs this Jupyter for the limit of file sizes.',
    parameters: { limit: 'file-size' }
  },
  {
    kind: 'no-space',
    pattern: /not enough free space|No space left on device|Disk quota exceeded|database or disk is full/iu,
    message: 'There is not enough free space.',
    hint: 'Drop content you do not need, or free space elsewhere. git-annex keeps a reserve: annex.diskreserve.'
  },
  {
    kind: 'merge-in-progress',
    pattern: /cannot do a partial commit during a|You have not concluded your (?:merge|cherry-pick)|you have unmerged files/iu,
    message: 'A merge is not finished.',
    hint: 'Finish it, or abort it with "git merge --abort", then try again.'
  },
  {
    kind: 'other-owner',
    pattern: /detected dubious ownership|safe\.directory|Git refuses to operate in this repository/u,
    message: 'This dataset belongs to another user, so git refuses to work in it.',
    hint: 'If you trust its owner, add it to git\'s "safe.directory".'
  },
  {
    kind: 'no-identity',
    pattern: /Author identity unknown|Please tell me who you are|unable to auto-detect email address|empty ident name/u,
    message: 'Git does not know who makes the commit.',
    hint: 'Set a name and an e-mail address.'
  },
  {
    kind: 'read-only',
    pattern: /Read-only file system/iu,
    message: 'The file system is read-only.',
    hint: 'Work in a copy: clone the dataset to a folder of your own.'
  },
  {
    kind: 'untrusted-certificate',
    pattern:
      /SSL certificate problem|certificate verif(?:y|ication) failed|certificate rejected|self-?signed certificate|UnknownC[aA]/iu,
    message: 'The certificate of the other side is not trusted.',
    hint: 'Check the address; if it is right, ask who runs it for the certificate.'
  },
  {
    kind: 'needs-credential',
    pattern:
      /could not read (?:Username|Password)|terminal prompts disabled|Authentication failed|Authorization required|AccessDenied|returned error: 40[13]|download failed: (?:Unauthorized|Forbidden)|"credential","fill"|Permission denied \(publickey|Host key verification failed/iu,
    message: 'The other side asks who you are, or does not let you in.',
    hint: 'Check the user name and the password or token.'
  },
  {
    kind: 'permission-denied',
    pattern: /Permission denied|Operation not permitted|insufficient permission/iu,
    message: 'You may not read or write there.',
    hint: 'Ask the owner of the folder, or work in a clone of your own.'
  }
];

/** What damage must not be taken for: git cannot lock a reference that is broken, either. */
const AFTER_DAMAGE: readonly ISign[] = [
  {
    kind: 'locked',
    pattern: /Unable to create '.*\.lock': File exists|cannot lock ref|another git process seems to be running/iu,
    message: 'Another program is writing to this dataset, or one was stopped while it did.',
    hint: 'Try again in a moment. If no git program is running any more, its lock file can be removed.'
  },
  {
    kind: 'bad-url',
    pattern: /transport '.*' not allowed|Unable to find remote helper|strange (?:host|path)name .* blocked/iu,
    message: 'This kind of address is not allowed.',
    hint: 'Use a path, an https or ssh address, ria+…, osf:// or ///.'
  },
  {
    kind: 'not-found',
    pattern: /Remote '.*' is not available/u,
    message: 'There is no sibling of this name.',
    hint: 'See the list of siblings.'
  },
  {
    kind: 'no-remote-access',
    pattern:
      /Could not resolve host|download failed: (?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)|returned error: 5\d\d|Failed to connect|hung up unexpectedly|early EOF|unexpected disconnect|Connection (?:refused|timed out|reset)|Network is unreachable|No route to host|unable to access '|cannot access remote/iu,
    message: 'The other side cannot be reached.',
    hint: 'Check its address and the network connection. A sibling on this machine may have been moved or deleted.'
  },
  {
    kind: 'not-empty',
    pattern:
      /non-empty directory|already exists and (?:is not an empty directory|not empty)|^collision with (?:content in parent|.* in) dataset/mu,
    message: 'There is something at this place already.',
    hint: 'Choose another name, or an empty folder.'
  },
  {
    kind: 'clone-failed',
    pattern: /Failed to clone from/u,
    message: 'The dataset could not be cloned.',
    hint: 'Check that there is a dataset at this address.'
  },
  {
    kind: 'content-unavailable',
    pattern:
      /^not available$|Unable to access these remotes|download failed: (?:Not Found|Gone)|failed to download content|failed to retrieve content from remote|No other repository is known to contain the file/mu,
    message: 'No place that can be reached has the content.',
    hint: 'See where copies are, and whether that sibling can be reached.'
  },
  {
    kind: 'not-found',
    pattern: /path does not exist|No such file or directory/u,
    message: 'There is nothing at this path.',
    hint: 'It may have been moved or deleted.'
  },
  {
    kind: 'not-a-dataset',
    pattern: /No(?: installed)? dataset found|not a git repository|path not underneath the reference dataset/iu,
    message: 'There is no dataset at this place.',
    hint: 'Make one here, or open a folder in a dataset.'
  },
  {
    kind: 'corrupt',
    pattern: /Verification of content failed|checksum (?:mismatch|does not match)|content is bad|unable to checksum/iu,
    message: 'What arrived is not what was asked for, so it was not kept.',
    hint: 'Try again, or get it from another sibling.'
  },
  {
    kind: 'tool-missing',
    pattern: /'annex' is not a git command|MissingExternalDependency|Executable not found/u,
    message: 'A program that DataLad needs is missing.',
    hint: 'See the panel for what was found.'
  },
  {
    // A warning that it also prints beside what went wrong, and what went well.
    kind: 'no-identity',
    pattern: /It is highly recommended to configure Git before using DataLad/u,
    message: 'Git does not know who makes the commit.',
    hint: 'Set a name and an e-mail address.'
  }
];

/** What a tool's words mean; `unknown`, with the words themselves, where no sign matches. */
export function failureOf(text: string): Failure {
  const detail = text.trim();
  const matches = ({ pattern }: ISign): boolean => pattern.test(detail);
  const before = BEFORE_DAMAGE.find(matches);
  // What cannot be cloned is damaged on the other side: nothing here is.
  const damage = before === undefined && !/Failed to clone from/u.test(detail) ? damageOf(detail) : null;
  const sign = before ?? AFTER_DAMAGE.find(matches);
  if (damage !== null || sign === undefined) {
    return damage ?? { kind: 'unknown', message: firstLine(detail), detail };
  }
  const { pattern, ...rest } = sign;
  return { ...rest, detail };
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line === '' ? 'DataLad failed without saying why.' : line.slice(0, 300);
}

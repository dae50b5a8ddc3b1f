import { type ListedBranch, type ListedTag } from '../../../protocol/branches';
import { fail } from '../../../protocol/failure';
import type { CommitId } from '../../../protocol/revision';
import { parseAdjusted } from '../../annex/adjustment';
import { decodePath } from '../../bytes';

/** What `git for-each-ref` prints of a ref, a line each: no name, date or first line of a message has a line break. */
const FIELDS = [
  '%(refname)',
  '%(objectname)',
  '%(*objectname)',
  '%(symref)',
  '%(creatordate:unix)',
  '%(upstream)',
  '%(upstream:track,nobracket)',
  '%(contents:subject)'
];
export const REF_FORMAT = FIELDS.join('%00');

/** What git-annex keeps for itself, and pointers to other refs. */
const OUT_OF_SIGHT = /^(?:git-annex|synced\/.*|HEAD)$/u;
const LONGEST_SUBJECT = 500;
const LAST_MOMENT = 8.64e15;

export interface IListedRefs {
  readonly branches: ListedBranch[];
  readonly tags: ListedTag[];
}

/** Reads `git for-each-ref` with {@link REF_FORMAT}; `current` is the branch that is checked out. */
export function parseListedRefs(output: Buffer, current: string | null): IListedRefs {
  const branches: ListedBranch[] = [];
  const tags: ListedTag[] = [];
  for (const line of decodePath(output).split('\n').filter(Boolean)) {
    const fields = line.split('\0');
    const [full = '', object = '', peeled = '', symref = '', time = '', upstream = '', track = ''] = fields;
    if (fields.length < FIELDS.length) {
      fail('unknown', 'git listed branches in an unknown way.', { detail: line.slice(0, 200) });
    }
    const [, folder, name = ''] = /^refs\/(heads|tags|remotes)\/(.+)$/su.exec(full) ?? [];
    // No subject holds a NUL, but one that does all the same must not move the rest.
    const subject = fields
      .slice(FIELDS.length - 1)
      .join(' ')
      .slice(0, LONGEST_SUBJECT);
    const tip = { commit: (peeled || object) as CommitId, subject, time: moment(time) };
    if (folder === 'tags') {
      tags.push({ name, ...tip, object: object as CommitId });
    } else if (folder !== undefined && symref === '' && isInSight(folder, name)) {
      branches.push(folder === 'remotes' ? { ref: name, name, place: 'sibling', ...tip } : local({ name, tip, current }));
      Object.assign(branches.at(-1) ?? {}, upstream === '' ? {} : { upstream: parseUpstream(upstream, track) });
    }
  }
  return { branches: branches.map(branch => standingAt(branch, branches)), tags };
}

/** The commits of an adjusted branch are git-annex's own: it shows that of the branch it was made of. */
function standingAt(branch: ListedBranch, all: readonly ListedBranch[]): ListedBranch {
  const original =
    branch.adjustment === undefined ? undefined : all.find(({ ref, place }) => ref === branch.name && place === 'here');
  return original === undefined ? branch : { ...branch, commit: original.commit, subject: original.subject, time: original.time };
}

function isInSight(folder: string, name: string): boolean {
  const ofSibling = folder === 'remotes';
  const own = ofSibling ? name.slice(name.indexOf('/') + 1) : name;
  return !OUT_OF_SIGHT.test(own) && !(ofSibling && own.startsWith('adjusted/'));
}

function local({
  name,
  tip,
  current
}: {
  name: string;
  tip: Pick<ListedBranch, 'commit' | 'subject' | 'time'>;
  current: string | null;
}): ListedBranch {
  const adjusted = parseAdjusted(name);
  return {
    ref: name,
    name: adjusted?.original ?? name,
    ...(adjusted === null ? {} : { adjustment: adjusted.adjustment }),
    place: 'here',
    ...(name === current ? { current: true } : {}),
    ...tip
  };
}

/** `ahead 1, behind 2`, `gone`, or nothing where both are the same. */
function parseUpstream(upstream: string, track: string): NonNullable<ListedBranch['upstream']> {
  const name = upstream.replace(/^refs\/(?:remotes|heads)\//u, '');
  const count = (word: string): number => Number(new RegExp(`${word} (\\d+)`, 'u').exec(track)?.[1] ?? 0);
  return track === 'gone' ? { name } : { name, ahead: count('ahead'), behind: count('behind') };
}

function moment(seconds: string): number | null {
  const time = /^-?\d+$/u.test(seconds) ? Number(seconds) * 1000 : NaN;
  return Math.abs(time) <= LAST_MOMENT ? time : null;
}

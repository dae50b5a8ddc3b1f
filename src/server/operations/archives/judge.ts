import { ownFolderName } from '../../../protocol/archive';
import { fail } from '../../../protocol/failure';
import { displayName } from '../../bytes';
import { isLost } from '../../datalad/lostNames';
import type { IMember } from './members';

/** What an archive puts into a dataset. */
export interface IContents {
  /** Names of its files and links, relative to where it is unpacked. */
  readonly names: readonly string[];
  /** Unpacked. */
  readonly bytes: number;
  readonly links: number;
  /** The folders that all files lie in, without a slash at the end; empty where there are none. */
  readonly leading: string;
}

/** A target that goes up first, and then down: one that goes up again later may pass through another link and arrive elsewhere. */
const STEADY = /^(?:\.\.\/)*(?:(?!\.\.(?:\/|$))[^/]+(?:\/|$))*$/u;

/**
 * What is in an archive, where all of it stays in the folder it is unpacked into. The tools that unpack differ in what they make of the
 * rest: some leave it out, some write it under another name, none says so; a `.git` goes into the repository itself. So it is refused.
 */
export function judgeMembers(members: readonly IMember[]): IContents {
  const links = new Set<string>();
  const names = new Set<string>();
  let bytes = 0;
  for (const member of members) {
    const name = safeName(member.name);
    if (member.kind === 'locked') {
      fail('unsafe-archive', 'This archive is locked with a password.', { hint: 'Unpack it in a terminal, and save the files.' });
    }
    if (member.kind === 'other') {
      refuse('no file, folder or link', member.name);
    }
    if (member.kind === 'folder') {
      continue;
    }
    if (name === '') {
      refuse('a file without a name', member.name);
    }
    if (member.kind === 'link') {
      requireInside(name, member);
      links.add(name);
    }
    if (member.kind === 'hard-link') {
      safeName(member.target);
    }
    names.add(name);
    bytes += member.bytes;
  }
  refuseThroughLinks(members, links);
  return { names: [...names], bytes, links: links.size, leading: leadingFolders([...names]) };
}

/** A name without what says nothing; refused where it leads out of the folder, into a repository, or is lost by DataLad. */
function safeName(name: string): string {
  if (isLost(name)) {
    fail(
      'unsafe-archive',
      'The archive holds a name that DataLad cannot work with: with a line break or bytes that are no text.',
      {
        hint: 'Unpack it in a terminal, and save the files.',
        parameters: { path: displayName(name) }
      }
    );
  }
  // Some tools take a backslash for a slash.
  const parts = name.split(/[/\\]/u);
  if (name.startsWith('/') || name.startsWith('\\') || parts.includes('..')) {
    refuse('a name that leads out of the folder it is unpacked into', name);
  }
  if (parts.some(part => part.toLowerCase() === '.git')) {
    refuse('a name inside of a repository', name);
  }
  return name
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}

/** A link may lead to a file in the archive: DataLad adds the content of what it leads to. */
function requireInside(name: string, { target, name: raw }: IMember): void {
  const up = target.split('/').filter(part => part === '..').length;
  if (target === '' || target.startsWith('/') || !STEADY.test(target) || up >= name.split('/').length) {
    refuse('a link that leads out of the folder it is unpacked into', raw);
  }
}

/** What lies below a link is written where the link leads. */
function refuseThroughLinks(members: readonly IMember[], links: ReadonlySet<string>): void {
  if (links.size === 0) {
    return;
  }
  for (const { name: raw } of members) {
    const name = safeName(raw);
    for (let end = name.indexOf('/'); end !== -1; end = name.indexOf('/', end + 1)) {
      if (links.has(name.slice(0, end))) {
        refuse('a file that lies behind a link', raw);
      }
    }
  }
}

function refuse(what: string, name: string): never {
  return fail('unsafe-archive', `The archive holds ${what}: ${displayName(name)}`, {
    hint: 'Nothing was unpacked. Ask who made it.',
    parameters: { path: displayName(name) }
  });
}

/** What `--strip-leading-dirs` takes away. */
export function leadingFolders(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let leading = first.split('/').slice(0, -1);
  for (const name of others) {
    const folders = name.split('/').slice(0, -1);
    const parting = leading.findIndex((folder, at) => folders[at] !== folder);
    leading = parting === -1 ? leading : leading.slice(0, parting);
    if (leading.length === 0) {
      break;
    }
  }
  return leading.join('/');
}

export interface IPlacement {
  /** Relative to the dataset, the folder that the archive lies in; empty for its root. */
  readonly folder: string;
  /** The name of the archive. */
  readonly archive: string;
  readonly ownFolder: boolean;
  readonly strip: boolean;
}

/** Where the files come to lie, relative to the dataset. */
export function placesOf({ names, leading }: Pick<IContents, 'names' | 'leading'>, placement: IPlacement): string[] {
  const { folder, archive, ownFolder, strip } = placement;
  const prefix = [folder, ...(ownFolder ? [ownFolderName(archive)] : [])].filter(part => part !== '').map(part => `${part}/`);
  const cut = strip && leading !== '' ? leading.length + 1 : 0;
  return names.map(name => prefix.join('') + name.slice(cut));
}

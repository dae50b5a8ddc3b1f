import type { Sibling } from '../../protocol/dataset';
import { readRefs, type IHead } from '../git/refs';
import type { Repository } from './repository';
import { describeBranch } from './branch';

/** The remotes as git's configuration and the last fetch know them; nothing is asked over a network. */
export async function readSiblings(repository: Repository, head: IHead): Promise<Sibling[]> {
  const config = await repository.git.config();
  const refs = await readRefs(repository.git, ['refs/remotes']);
  const branch = describeBranch(head).name;
  return await Promise.all(
    config.subsections('remote').map(async name => {
      const url = config.get(`remote.${name}.url`);
      const theirs = branch === null ? undefined : refs.get(`refs/remotes/${name}/${branch}`);
      const distance = theirs === undefined || head.commit === null ? {} : await compare(repository, head.commit, theirs);
      return { name, ...(url === undefined ? {} : { url: withoutSecrets(url) }), ...distance };
    })
  );
}

async function compare(repository: Repository, ours: string, theirs: string): Promise<Pick<Sibling, 'ahead' | 'behind'>> {
  const output = await repository.git.say(['rev-list', '--count', '--left-right', `${ours}...${theirs}`, '--']);
  const [ahead, behind] = output.split('\t').map(Number);
  return { ahead, behind };
}

/** A URL without user name, password and query, which may hold a token; other addresses stay as they are. */
export function withoutSecrets(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.:-]*:\/\/)[^/]*@/i, '$1').replace(/^([a-z][a-z0-9+.:-]*:\/\/[^?#]*)[?#].*$/is, '$1');
}

import { git } from '../withoutDatalad/tools';
import { commitOf, type IPlace } from './place';

const FOLDER = 'refs/jupyterlab-datalad/deleted/';
/** Milliseconds after which what was deleted is no longer kept. */
const KEPT = 30 * 24 * 60 * 60 * 1000;

/**
 * Keeps what a branch or tag stood at before it is deleted, so that it can be made again: git would throw the commits away sooner or
 * later, and git-annex would call content unused that only they name. What was kept for 30 days goes.
 */
export async function keep(place: IPlace, { id, job }: { id: string; job: string }): Promise<void> {
  const listed = await place.workTree.git.say(['for-each-ref', '--format=%(refname)', FOLDER]);
  const now = Date.now();
  const old = listed
    .split('\n')
    .filter(Boolean)
    .filter(ref => now - Number(ref.slice(FOLDER.length).split('-', 1)[0]) > KEPT);
  const name = `${FOLDER}${now}-${job.replace(/[^\w]/gu, '')}`;
  const lines = [`update ${name}\0${id}\0\0`, ...old.map(ref => `delete ${ref}\0\0`)];
  await git(place, ['update-ref', '-z', '--stdin'], { input: `start\0${lines.join('')}prepare\0commit\0` });
}

/** Whether a ref stands at this object. */
export async function standsAt(place: IPlace, ref: string, id: string): Promise<boolean> {
  return (await commitOf(place, ref)) === id;
}

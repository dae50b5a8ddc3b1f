import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../../../protocol/failure';
import { decodePath, fsPath } from '../../../bytes';
import type { GitReader } from '../../../git/reader';
import { isWithin } from '../../../nesting';
import { rootsAround } from '../../../trust/installed';

/** Where an image may lie: in the dataset itself, not in its repository nor in a subdataset, and behind no link that leads elsewhere. */
export async function checkImagePlace(image: string, dataset: string): Promise<void> {
  const names = image.split('/');
  const bad = names.some(
    name => name === '' || name === '.' || name === '..' || name.toLowerCase() === '.git' || name.includes('\0')
  );
  const place = join(dataset, image);
  if (
    bad ||
    (await rootsAround(dataset, [dirname(place)])).length > 1 ||
    !isWithin(await realFolder(dirname(place)), await realFolder(dataset))
  ) {
    fail(
      'bad-request',
      'The image has to lie in the dataset itself: not in its repository, not in a subdataset, not behind a link.',
      {
        parameters: { path: image }
      }
    );
  }
}

/** Of the deepest folder that is there. */
async function realFolder(folder: string): Promise<string> {
  const real = await realpath(fsPath(folder), { encoding: 'buffer' }).then(decodePath, () => null);
  return real ?? (await realFolder(dirname(folder)));
}

/** Fails where something at a place is in no commit: it would be gone with the image. */
export async function requireSaved(git: GitReader, image: string, signal: AbortSignal): Promise<void> {
  const changes = await git.readWorkTree(['status', '--porcelain', '-z', '--untracked-files=all', '--ignored', '--', image], {
    signal
  });
  if (changes.length > 0) {
    fail('unsaved-changes', 'The image is not saved as it is.', { hint: 'Save it first.', parameters: { path: image } });
  }
}

import * as v from 'valibot';
import type { Destination } from '../../protocol/destination';
import type { Messages } from '../../protocol/messages';
import { contentsPath } from '../../protocol/paths';
import { CommitId } from '../../protocol/revision';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

function destination(name: string, more: Omit<Destination, 'path'>): Record<string, Destination> {
  const path = contentsPath(`my-analysis/${name}`);
  return { [path]: { path, ...more } };
}

export const DESTINATIONS: Record<string, Destination> = {
  ...destination('code/mask.py', {
    to: 'git',
    because: 'rule',
    rule: { from: 'attributes', expression: 'nothing', file: 'code/.gitattributes', line: 1, pattern: '*' },
    bytes: 3_412
  }),
  ...destination('figures', {
    to: 'both',
    because: 'folder',
    bytes: 2 * MB,
    within: {
      git: { files: 3, bytes: 9_000 },
      annex: { files: 12, bytes: 2 * MB },
      unknown: { files: 0, bytes: 0 },
      more: false,
      largest: { path: contentsPath('my-analysis/figures/a.svg'), name: 'figures/a.svg', bytes: 8_000 }
    }
  }),
  ...destination('recordings/interview-with-a-long-name.mp4', {
    to: 'git',
    because: 'rule',
    rule: { from: 'attributes', expression: 'nothing', file: '.gitattributes', line: 4, pattern: 'recordings/*' },
    bytes: 1.2 * GB
  }),
  ...destination('scratch/tmp.npy', { to: 'annex', because: 'no-rule', bytes: 88 * MB }),
  ...destination('types.bin', {
    to: 'unknown',
    because: 'mime-type',
    rule: { from: 'annex-config', expression: 'not(mimetype=text/*)' },
    bytes: 12
  })
};

export const MESSAGES: Messages = {
  recent: ['Reformat code with black', 'Add a mask', 'Start\n\nWith a body'],
  last: {
    commit: v.parse(CommitId, '4be0f12'.padEnd(40, '0')),
    message: 'Reformat code with black',
    author: 'Ada',
    published: []
  },
  template: 'What: \nWhy: '
};

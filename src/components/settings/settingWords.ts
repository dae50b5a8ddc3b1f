import type { TranslationBundle } from '@jupyterlab/translation';
import type { KnownSetting, SettingScope } from '../../protocol/settings';

/** Where a value stands, for people. */
export function scopeWords(scope: SettingScope, trans: TranslationBundle): string {
  switch (scope) {
    case 'branch':
      return trans.__('travels with the dataset');
    case 'local':
      return trans.__('this clone only');
    case 'user':
      return trans.__('yours, everywhere');
    case 'machine':
      return trans.__('this machine');
  }
}

/** What a setting is for: in plain words where we have some, else in DataLad's; empty where nobody knows it. */
export function settingWords(key: string, known: readonly KnownSetting[], trans: TranslationBundle): string {
  const own: readonly [RegExp, string][] = [
    [/^datalad\.dataset\.id$/u, trans.__('Names the dataset and all its clones. Do not change it.')],
    [/^datalad\.containers\..+\.image$/u, trans.__('Where the image of a software container lies.')],
    [/^datalad\.containers\..+\.cmdexec$/u, trans.__('The command that runs something in a software container.')],
    [/^datalad\.containers\./u, trans.__('Belongs to a software container of this dataset.')],
    [
      /^datalad\.get\.subdataset-source-candidate/u,
      trans.__('Another place from which subdatasets are installed; “{path}” and “{id}” stand for theirs.')
    ],
    [/^datalad\.procedures\..+\.call-format$/u, trans.__('How a procedure is started.')],
    [/^datalad\.procedures\..+\.help$/u, trans.__('What a procedure says it does.')],
    [/^datalad\.clone\.url-substitute/u, trans.__('Has addresses replaced by others when something is cloned.')],
    [/datalad-publish-depends$/u, trans.__('Siblings to which is published before this one.')]
  ];
  const found = known.find(setting => setting.key === key);
  return (
    own.find(([pattern]) => pattern.test(key))?.[1] ??
    (found === undefined ? '' : [found.purpose, found.description ?? ''].filter(Boolean).join('. '))
  );
}

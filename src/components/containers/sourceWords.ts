import type { TranslationBundle } from '@jupyterlab/translation';
import { imageScheme } from '../../protocol/container';
import type { ImageForm } from '../../protocol/callPresets';
import type { Runtime, RuntimeName } from '../../protocol/runtime';
import { visible } from '../trust/visible';

/** What comes of a source of an image, and what to mind about it; null while nothing is typed. */
export function sourceWords(source: string, trans: TranslationBundle): string | null {
  if (source.trim() === '') {
    return null;
  }
  switch (imageScheme(source.trim())) {
    case null:
      return trans.__('This file is copied into the dataset. A path that does not begin with / is one in the dataset.');
    case 'web':
      return trans.__('It is downloaded, and the address is noted: whoever lacks the image can get it from there again.');
    case 'docker':
      return trans.__(
        'The program singularity (of Singularity or Apptainer) builds an image from it, which can take long. The dataset keeps the image, not the address.'
      );
    case 'dhub':
      return trans.__(
        'Docker pulls it, and its layers are kept in the dataset as a folder. That needs a Docker that you may use on this machine.'
      );
    case 'shub':
      return trans.__(
        'Singularity Hub is gone: it was closed in 2021, and its addresses no longer lead to images. Many are kept in the dataset https://datasets.datalad.org/shub: get the image there and register the file.'
      );
    case 'other':
      return trans.__('From such an address DataLad can get no image.');
  }
}

/** Names of programs: nothing to translate. */
const NAMES: Record<RuntimeName, string> = {
  apptainer: 'Apptainer',
  singularity: 'Singularity',
  podman: 'Podman',
  docker: 'Docker',
  bubblewrap: 'Bubblewrap',
  proot: 'PRoot'
};

export function runtimeName(name: RuntimeName): string {
  return NAMES[name];
}

/** With its version. */
export function runtimeLabel({ name, version }: Runtime): string {
  return version === undefined ? NAMES[name] : `${NAMES[name]} ${visible(version)}`;
}

/** Whether a runtime works on this machine. */
export function runtimeWords({ program, start, options }: Runtime, trans: TranslationBundle): string {
  if (program === null) {
    return trans.__('not installed here');
  }
  switch (start) {
    case 'works':
      return options.length === 0 ? trans.__('works here') : trans.__('works here with %1', options.map(visible).join(' '));
    case 'fails':
      return trans.__('installed, but a start fails');
    case 'untried':
      return trans.__('installed and answers; a start was not tried');
  }
}

/** What an image has to be. */
export function formWords(form: ImageForm, trans: TranslationBundle): string {
  switch (form) {
    case 'sif':
      return trans.__('the image is a .sif file, or what docker:// and shub:// bring');
    case 'dhub':
      return trans.__('the image is what dhub:// brings');
    case 'archive':
      return trans.__('the image is a file made by “podman save” or “docker save”');
    case 'tar':
      return trans.__('the image is a tar file of a root folder');
  }
}

import type { TranslationBundle } from '@jupyterlab/translation';
import type { CallFormatProblem, Quoting } from '../../protocol/callFormat';
import type { Container } from '../../protocol/container';
import { formatSize } from '../../protocol/size';
import { formatPart } from '../format';
import { visible } from '../trust/visible';

/** What is at the place of the image: its size, and whether it is here. */
export function imageWords({ image }: Container, trans: TranslationBundle): string {
  if (image === null) {
    return trans.__('nothing at this place');
  }
  const { here, bytes, below, counting } = image;
  if (image.kind === 'directory') {
    const size = bytes === undefined ? trans.__('a folder') : trans.__('a folder, %1', formatSize(bytes));
    if (counting === true || here === undefined) {
      return size;
    }
    return here === 'partly' && below !== undefined && bytes !== undefined
      ? trans.__('a folder, %1 here', formatPart(below.bytesHere, bytes, trans))
      : trans.__('%1, %2', size, here === 'yes' ? trans.__('here') : trans.__('not here'));
  }
  const where = here === 'no' ? trans.__('not here') : trans.__('here');
  return bytes === undefined ? where : trans.__('%1, %2', where, formatSize(bytes));
}

/** Whether there is content of the image to get. */
export function isAbsent({ image }: Container): boolean {
  return image?.here === 'no' || image?.here === 'partly';
}

/** What is wrong with a call format, and what happens by it. */
export function problemWords(problem: CallFormatProblem, trans: TranslationBundle): string {
  switch (problem.kind) {
    case 'no-command':
      return trans.__('{cmd} is missing: the command would not be run at all.');
    case 'no-image':
      return trans.__('{img} is missing: the image would not be used.');
    case 'first-word':
      return trans.__(
        'A shell gets {cmd} without quotes: of “python x.py” only “python” would be run, without an error. Write "{cmd}" in its place.'
      );
    case 'braces':
      return trans.__('A brace stands alone. Write {{ and }} for braces that are no placeholder.');
    case 'list':
      return trans.__('This is the form of an early version, a list. DataLad refuses it: write it as one line.');
    case 'placeholder':
      return trans.__(
        '{%1} is no placeholder. There are {img}, {cmd}, {img_dspath}, {img_dirpath} and {python}; those of “datalad run” are written {{inputs}}.',
        visible(problem.name)
      );
  }
}

/** What to mind about commands by the way they are handed on. */
export function quotingWords(quoting: Quoting, trans: TranslationBundle): string {
  switch (quoting) {
    case 'words':
      return trans.__('In “a && b”, “a | b” or “a > file” only a is run in the container: the rest is for the shell around it.');
    case 'double':
      return trans.__('The command must not hold double quotes; $NAME in it is replaced outside of the container.');
    case 'single':
      return trans.__('The command must not hold single quotes.');
  }
}

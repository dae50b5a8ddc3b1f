import type { CommandHelp, HelpSubject } from '../../protocol/help';

/** Shortened from what is printed. */
export const helpOn: Partial<Record<HelpSubject, CommandHelp>> = {
  'datalad clone': {
    subject: 'datalad clone',
    summary: 'Obtain a dataset (copy) from a URL or local directory',
    synopsis: 'datalad clone [-h] [-d DATASET] [-D DESCRIPTION] [--reckless [auto|ephemeral|shared-...]] SOURCE [PATH]',
    options: [
      { name: 'SOURCE', text: 'URL, DataLad resource identifier, local path or instance of dataset to be cloned.' },
      { name: 'PATH', text: 'path to clone into. If no PATH is provided a destination path will be derived from a source URL.' },
      { name: '-d DATASET, --dataset DATASET', text: '(parent) dataset to clone into.' },
      { name: '-D DESCRIPTION, --description DESCRIPTION', text: 'short description to use for a dataset location.' }
    ],
    text: 'Usage: datalad clone [-h] …\n\nObtain a dataset (copy) from a URL or local directory\n\npositional arguments:\n …'
  },
  'git switch': {
    subject: 'git switch',
    synopsis: 'git switch [<options>] [<branch>]',
    options: [{ name: '-c, --create <branch>', text: 'create and switch to a new branch' }],
    text: 'usage: git switch [<options>] [<branch>]\n\n    -c, --create <branch>\n                          create and switch to a new branch'
  },
  'git bisect': {
    subject: 'git bisect',
    synopsis: 'git bisect [help|start]',
    options: [],
    text: 'usage: git bisect [help|start]'
  }
};

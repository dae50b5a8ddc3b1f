import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import type { TrustQuestion } from '../../protocol/trust';
import { AddContainerForm, addAnswer, addDraft, type IAddDraft } from '../containers/addForm';
import { RemoveContainerForm } from '../containers/removeContainerForm';
import { TrustForm, untrusted } from '../trust/trustForm';
import { visible } from '../trust/visible';
import type { IDialogs, IRemoveContainerAnswer, ISourceAnswer } from './dialogs';
import type { IExecutionQuestion, RerunAnswer } from './runQuestions';
import { ExportForm, exportAnswer, type IExportDraft, UnpackForm } from './archiveForms';
import { ConfirmForm } from './confirmForm';
import { CopyToForm, copyTarget } from './copyToForm';
import { DiscardForm, RemoveDiscardForm } from './discardForm';
import { AddUrlsForm, addUrlsAnswer, type IAddUrlsDraft } from './addUrlsForm';
import { DownloadForm, downloadAnswer, type IDownloadDraft } from './downloadForm';
import { DropForm } from './dropForm';
import { HelpForm } from '../help/helpForm';
import { HelpSource, type ReadHelp } from '../help/helpSource';
import { askForm, type IFormOptions, tellForm } from './formDialog';
import { GetForm } from './getForm';
import { IdentityForm } from './identityForm';
import { RefusedRemovalForm, refusedLabel, RemoveForm, removeTitle } from './removeForm';
import {
  canBeDataset,
  CloneForm,
  cloneAnswer,
  CreateForm,
  createAnswer,
  type ICloneDraft,
  type ICreateDraft
} from './placeForms';
import { ProcedureList, ProcedureScriptView } from './procedureForms';
import { ExecutionForm, RunNotebookForm } from './notebookForms';
import { NameForm } from './refForms';
import { RerunForm, VerdictList } from './rerunForms';
import { VerificationForm } from './verificationForm';
import { PartsForm } from './partsForm';
import { RestoreForm } from './restoreForm';
import { RunForm } from './runForm';
import { SaveForm } from './saveForm';
import { SourceForm, sourceAnswer } from './sourceForm';
import { UndoForm, undoTitle } from './undoForm';
import '../../../style/views.css';

type Ask = <T>(options: Omit<IFormOptions<T>, 'cancel'>) => Promise<T | null>;

async function askTrust(question: TrustQuestion, ask: Ask, trans: TranslationBundle): Promise<readonly string[] | null> {
  const items = untrusted(question);
  const [first] = items;
  if (first === undefined) {
    await showDialog({
      title: trans.__('Nothing to Trust'),
      body: trans.__('No setting of this dataset would run a program that you have not allowed.'),
      buttons: [Dialog.okButton({ label: trans.__('Close') })]
    });
    return null;
  }
  return ask<readonly string[]>({
    title: trans.__('Trust %1?', visible(question.dataset === '' ? first.name : question.dataset)),
    accept: trans.__('Trust'),
    careful: true,
    // The dataset itself is what was asked for; what lies below it is chosen one by one.
    initial: [first.id],
    view: (value, onChange) => <TrustForm {...{ question, value, onChange, trans }} />
  });
}

function executionTitle({ notebookName, execution: { failed } }: IExecutionQuestion, trans: TranslationBundle): string {
  const name = shownName(notebookName);
  if (failed === undefined) {
    return trans.__('Record What %1 Did?', name);
  }
  if (failed.aside !== undefined) {
    return trans.__('%1 Was Changed While It Was Executed', name);
  }
  if (failed.kept !== undefined) {
    return trans.__('%1 Could Not Be Written', name);
  }
  return failed.cell === undefined
    ? trans.__('%1 Was Not Executed to Its End', name)
    : trans.__('Cell %1 of %2 Failed', failed.cell, name);
}

/** The questions of this extension as JupyterLab's dialogs. */
export function createDialogs(trans: TranslationBundle, readHelp: ReadHelp): IDialogs {
  const source = { read: readHelp, trans };
  const helped = (view: ReactElement): ReactElement => <HelpSource.Provider value={source}>{view}</HelpSource.Provider>;
  const ask = <T,>({ view, ...options }: Omit<IFormOptions<T>, 'cancel'>) =>
    askForm<T>({
      ...options,
      cancel: options.accept === null ? trans.__('Close') : trans.__('Cancel'),
      view: (value, change) => helped(view(value, change))
    });
  /** There is nothing to decide. */
  const tell = (title: string, view: ReactElement): Promise<null> => offer<never>(title, () => view);
  /** There is nothing to decide, but something that can be looked at. */
  const offer = <T,>(title: string, view: (choose: (value: T) => void) => ReactElement): Promise<T | null> =>
    tellForm<T>({ title, close: trans.__('Close'), view: choose => helped(view(choose)) });
  return {
    get: question =>
      ask({
        title: trans.__('Get %1', question.title),
        accept: trans.__('Get'),
        initial: { recursive: question.recursive, noData: false },
        view: (value, onChange) => <GetForm {...{ question, value, onChange, trans }} />
      }),
    drop: question =>
      ask({
        title: trans.__('Drop %1', question.title),
        accept: trans.__('Drop'),
        initial: { recursive: question.recursive },
        view: (value, onChange) => <DropForm {...{ question, value, onChange, trans }} />
      }),
    save: question =>
      ask({
        title: trans.__('Save Changes of %1', question.datasetName),
        accept: trans.__('Save'),
        initial: { message: question.message, recursive: question.recursive },
        view: (value, onChange) => <SaveForm {...{ question, value, onChange, trans }} />
      }),
    clone: async question => {
      const draft = await ask<ICloneDraft>({
        title: trans.__('Clone a Dataset'),
        accept: trans.__('Clone'),
        initial: { source: question.source, name: question.name, asSubdataset: question.around !== null },
        view: (value, onChange) => <CloneForm {...{ question, value, onChange, trans }} />
      });
      return draft === null ? null : cloneAnswer(draft, question);
    },
    create: async question => {
      const draft = await ask<ICreateDraft>({
        title: trans.__('Create a Dataset'),
        accept: trans.__('Create'),
        initial: {
          name: '',
          here: question.here === true && canBeDataset(question),
          procedures: [],
          description: '',
          asSubdataset: question.around !== null
        },
        view: (value, onChange) => <CreateForm {...{ question, value, onChange, trans }} />
      });
      return draft === null ? null : createAnswer(draft, question);
    },
    identity: question =>
      ask({
        title: trans.__('Who Makes These Changes?'),
        accept: trans.__('Set'),
        initial: { name: question.name, email: question.email, onlyHere: false },
        view: (value, onChange) => <IdentityForm {...{ question, value, onChange, trans }} />
      }),
    discard: question => {
      const any = question.plans.some(({ total }) => total > 0);
      const view = () => <DiscardForm {...{ question, trans }} />;
      return any
        ? ask({ title: question.title, accept: trans.__('Discard'), careful: true, initial: true as const, view })
        : tell(question.title, view());
    },
    run: question =>
      ask({
        title: trans.__('Run a Command in %1', question.datasetName),
        accept: trans.__('Run'),
        careful: true,
        focus: 'textarea',
        initial: question.initial,
        view: (value, onChange) => <RunForm {...{ question, value, onChange, trans }} />
      }),
    rerun: question => {
      const { plan, unsaved, verify } = question;
      const title = verify
        ? trans.__('Verify Runs of %1?', question.datasetName)
        : trans.__('Repeat Runs in %1?', question.datasetName);
      const possible = plan.steps.length > 0 && !plan.truncated && plan.steps.every(({ obstacle }) => obstacle === undefined);
      const { total = 0, free = 0 } = plan.needs ?? {};
      const mayBegin = possible && (verify ? total <= free : unsaved === 0);
      return ask<RerunAnswer>({
        title,
        accept: mayBegin ? (verify ? trans.__('Verify') : trans.__('Run Again')) : null,
        careful: true,
        focus: question.choice.chosen ? 'select' : '',
        initial: 'shown',
        leaves: value => value !== 'shown',
        view: (_, onChange) => <RerunForm {...{ question, onChange, trans }} />
      });
    },
    verdicts: question => {
      const failed = question.files.some(({ verdict }) => verdict === 'failed');
      const title = failed ? trans.__('A Run Failed') : trans.__('The Runs Were Repeated');
      return offer<string>(title, onCompare => <VerdictList {...{ question, onCompare, trans }} />);
    },
    verification: async question => {
      const typed = await ask<string>({
        title: trans.__('What Became of the Runs of %1', question.datasetName),
        accept: trans.__('Keep the Report'),
        initial: question.file,
        view: (value, onChange) => <VerificationForm {...{ question, value, onChange, trans }} />
      });
      return typed === null ? null : copyTarget(typed);
    },
    chooseProcedure: question => {
      const first = question.procedures.find(({ hidden }) => hidden !== true);
      const title = trans.__('Run a Procedure on %1', question.datasetName);
      return first === undefined
        ? tell(title, <p>{trans.__('No procedure was found, neither in this dataset nor on this machine.')}</p>)
        : ask({
            title,
            accept: trans.__('Show It…'),
            initial: first.name,
            view: (value, onChange) => <ProcedureList {...{ question, value, onChange, trans }} />
          });
    },
    runProcedure: question => {
      const title = trans.__('Run %1 on %2?', question.script.procedure.name, question.datasetName);
      const view = () => <ProcedureScriptView {...{ question, trans }} />;
      return question.script.text === null
        ? tell(title, view())
        : ask({ title, accept: trans.__('Run'), careful: true, initial: true as const, view });
    },
    runNotebook: question =>
      ask({
        title:
          question.step === undefined
            ? trans.__('Run %1 and Record It', shownName(question.notebookName))
            : trans.__('Record %1 up to Cell %2', shownName(question.notebookName), question.plan.cells),
        accept: trans.__('Run'),
        careful: true,
        initial: question.initial,
        view: (value, onChange) => <RunNotebookForm {...{ question, value, onChange, trans }} />
      }),
    execution: question =>
      ask({
        title: executionTitle(question, trans),
        accept: question.execution.failed === undefined ? trans.__('Record') : trans.__('Go On'),
        careful: true,
        initial: question.initial,
        view: (value, onChange) => <ExecutionForm {...{ question, value, onChange, trans }} />
      }),
    exportArchive: async question => {
      const { to, ...rest } = question.initial;
      const draft = await ask<IExportDraft>({
        title: trans.__('Export %1 as an Archive', question.datasetName),
        accept: trans.__('Export'),
        initial: { ...rest, folder: to },
        view: (value, onChange) => <ExportForm {...{ question, value, onChange, trans }} />
      });
      return draft === null ? null : exportAnswer(draft);
    },
    addContainer: async question => {
      const draft = await ask<IAddDraft>({
        title: question.update
          ? trans.__('Update the Container %1', question.initial.name ?? '')
          : trans.__('Add a Container to %1', question.datasetName),
        accept: question.update ? trans.__('Update') : trans.__('Add'),
        initial: addDraft(question),
        view: (value, onChange) => <AddContainerForm {...{ question, value, onChange, trans }} />
      });
      return draft === null ? null : addAnswer(draft, question);
    },
    removeContainer: question =>
      ask<IRemoveContainerAnswer>({
        title: trans.__('Remove the Container %1 from %2?', question.name, question.datasetName),
        accept: trans.__('Remove'),
        careful: true,
        initial: { removeImage: question.removeImage },
        view: (value, onChange) => <RemoveContainerForm {...{ question, value, onChange, trans }} />
      }),
    download: async question => {
      const draft = await ask<IDownloadDraft>({
        title: trans.__('Download from an Address'),
        accept: trans.__('Download'),
        initial: question.initial,
        view: (value, onChange) => <DownloadForm {...{ question, value, onChange, trans }} />
      });
      return draft === null ? null : downloadAnswer(draft, question);
    },
    addUrls: async question => {
      const draft = await ask<IAddUrlsDraft>({
        title: trans.__('Add Files from a Table of Addresses to %1', shownName(question.datasetName)),
        accept: trans.__('Download'),
        initial: question.initial,
        view: (value, onChange) => <AddUrlsForm {...{ question, value, onChange, trans }} />
      });
      return draft === null ? null : addUrlsAnswer(draft);
    },
    source: async question => {
      const draft = await ask<ISourceAnswer>({
        title: trans.__('Add a Source of %1', shownName(question.fileName)),
        accept: trans.__('Add'),
        initial: question.initial,
        view: (value, onChange) => <SourceForm {...{ question, value, onChange, trans }} />
      });
      return draft === null ? null : sourceAnswer(draft);
    },
    unpack: question =>
      ask({
        title: trans.__('Unpack %1', shownName(question.archiveName)),
        accept: trans.__('Unpack'),
        initial: question.initial,
        view: (value, onChange) => <UnpackForm {...{ question, value, onChange, trans }} />
      }),
    discardParts: question =>
      ask<readonly number[]>({
        title: trans.__('Discard Parts of %1?', shownName(question.plan.name)),
        accept: trans.__('Discard'),
        careful: true,
        initial: [],
        view: (value, onChange) => <PartsForm {...{ question, value, onChange, trans }} />
      }),
    undo: question =>
      ask({
        title: undoTitle(question.plan, trans),
        accept: question.plan.kind === 'clone' ? trans.__('Remove the Clone') : trans.__('Undo'),
        careful: true,
        initial: true as const,
        view: () => <UndoForm {...{ question, trans }} />
      }),
    restore: question =>
      ask({
        title: trans.__('Restore as It Was in %1?', question.commit.slice(0, 10)),
        accept: trans.__('Restore'),
        initial: question.path,
        view: (value, onChange) => <RestoreForm {...{ question, value, onChange, trans }} />
      }),
    remove: question =>
      ask({
        title: removeTitle(question, trans),
        accept: trans.__('Remove'),
        careful: true,
        initial: true as const,
        view: () => <RemoveForm {...{ question, trans }} />
      }),
    removeRefused: question =>
      ask({
        title: trans.__('Not Removed: Something Would Be Lost'),
        accept: refusedLabel(question, trans),
        careful: true,
        initial: true as const,
        view: () => <RefusedRemovalForm {...{ question, trans }} />
      }),
    copyTo: async question => {
      const typed = await ask<string>({
        title: trans.__('Copy %1', question.title),
        accept: trans.__('Copy'),
        initial: question.folder,
        view: (value, onChange) => <CopyToForm {...{ question, value, onChange, trans }} />
      });
      return typed === null ? null : copyTarget(typed);
    },
    removeDiscard: question =>
      ask({
        title: trans.__('Remove What Was Discarded for Good?'),
        accept: trans.__('Remove for Good'),
        careful: true,
        initial: true as const,
        view: () => <RemoveDiscardForm {...{ question, trans }} />
      }),
    name: question =>
      ask({
        title: question.title,
        accept: question.accept,
        initial: { name: question.name, stay: false, message: '' },
        view: (value, onChange) => <NameForm {...{ question, value, onChange, trans }} />
      }),
    confirm: question =>
      ask({
        title: question.title,
        accept: question.accept,
        careful: true,
        initial: true as const,
        view: () => <ConfirmForm {...{ question, trans }} />
      }),
    help: ({ subject }) => tell(trans.__('Help on Commands'), <HelpForm {...{ subject, source }} />),
    trust: question => askTrust(question, ask, trans)
  };
}

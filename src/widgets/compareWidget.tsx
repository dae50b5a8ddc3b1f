import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { useCallback } from 'react';
import type { IAskedSides } from '../components/compare/chooseSides';
import { CompareView } from '../components/compare/compareView';
import { relativeName } from '../components/names';
import { ComparisonModel, type ICompareRequest } from '../models/comparisonModel';
import { findCommit, readSideChoices } from '../models/sideChoices';
import { MOST_TEXT } from '../protocol/compare';
import { textOfPath } from '../protocol/names';
import type { ContentsPath } from '../protocol/paths';
import { CommandIDs, type IDatalad } from '../tokens';
import { SeenWidget } from './seenWidget';
import { useModel } from './useModel';

/** What all that is read in the main area needs. */
export interface IContentOptions {
  datalad: IDatalad;
  commands: CommandRegistry;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}

export interface ICompareWidgetOptions extends IContentOptions {
  request: ICompareRequest;
  /** Shows other sides of the same in place of these. */
  onSides?(sides: IAskedSides): void;
}

/** A comparison in the main area; while it is hidden it listens to nothing and asks nothing. */
export class CompareWidget extends SeenWidget<ComparisonModel> {
  constructor(protected readonly options: ICompareWidgetOptions) {
    super(new ComparisonModel(options.datalad, options.request));
    this.addClass('jp-Datalad-compare');
  }

  /** Opens the form in which other sides are chosen, or closes it. */
  choose(open = true): void {
    this.choosing = open;
    this.update();
  }

  protected override render(): JSX.Element {
    const { model, isVisible, choosing } = this;
    return (
      <Connected
        {...this.options}
        {...{ model, choosing }}
        active={isVisible}
        now={Date.now()}
        onChoosing={open => this.choose(open)}
      />
    );
  }

  /** What the whole is called. */
  protected get label(): string {
    const { request, trans } = this.options;
    return trans.__('Comparison of %1', nameOf(request));
  }

  private choosing = false;
}

/** What is compared, as it is called in its dataset. */
export function nameOf({ path, dataset }: ICompareRequest): string {
  return path === undefined || path === dataset ? relativeName(dataset, null) || '/' : relativeName(path, dataset);
}

interface IConnectedProps extends ICompareWidgetOptions {
  model: ComparisonModel;
  active: boolean;
  now: number;
  choosing: boolean;
  onChoosing(open: boolean): void;
}

function Connected(props: IConnectedProps): JSX.Element {
  const { model, request, datalad, commands, languages, trans, active, now, choosing, onChoosing, onSides } = props;
  const state = useModel(model, ({ state }) => state, active);
  const { dataset, path, from, to } = request;
  const { differences } = state;
  // With each answer anew: a file may have changed and be as long as before.
  const hunks = useCallback((ignoreSpace: boolean) => model.hunks(differences, ignoreSpace), [model, differences]);
  const root = differences?.dataset ?? dataset;
  return (
    <CompareView
      state={state}
      asked={{ from, to }}
      name={
        path === undefined
          ? nameOf(request)
          : textOfPath(path).slice(root === '' ? 0 : textOfPath(root).length + 1) || nameOf(request)
      }
      languages={languages}
      trans={trans}
      now={now}
      hunks={hunks}
      onGet={key => getContent(props, { dataset: root, path, key })}
      onOpen={file => void commands.execute(CommandIDs.diff, { dataset: root, path: file.path, from, to })}
      onWhole={() => model.readMore(MOST_TEXT)}
      onAsText={asText => model.readAsText(asText)}
      onDiscardParts={() => void commands.execute(CommandIDs.discard, { dataset: root, paths: [path ?? dataset], choose: true })}
      onRefresh={() => void model.refresh()}
      choosing={{
        open: choosing,
        onOpen: onChoosing,
        choices: () => readSideChoices(datalad.client, dataset),
        find: name => findCommit(datalad.client, dataset, name)
      }}
      onSides={sides => onSides?.(sides)}
    />
  );
}

/** Gets what is in the folder by its path, as DataLad does; any other version by its key. */
export function getContent(
  { datalad, commands }: Pick<IContentOptions, 'datalad' | 'commands'>,
  { dataset, path, key }: { dataset: ContentsPath; path?: ContentsPath | undefined; key: string }
): void {
  const isNow = path !== undefined && datalad.rows.get(path)?.key === key;
  void commands.execute(CommandIDs.get, isNow ? { paths: [path] } : { dataset, keys: [key] });
}

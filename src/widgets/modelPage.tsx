import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ISignal } from '@lumino/signaling';
import { lastName } from '../components/names';
import type { ContentsPath } from '../protocol/paths';
import type { IDatalad } from '../tokens';
import type { IPage } from './pageWidget';
import type { ISeenModel } from './seenWidget';
import { useModel } from './useModel';

/** What a page on a dataset is given. */
export interface IPageOptions {
  dataset: ContentsPath;
  datalad: IDatalad;
  commands: CommandRegistry;
  trans: TranslationBundle;
}

interface IStateModel<S> extends ISeenModel {
  readonly state: S;
  readonly changed: ISignal<this, unknown>;
}

interface IModelPage<S, M extends IStateModel<S>> {
  readonly model: M;
  readonly label: string;
  view(state: M['state']): JSX.Element;
}

/** A page that draws the state of a model, and only while somebody sees it. */
export function modelPage<S, M extends IStateModel<S>>(page: IModelPage<S, M>): IPage {
  const { model, label } = page;
  return { model, label, render: active => <Drawn {...page} active={active} /> };
}

/** A dataset for people. */
export function datasetName(dataset: ContentsPath): string {
  return lastName(dataset) || '/';
}

function Drawn<S, M extends IStateModel<S>>({ model, view, active }: IModelPage<S, M> & { active: boolean }): JSX.Element {
  return view(useModel(model, ({ state }) => state, active));
}

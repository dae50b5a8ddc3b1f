import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Row } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import type { IRowsModel } from '../../tokens';
import { rowWords, sizeCell, stateWords } from './rowWords';
import { RowTooltip } from './rowTooltip';

/** What a row's node carries beside what JupyterLab draws; an absent value removes its attribute. */
interface IAnnotation {
  state?: string;
  kind?: string;
  here?: string;
  change?: string;
  words?: string;
  /** Text of the size column; undefined leaves JupyterLab's. */
  size?: string;
  /** From 0 to 1, while a job gets the file. */
  progress?: number;
}

const NOTHING: IAnnotation = {};

export interface IRowAnnotatorOptions {
  rows: IRowsModel;
  trans: TranslationBundle;
  /** Null for what is no file of this server. */
  pathOf: (model: Contents.IModel) => ContentsPath | null;
}

/**
 * Writes what is known of a path onto its row. JupyterLab uses nodes again for other rows, and skips drawing where nothing of its own has
 * changed: so every call writes everything anew, but touches only what differs.
 */
export class RowAnnotator {
  constructor(private readonly options: IRowAnnotatorOptions) {}

  /** A row was drawn. */
  draw(node: HTMLElement, model: Contents.IModel): void {
    const path = this.options.pathOf(model);
    if (path === null) {
      this.paths.delete(node);
    } else {
      this.paths.set(node, path);
    }
    this.write(node, path);
  }

  /** Writes the rows again that show a path the test accepts. */
  redraw(concerned: (path: ContentsPath) => boolean): void {
    for (const node of document.querySelectorAll<HTMLElement>('.jp-DirListing-item')) {
      const path = this.paths.get(node);
      if (path !== undefined && concerned(path)) {
        this.write(node, path);
      }
    }
  }

  private write(node: HTMLElement, path: ContentsPath | null): void {
    if (this.isWritten(node, path)) {
      return;
    }
    const annotation = path === null ? NOTHING : this.annotation(path);
    attribute(node, 'data-datalad-state', annotation.state);
    attribute(node, 'data-datalad-kind', annotation.kind);
    attribute(node, 'data-datalad-here', annotation.here);
    attribute(node, 'data-datalad-change', annotation.change);
    // The focus is on the text, while the contract promises the name.
    for (const name of node.querySelectorAll<HTMLElement>('.jp-DirListing-itemName, .jp-DirListing-itemText')) {
      attribute(name, 'aria-description', annotation.words);
    }
    progress(node, annotation.progress);
    this.writeSize(node, annotation.size);
    this.tooltip.write(node, annotation.words);
    const row = path === null ? undefined : this.options.rows.get(path);
    if (row === undefined || annotation.progress !== undefined || annotation.size !== undefined) {
      this.written.delete(node);
    } else {
      this.written.set(node, { row, title: node.title });
    }
  }

  /**
   * Whether a row shows all of this already, as in most redraws: JupyterLab rewrites the tooltip with everything else. Rows in motion and
   * those whose size is ours are written anew.
   */
  private isWritten(node: HTMLElement, path: ContentsPath | null): boolean {
    const written = this.written.get(node);
    return (
      written !== undefined &&
      path !== null &&
      written.title === node.title &&
      written.row === this.options.rows.get(path) &&
      this.options.rows.progress(path) === undefined
    );
  }

  /** Only where the stock text says less: a folder's size, or nothing for what is not installed. */
  private writeSize(node: HTMLElement, text: string | undefined): void {
    const cell = node.querySelector<HTMLElement>('.jp-DirListing-itemFileSize');
    if (cell === null) {
      return;
    }
    const ours = this.sizes.get(cell);
    if (text !== undefined) {
      if (cell.textContent !== text) {
        this.sizes.set(cell, { text, stock: cell.textContent === ours?.text ? ours.stock : cell.textContent });
        cell.textContent = text;
      }
    } else if (ours !== undefined) {
      this.sizes.delete(cell);
      if (cell.textContent === ours.text) {
        cell.textContent = ours.stock;
      }
    }
  }

  private annotation(path: ContentsPath): IAnnotation {
    const { rows, trans } = this.options;
    const row = rows.get(path);
    if (row === undefined) {
      const state = rows.state(path);
      return state === null || state === 'ready' ? NOTHING : { state, words: stateWords(state, trans) };
    }
    const moving = rows.progress(path);
    const untrusted = rows.state(path) === 'untrusted';
    return {
      // What could be read is told, but the row makes no promise.
      state: row.unread ? 'error' : untrusted ? 'untrusted' : 'ready',
      kind: row.kind,
      here: row.here,
      change: row.change,
      words: [rowWords(row, trans, moving), untrusted ? stateWords('untrusted', trans) : ''].filter(Boolean).join(', '),
      size: sizeCell(row, trans) ?? undefined,
      progress: moving === undefined ? undefined : moving.totalBytes ? Math.min(1, moving.bytes / moving.totalBytes) : 0
    };
  }

  private readonly paths = new WeakMap<HTMLElement, ContentsPath>();
  private readonly sizes = new WeakMap<HTMLElement, { text: string; stock: string | null }>();
  private readonly tooltip = new RowTooltip();
  private readonly written = new WeakMap<HTMLElement, { row: Row; title: string }>();
}

function attribute(node: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

function progress(node: HTMLElement, share: number | undefined): void {
  if (share === undefined) {
    node.classList.remove('jp-mod-dataladMoving');
    node.style.removeProperty('--datalad-progress');
  } else {
    node.classList.add('jp-mod-dataladMoving');
    node.style.setProperty('--datalad-progress', share.toFixed(3));
  }
}

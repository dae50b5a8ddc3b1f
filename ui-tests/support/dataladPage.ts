import { expect, type Locator, type Page } from '@playwright/test';

/** What a command of the extension resolves with. */
export interface IOutcome {
  status: 'ok' | 'error' | 'cancelled';
  jobs: string[];
  results: { action: string; status: string; path: string; type?: string; message?: string }[];
  failure?: { kind: string; message: string };
  [more: string]: unknown;
}

/** JupyterLab with DataLad, in the words of somebody who uses it. */
export class DataladPage {
  constructor(readonly page: Page) {}

  /** The file browser's list. */
  get files(): Locator {
    return this.page.locator('.jp-FileBrowser:visible .jp-DirListing-content');
  }

  /** The row of a file or folder. */
  row(name: string, within = this.files): Locator {
    return within.locator('.jp-DirListing-item').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Where a row's `aria-description` stands. */
  nameOf(name: string, within = this.files): Locator {
    return this.row(name, within).locator('.jp-DirListing-itemName');
  }

  /** What the size column shows. */
  sizeOf(name: string): Locator {
    return this.row(name).locator('.jp-DirListing-itemFileSize');
  }

  get panel(): Locator {
    return this.page.locator('#datalad-panel');
  }

  /** A section of the panel. */
  section(name: string): Locator {
    return this.panel.getByRole('region', { name, exact: true });
  }

  /** The button that folds a section. */
  heading(name: string): Locator {
    return this.section(name).getByRole('heading').getByRole('button');
  }

  /** What the panel says of jobs that did not succeed. */
  get problems(): Locator {
    return this.panel.getByRole('alert');
  }

  get progress(): Locator {
    return this.panel.getByRole('progressbar').first();
  }

  get message(): Locator {
    return this.section('Changes').getByRole('textbox', { name: 'Message' });
  }

  get saveButton(): Locator {
    return this.section('Changes').getByRole('button', { name: /^Save/ });
  }

  get statusBarEntry(): Locator {
    return this.page.getByRole('button', { name: /^DataLad: / });
  }

  get dialog(): Locator {
    return this.page.locator('.jp-Dialog');
  }

  /** The tab of an open document. */
  tab(name: string): Locator {
    return this.page.getByRole('main').getByRole('tab', { name });
  }

  /** The folders above the one that is shown. */
  get breadcrumbs(): Locator {
    return this.page.locator('.jp-FileBrowser:visible .jp-BreadCrumbs');
  }

  /** Opens folders one after the other, from the one that is shown. */
  async openFolder(path: string): Promise<void> {
    for (const name of path.split('/')) {
      await this.row(name).dblclick();
      await expect(this.breadcrumbs).toContainText(name);
    }
  }

  /** Goes to a folder by its path below the root. */
  async goTo(path: string): Promise<void> {
    await this.execute('filebrowser:go-to-path', { path: `/${path}` });
  }

  /** Opens the panel, with these sections unfolded. */
  async openPanel(...sections: string[]): Promise<void> {
    if (!(await this.panel.isVisible())) {
      await this.execute('datalad:show-panel');
    }
    await expect(this.panel).toBeVisible();
    if (sections.length > 0) {
      // Which sections are open is remembered for each dataset: not before it is in view.
      await expect(this.heading('Changes')).toBeVisible();
    }
    for (const section of sections) {
      await this.unfold(section);
    }
  }

  async unfold(section: string): Promise<void> {
    const heading = this.heading(section);
    await expect(heading).toBeVisible();
    if ((await heading.getAttribute('aria-expanded')) === 'false') {
      await heading.click();
    }
    await expect(heading).toHaveAttribute('aria-expanded', 'true');
  }

  /** An entry of the context menu that is open; of its submenu DataLad when that is open, too. */
  menuEntry(name: string | RegExp): Locator {
    return this.page.locator('.lm-Menu').last().getByRole('menuitem', { name });
  }

  /** Opens the context menu of a row. */
  async openMenu(name: string): Promise<void> {
    await this.row(name).click({ button: 'right' });
    await expect(this.page.locator('.lm-Menu')).toBeVisible();
  }

  /** Opens the context menu of a row and its submenu DataLad. */
  async openSubmenu(name: string): Promise<void> {
    // A menu is labelled when it opens: amounts are known once the row is.
    await expect(this.row(name)).toHaveAttribute('data-datalad-state', 'ready');
    await this.openMenu(name);
    // Lumino gives entries that open a submenu no role.
    await this.page.locator('.lm-Menu').getByText('DataLad', { exact: true }).hover();
    await expect(this.page.locator('.lm-Menu')).toHaveCount(2);
  }

  /** Opens the context menu of a row and its submenu DataLad, and chooses an entry there. */
  async choose(name: string, entry: string | RegExp): Promise<void> {
    await this.openSubmenu(name);
    await this.menuEntry(entry).click();
  }

  /** Executes a command as notebooks, other extensions and the palette do. */
  async execute(command: string, args: Record<string, string | boolean | string[]> = {}): Promise<IOutcome> {
    return this.page.evaluate(([id, given]) => window.jupyterapp.commands.execute(id, given) as Promise<IOutcome>, [
      command,
      args
    ] as const);
  }

  /** Accepts the dialog that is shown. */
  async accept(): Promise<void> {
    await this.dialog.locator('button.jp-mod-accept').click();
    await expect(this.dialog).toHaveCount(0);
  }

  /** Says no to the dialog that is shown. */
  async decline(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(this.dialog).toHaveCount(0);
  }

  /** The content of these files has come, or gone. */
  async expectHere(here: 'yes' | 'no' | 'partly', ...names: string[]): Promise<void> {
    for (const name of names) {
      await expect(this.row(name)).toHaveAttribute('data-datalad-here', here);
    }
  }
}

import { expect, type Locator, type Page } from '@playwright/test';

/** Comparisons in the main area, in the words of somebody who reads them. */
export class ComparePage {
  constructor(readonly page: Page) {}

  /** The comparison of a file or a dataset. */
  of(name: string): Locator {
    return this.page.getByRole('region', { name: `Comparison of ${name}` });
  }

  /** Waits for one and answers it. */
  async shown(name: string): Promise<Locator> {
    const view = this.of(name);
    await expect(view).toBeVisible();
    await expect(view.getByRole('heading', { name })).toBeVisible();
    return view;
  }
}

/** The text of one side, as it is drawn. */
export function side(view: Locator, label: string): Locator {
  return view.getByRole('textbox', { name: label, exact: true });
}

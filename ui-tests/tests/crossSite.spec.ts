import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';
import { Jupyter } from '../support/jupyter';
import { copyTemplate } from '../support/template';

/** Serves one page at any address; answers the port. */
async function serveEvil(): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<h1>Evil</h1>'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** Everything a page of another origin can try with the user's cookies; answers what it could read. */
function attack(page: Page, base: string, folder: string): Promise<string[]> {
  return page.evaluate(
    async ([base, folder]) => {
      const readable: string[] = [];
      const input = { operation: 'createExample', input: { path: folder } };
      const text = JSON.stringify(input);
      const tried: Promise<unknown>[] = [];
      for (const route of ['jobs', 'call/health', 'call/rows', 'events']) {
        const url = `${base}/datalad/${route}`;
        for (const init of [
          {},
          { mode: 'no-cors' },
          { method: 'POST', mode: 'no-cors', body: text },
          { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ ...input, input: text }) },
          { method: 'POST', body: text, headers: { 'Content-Type': 'application/json', 'X-DataLad-Request': '1' } },
          { method: 'DELETE' }
        ] as RequestInit[]) {
          const signal = AbortSignal.timeout(3_000);
          tried.push(
            fetch(url, { credentials: 'include', signal, ...init })
              .then(async response => (response.type === 'opaque' ? '' : response.text()))
              .then(body => (body === '' ? undefined : readable.push(`${route}: ${body.slice(0, 80)}`)))
              .catch(() => undefined)
          );
        }
        tried.push(
          new Promise(resolve => {
            const image = new Image();
            image.onload = image.onerror = resolve;
            image.src = `${url}?input=${encodeURIComponent(text)}`;
          })
        );
        tried.push(
          new Promise<void>(resolve => {
            const frame = document.createElement('iframe');
            frame.name = `target-${route}`;
            frame.onload = () => resolve();
            document.body.append(frame);
            const form = document.createElement('form');
            form.method = 'post';
            form.enctype = 'text/plain';
            form.action = url;
            form.target = frame.name;
            // A form's way to send JSON.
            const field = document.createElement('input');
            field.name = text.slice(0, -1) + ',"x":"';
            field.value = '"}';
            form.append(field);
            document.body.append(form);
            form.submit();
            setTimeout(resolve, 3_000);
          })
        );
      }
      await Promise.all(tried);
      return readable;
    },
    [base, folder] as const
  );
}

test('a page of another site, or of another port, can do nothing', async ({ browser, variant }) => {
  const token = 'a-secret-token';
  const jupyter = await Jupyter.start({ variant, asUsersHaveIt: true, args: [`--IdentityProvider.token=${token}`] });
  const { server, port } = await serveEvil();
  try {
    await copyTemplate(jupyter.root);
    const context = await browser.newContext();
    const page = await context.newPage();
    await test.step('somebody is logged in and works', async () => {
      await page.goto(`${jupyter.url}/lab?token=${token}`);
      const row = page.locator('.jp-DirListing-item').filter({ hasText: 'study' });
      await expect(row).toHaveAttribute('data-datalad-kind', 'dataset', { timeout: 60_000 });
    });
    const jobs = (): Promise<unknown> =>
      page.evaluate(
        async url => (await fetch(url, { headers: { 'X-DataLad-Request': '1' } })).json(),
        `${jupyter.url}/datalad/jobs`
      );
    const before = await jobs();
    // The same host on another port is the same site, and gets the cookies; another host is another site.
    for (const evil of [`http://localhost:${port}`, `http://127.0.0.1:${port}`]) {
      await test.step(`evil at ${new URL(evil).hostname}`, async () => {
        const other = await context.newPage();
        await other.goto(evil);
        expect(await attack(other, jupyter.url, 'notes')).toEqual([]);
        await other.close();
        expect(await jobs()).toEqual(before);
        await expect(access(join(jupyter.root, 'notes', 'example'))).rejects.toThrow();
      });
    }
    await test.step('the page itself can: the attack was a real one', async () => {
      const status = await page.evaluate(async () => {
        const xsrf = /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
        const response = await fetch('/datalad/jobs', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-DataLad-Request': '1', 'X-XSRFToken': xsrf },
          body: JSON.stringify({ operation: 'createExample', input: { path: 'notes' } })
        });
        return response.status;
      });
      expect(status).toBeLessThan(300);
      await expect.poll(async () => JSON.stringify(await jobs())).toContain('createExample');
    });
    await context.close();
  } finally {
    server.closeAllConnections();
    server.close();
    await jupyter.stop();
  }
});

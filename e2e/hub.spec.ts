// The main job over a hub: sign in, change, forecast, post, and watch; and what becomes of it when others or the hub interfere.
import { expect, type Page } from '@playwright/test';
import { test } from './app.ts';
import { signIn, startLocalHub, stateWithObjects, withHub } from './local-hub.ts';
import { flipPolicy, newDraft, openDevice } from './steps.ts';

async function replaceFile(page: Page, bytes: Buffer): Promise<void> {
  await page
    .getByRole('treeitem', { name: /^web\/root\.squashfs|root\.squashfs/ })
    .last()
    .click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Replace…' }).click();
  await (await chooser).setFiles({ name: 'root.squashfs', mimeType: 'application/octet-stream', buffer: bytes });
  await expect(page.getByText(/^Restarts web, no reboot/)).toBeVisible();
}

async function toPost(page: Page, message: string): Promise<void> {
  await page.getByRole('link', { name: 'Post…' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill(message);
}

async function post(page: Page, message: string): Promise<void> {
  await toPost(page, message);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page).toHaveURL(/\/update\//);
}

const runs = (page: Page, revision: string) => page.getByRole('heading', { name: new RegExp(`^(Revision )?${revision} runs`) });

test('sign in, compare, change, post, progress with bytes, DONE as forecast', async ({ opened: page, consoleErrors }) => {
  await withHub(startLocalHub(3, {}, { timeScale: 0.1, bytesPerSecond: 40_000 }), async ({ hub }) => {
    await signIn(page, hub.url);
    await openDevice(page, 'kitchen-1');
    await page.getByRole('option', { name: /^first\b/ }).click();
    await page.getByRole('option', { name: /^Factory State/ }).click({ modifiers: ['ControlOrMeta'] });
    await page
      .getByRole('button', { name: /^Compare/ })
      .first()
      .click();
    await expect(page.getByText(/nothing|no differ|same/i).first()).toBeVisible();
    await page.goBack();

    await newDraft(page);
    await flipPolicy(page, 'web', 'system');
    await expect(page.getByText(/Reboots the board/).first()).toBeVisible();
    await page.getByText('Entries', { exact: true }).click();
    await page
      .getByRole('treeitem', { name: /root\.squashfs/ })
      .last()
      .click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Replace…' }).click();
    await (await chooser).setFiles({
      name: 'root.squashfs',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(400_000, 7),
    });
    await post(page, 'web restarts with the board');
    await expect(page.getByText(/of 400(\.0)? kB/).first()).toBeVisible({ timeout: 30_000 });
    await expect(runs(page, '2')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('as forecast').first()).toBeVisible();
    expect(consoleErrors).toEqual([]);
  });
});

test('somebody was quicker: who and what is said, nothing is posted, and the rebased draft goes up', async ({ opened: page }) => {
  await withHub(startLocalHub(1), async ({ hub, ids: [id = ''], post: postAsBen }) => {
    await signIn(page, hub.url);
    await openDevice(page, 'kitchen-1');
    await newDraft(page);
    await flipPolicy(page, 'web', 'system');
    await toPost(page, 'mine');
    await expect(page.getByText('first').first()).toBeVisible();
    const theirs = stateWithObjects((content) => hub.putObject('anna', content)).replace(
      '"web/src.json"',
      '"web/motd.json":{"text":"hello"},"web/src.json"',
    );
    await postAsBen(id, 2, theirs, 'a greeting');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await expect(page.getByText('ben was quicker: 2 was posted first.')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('a greeting').first()).toBeVisible();
    await page.getByRole('button', { name: 'Rebase the draft…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Rebase/ })
      .click();
    await expect(page.getByRole('heading', { name: /^(Post to|Draft of)/ })).toBeVisible();
    await page.getByRole('textbox', { name: 'Message' }).fill('mine, on top of theirs');
    await expect(page.getByText(/Rebase onto/)).toHaveCount(0);
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await expect(runs(page, '3')).toBeVisible({ timeout: 60_000 });
  });
});

test('tokens that end in mid-upload, and a hub that is away for a while, are got over without a question', async ({
  opened: page,
}) => {
  // A device that tries a revision and loses its hub goes back: it is on once the hub is there again.
  const shortLived = { apiTokenJwtMinutes: 0.03, jwtMinutes: 0.03 };
  await withHub(startLocalHub(1, shortLived, { off: true }), async ({ hub, switchOn }) => {
    await signIn(page, hub.url);
    await openDevice(page, 'kitchen-1');
    await newDraft(page);
    await replaceFile(page, Buffer.alloc(3_000_000, 5));
    hub.faults.set('upload-slow', 600_000);
    await post(page, 'a large root');
    await expect(page.getByText(/of 3(\.0)? MB/).first()).toBeVisible();
    hub.endSessions();
    await expect(page.getByText(/^The revision waits on the hub\./)).toBeVisible({ timeout: 30_000 });
    hub.faults.set('down');
    await expect(page.getByText(/not answering/i).first()).toBeVisible({ timeout: 30_000 });
    hub.faults.clear();
    await switchOn();
    await expect(runs(page, '2')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('as forecast').first()).toBeVisible();
    await expect(page.getByText('differs')).toHaveCount(0);
  });
});

test('a hub that only sends errors, web pages or nothing: what was heard stays, the account says so, and it comes back', async ({
  opened: page,
}) => {
  await withHub(startLocalHub(2), async ({ hub }) => {
    await signIn(page, hub.url);
    await page.getByRole('link', { name: 'Settings' }).click();
    for (const fault of ['every-500', 'html-instead-of-json', 'empty-body', 'truncated-reply'] as const) {
      await test.step(fault, async () => {
        hub.faults.set(fault);
        const askNow = page.getByRole('button', { name: /^Ask anna/ });
        await expect(async () => {
          await askNow.click();
          await expect(page.getByText('not answering').first()).toBeVisible({ timeout: 2000 });
        }).toPass();
        hub.faults.clear();
        await expect(async () => {
          await askNow.click();
          await expect(page.getByText('open', { exact: true })).toBeVisible({ timeout: 2000 });
        }).toPass();
      });
    }
    await page.getByRole('link', { name: 'Fleet' }).first().click();
    await expect(page.getByRole('row', { name: /kitchen-2/ })).toBeVisible();
  });
});

test('a thousand devices that change at once are shown, and the filter is typed into meanwhile', async ({ opened: page }) => {
  await withHub(startLocalHub(1000), async ({ hub, fleet }) => {
    await signIn(page, hub.url);
    await expect(page.getByText(/^1,?000 devices/).first()).toBeVisible({ timeout: 20_000 });
    const changing = fleet.changeAll(1000);
    const filter = page.getByRole('combobox', { name: 'Filter devices' });
    await filter.pressSequentially('kitchen-99');
    await expect(page.getByText('11 of 1000').or(page.getByText(/^11 (of|devices)/))).toBeVisible();
    expect(await changing).toBe(1000);
    await filter.fill('');
    await expect(page.getByRole('row', { name: /kitchen-1\b.*(now|s$)/ }).first()).toBeVisible({ timeout: 30_000 });
  });
});

// A device on a hub as its owner has it: made one's own and given away, told and asked, its revisions taken back.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { userMetaOf } from './hub-caller.ts';
import { challengeOf, startHubDevice } from './local-device.ts';
import { signIn, startLocalHub, stateWithObjects, withHub } from './local-hub.ts';
import { flipPolicy, newDraft, openDevice } from './steps.ts';

async function fromMenu(page: Page, device: string, entry: string): Promise<Locator> {
  await page.getByRole('button', { name: `More for ${device}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  return dialog;
}

const press = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true }).click();

test('claim a device, name it, label it, show it to everybody, and delete it', async ({ opened: page }) => {
  await withHub(startLocalHub(1), async ({ hub, colleague }) => {
    const board = await startHubDevice(hub.url, { httpPort: false, sshPort: false });
    try {
      const { id, challenge } = await challengeOf(board);
      await signIn(page, hub.url);
      await press(page, 'Add device');
      await page.getByRole('menuitem', { name: 'Claim a device…' }).click();
      const claim = page.getByRole('dialog', { name: 'Claim a device' });
      await claim.getByRole('textbox', { name: 'Device id' }).fill(id);
      await claim.getByRole('textbox', { name: 'Challenge' }).fill('not-these-words');
      await claim.getByRole('textbox', { name: 'Nick' }).fill('cellar');
      await press(claim, 'Claim');
      await expect(claim.getByRole('alert')).toBeVisible();
      expect(board.device.announcement()?.challenge).toBe(challenge);
      await claim.getByRole('textbox', { name: 'Challenge' }).fill(challenge);
      await press(claim, 'Claim');
      await expect(page.getByRole('heading', { name: 'cellar' })).toBeVisible();
      await expect(page.getByRole('option', { name: /Factory State/ })).toBeVisible({ timeout: 20_000 });
      await expect.poll(() => board.device.hub()?.claimed).toBe(true);

      const rename = await fromMenu(page, 'cellar', 'Rename…');
      await rename.getByRole('textbox', { name: 'Nick' }).fill('kitchen-1');
      await press(rename, 'Rename');
      await expect(rename.getByRole('alert')).toBeVisible();
      await rename.getByRole('textbox', { name: 'Nick' }).fill('attic');
      await press(rename, 'Rename');
      await expect(page.getByRole('heading', { name: 'attic' })).toBeVisible();

      const labels = await fromMenu(page, 'attic', 'Labels…');
      await labels.getByRole('textbox', { name: 'Name of label 1' }).fill('floor');
      await labels.getByRole('textbox', { name: 'Value of label 1' }).fill('third');
      await press(labels, 'Save');
      await expect(labels).toBeHidden();
      const anna = await colleague();
      expect(await userMetaOf(anna, id)).toMatchObject({ 'label.floor': 'third' });

      const open = await fromMenu(page, 'attic', 'Make public…');
      await expect(open).toContainText('Everybody, signed in or not, can then read its revisions');
      await expect(open).toContainText('Keys and passwords that are in a state are read too.');
      await press(open, 'Make public');
      await expect(page.getByText('public', { exact: true })).toBeVisible();
      expect(await anna.ask('GET', `/devices/${id}`)).toMatchObject({ nick: 'attic', public: true });
      await press(await fromMenu(page, 'attic', 'Make private…'), 'Make private');
      await expect(page.getByText('public', { exact: true })).toBeHidden();

      await page.getByRole('link', { name: 'Fleet' }).first().click();
      await page.getByRole('combobox', { name: 'Filter devices' }).fill('label:floor=third');
      await expect(page.getByRole('row', { name: /attic/ })).toContainText('floor=third');
      await expect(page.getByRole('row', { name: /kitchen-1/ })).toHaveCount(0);
      await page.getByRole('row', { name: /attic/ }).getByRole('link').click();
      const remove = await fromMenu(page, 'attic', 'Delete on the hub…');
      await expect(remove).toContainText('forgets the device with all its revisions, metadata and logs, for good.');
      await remove.getByRole('textbox', { name: 'Type attic to delete it' }).fill('atti');
      await expect(remove.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
      await remove.getByRole('textbox', { name: 'Type attic to delete it' }).fill('attic');
      await press(remove, 'Delete');
      await expect(page).toHaveURL(/#\/(\?|$)/);
      await page.getByRole('combobox', { name: 'Filter devices' }).fill('');
      await expect(page.getByRole('row', { name: /kitchen-1/ })).toBeVisible();
      await expect(page.getByRole('row', { name: /attic/ })).toHaveCount(0);
      expect(await anna.ask('GET', '/devices/')).toEqual([expect.objectContaining({ nick: 'kitchen-1' })]);
    } finally {
      await board.close();
    }
  });
});

const bensKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJjq6VLXjP0kz5OLxSDZQ3Vf6b1EVGkfSYrHDZ9JkTpA ben@laptop';

test('metadata: what others write meanwhile is kept, and this computer’s key comes beside theirs', async ({
  opened: page,
  app,
}) => {
  const userMeta = { 'label.site': 'lab', 'pvr-sdk.authorized_keys': bensKey, 'wifi.ssid': 'attic', old: 'x' };
  await withHub(startLocalHub(1, {}, { off: true, each: { userMeta } }), async ({ hub, ids: [id = ''], colleague }) => {
    const ben = await colleague();
    const theirs = (patch: object) => ben.ask('PATCH', `/devices/${id}/user-meta`, patch);
    await signIn(page, hub.url);
    await openDevice(page, 'kitchen-1');
    await page.getByRole('tab', { name: 'Metadata' }).click();
    const table = page.getByRole('region', { name: 'User metadata' });
    await expect(table.getByRole('row', { name: /wifi\.ssid/ })).toContainText('attic');

    await press(table, 'Add key…');
    const add = page.getByRole('dialog', { name: 'Add user metadata' });
    await add.getByRole('textbox', { name: 'Key' }).fill('threshold');
    await add.getByText('JSON', { exact: true }).click();
    await add.getByRole('textbox', { name: 'Value' }).fill('{"warn": 70,');
    await press(add, 'Add');
    await expect(add.getByText('This is no JSON.')).toBeVisible();
    await add.getByRole('textbox', { name: 'Value' }).fill('{"warn": 70}');
    await theirs({ beside: 'an addition' });
    await press(add, 'Add');
    await expect(table.getByRole('row', { name: /threshold/ })).toContainText('70');

    await press(table, 'Change wifi.ssid…');
    const change = page.getByRole('dialog', { name: 'Change wifi.ssid' });
    await change.getByRole('textbox', { name: 'Value' }).fill('cellar');
    await theirs({ beside: 'a change' });
    await press(change, 'Save');
    await expect(table.getByRole('row', { name: /wifi\.ssid/ })).toContainText('cellar');
    await expect(table.getByRole('row', { name: /beside/ })).toContainText('a change', { timeout: 15_000 });

    await press(table, 'Delete old…');
    const remove = page.getByRole('dialog', { name: 'Delete old?' });
    await theirs({ beside: 'a deletion', late: true });
    await press(remove, 'Delete the key');
    await expect(table.getByRole('row', { name: /^old/ })).toHaveCount(0);
    expect(await userMetaOf(ben, id)).toEqual({
      'label.site': 'lab',
      'pvr-sdk.authorized_keys': bensKey,
      'wifi.ssid': 'cellar',
      threshold: { warn: 70 },
      beside: 'a deletion',
      late: true,
    });

    await press(page, 'Enable SSH from this computer…');
    await press(page.getByRole('dialog', { name: 'Let this computer log in over SSH?' }), 'Write the key');
    await expect(page.getByText('Written: this computer’s key is there now, beside 1 other.')).toBeVisible();
    const own = (await readFile(join(app.profile, 'keys', 'id_trailboss.pub'), 'utf8')).trim();
    const keys = String((await userMetaOf(ben, id))['pvr-sdk.authorized_keys'])
      .trim()
      .split('\n');
    expect(keys).toEqual([bensKey, own]);
  });
});

test('logs: what was, by level, and what comes now', async ({ opened: page }) => {
  const levels = ['INFO', 'DEBUG', 'INFO', 'WARN', 'INFO', 'ERROR'];
  const tsec = Math.floor(Date.now() / 1000) - 600;
  const logs = Array.from({ length: 60 }, (_, index) => ({
    rev: '1',
    plat: 'web',
    src: 'lxc/console.log',
    lvl: levels[index % levels.length] ?? 'INFO',
    msg: `request ${index + 1} was answered`,
    tsec: tsec + index,
  }));
  await withHub(startLocalHub(2, {}, { off: true, each: { logs } }), async ({ hub, asDevice }) => {
    await signIn(page, hub.url);
    await openDevice(page, 'kitchen-1');
    await page.getByRole('tab', { name: 'Logs' }).click();
    const lines = page.getByRole('listbox', { name: 'Log lines' });
    await expect(lines.getByRole('option', { name: /request 60 was answered/ })).toBeVisible();
    await expect(page.getByText(/^60 lines/)).toBeVisible();

    const say = async (lvl: string, msg: string) => {
      const now = Date.now() / 1000;
      const line = { rev: '1', plat: 'pantavisor', src: 'controller', lvl, msg, tsec: Math.floor(now), tnano: 0 };
      await (await asDevice(0)).ask('POST', '/logs/', [line]);
    };
    await say('INFO', 'the door opened');
    await expect(lines.getByRole('option', { name: /the door opened/ })).toBeVisible({ timeout: 15_000 });

    await page.getByRole('button', { name: /^Level:/ }).click();
    await page.getByRole('checkbox', { name: 'ERROR' }).check();
    await page.keyboard.press('Escape');
    await expect(page.getByText(/^10 lines/)).toBeVisible();
    await expect(lines.getByRole('option', { name: /INFO/ })).toHaveCount(0);
    await say('INFO', 'the door closed');
    await say('ERROR', 'the door is stuck');
    await expect(lines.getByRole('option', { name: /the door is stuck/ })).toBeVisible({ timeout: 15_000 });
    await expect(lines.getByRole('option', { name: /the door closed/ })).toHaveCount(0);

    await press(page, 'Clear filters');
    await page.getByRole('textbox', { name: 'Search the lines' }).fill('the door');
    await page.getByRole('checkbox', { name: 'Only lines with it' }).check();
    await expect(lines.getByRole('option')).toHaveText([/opened/, /closed/, /stuck/]);
  });
});

test('revisions that wait are cancelled, and one on its way is given up', async ({ opened: page }) => {
  await withHub(startLocalHub(1, {}, { off: true }), async ({ hub, ids: [id = ''], colleague, asDevice, post }) => {
    const anna = await colleague();
    const state = stateWithObjects((content) => hub.putObject('anna', content)).replace(
      '"web/src.json"',
      '"web/motd.json":{},"web/src.json"',
    );
    const step = (rev: number) => anna.ask('GET', `/trails/${id}/steps/${rev}`);
    await signIn(page, hub.url);
    await openDevice(page, 'kitchen-1');
    await post(id, 2, state, 'nobody needs this');
    const waiting = page.getByRole('option', { name: /nobody needs this/ });
    await expect(waiting).toContainText('waits for the device', { timeout: 15_000 });
    await waiting.click();
    await press(page, 'Cancel revision 2…');
    const cancel = page.getByRole('dialog', { name: 'Cancel revision 2?' });
    await expect(cancel).toContainText('The device has not taken it, and will not');
    await press(cancel, 'Cancel the revision');
    await expect(page.getByText('2 is cancelled. The device does not take it.')).toBeVisible();
    await expect(waiting).toContainText('CANCEL');
    expect(await step(2)).toMatchObject({ progress: { status: 'CANCEL' } });

    const device = await asDevice(0);
    const report = (status: string, progress: number) =>
      device.ask('PUT', `/trails/${id}/steps/3/progress`, { status, progress, 'status-msg': '' });
    await post(id, 3, state, 'on its way');
    const moving = page.getByRole('option', { name: /on its way/ });
    await expect(moving).toBeVisible({ timeout: 15_000 });
    await moving.click();
    await report('QUEUED', 5);
    const wontgo = page.getByRole('button', { name: 'Mark as WONTGO…' });
    await expect(wontgo).toHaveAttribute('aria-disabled', 'true', { timeout: 15_000 });
    await wontgo.hover();
    await expect(page.getByText('The hub takes this only while the revision is INPROGRESS.')).toBeVisible();
    await report('INPROGRESS', 50);
    await expect(wontgo).not.toHaveAttribute('aria-disabled', 'true', { timeout: 15_000 });
    await wontgo.click();
    const give = page.getByRole('dialog', { name: 'Give 3 up on the hub?' });
    await expect(give).toContainText('This stops nothing on the device.');
    await press(give, 'Mark as WONTGO');
    await expect(page.getByText('The hub has 3 as WONTGO now.')).toBeVisible();
    await expect(moving).toContainText('WONTGO');
    expect(await step(3)).toMatchObject({ progress: { status: 'WONTGO' } });

    await newDraft(page);
    await flipPolicy(page, 'web', 'system');
    await page.getByRole('link', { name: 'Post…' }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('on second thought');
    await press(page, 'Post');
    await expect(page.getByText(/^The revision waits on the hub\./)).toBeVisible({ timeout: 15_000 });
    await press(page, 'Cancel revision 4…');
    await press(page.getByRole('dialog', { name: 'Cancel revision 4?' }), 'Cancel the revision');
    await expect(page.getByText('4 was cancelled before the device took it.')).toBeVisible();
    expect(await step(4)).toMatchObject({ progress: { status: 'CANCEL' } });
  });
});

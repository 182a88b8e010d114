// How the browser host lets a person in, and nobody else.
import { rm } from 'node:fs/promises';
import { expect, startApp, test } from './app.ts';

test('an address works once; the cookie survives a reload, and another browser stays outside', async ({ app, page, browser }) => {
  await page.goto(app.address);
  await expect(page).toHaveURL(`http://127.0.0.1:${app.port}/`);
  await expect(page.getByRole('main')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('main')).toBeVisible();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(app.address);
  await expect(stranger.getByRole('heading', { name: 'This page needs a fresh address' })).toBeVisible();
  await stranger.goto(`http://127.0.0.1:${app.port}/`);
  await expect(stranger.getByRole('heading', { name: 'This page needs a fresh address' })).toBeVisible();
  await stranger.context().close();
});

test('a page of another origin cannot talk to the backend', async ({ app, page, context }) => {
  await page.goto(app.address);
  await expect(page.getByRole('main')).toBeVisible();
  const foreign = await context.newPage();
  await foreign.route('http://127.0.0.1:9/**', (route) =>
    route.fulfill({ body: '<title>foreign</title>', contentType: 'text/html' }),
  );
  await foreign.goto('http://127.0.0.1:9/');
  const outcome = await foreign.evaluate(async (port) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`);
    const opened = await new Promise<boolean>((settle) => {
      socket.onopen = () => settle(true);
      socket.onerror = () => settle(false);
    });
    const read = await fetch(`http://127.0.0.1:${port}/`, { credentials: 'include' }).then(
      () => true,
      () => false,
    );
    return { opened, read };
  }, app.port);
  expect(outcome).toEqual({ opened: false, read: false });
});

test('a page that was open comes back by itself after kill -9 and a new start', async ({ page }) => {
  const first = await startApp();
  await page.goto(first.address);
  await expect(page.getByRole('main')).toBeVisible();
  const socketClosed = page.waitForEvent('console', { predicate: (message) => message.text().includes('WebSocket') });
  await first.kill();
  await socketClosed;

  const reopened = page.waitForEvent('websocket', { predicate: (socket) => socket.url().endsWith('/rpc') });
  const second = await startApp({ profile: first.profile, port: first.port });
  await reopened;
  await page.reload();
  await expect(page.getByRole('main')).toBeVisible();
  await second.stop();
  await rm(first.profile, { recursive: true });
});

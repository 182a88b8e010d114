import { expect, test } from './app.ts';

test('A window that nobody sees lets go of the backend, and takes hold of it again when somebody does', async ({ app, page }) => {
  let held = 0;
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('/fleet/looking')) held += 1;
    }),
  );
  await page.goto(app.address);
  await expect.poll(() => held).toBe(1);
  for (const state of ['hidden', 'visible']) {
    await page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  }
  await expect.poll(() => held).toBe(2);
});

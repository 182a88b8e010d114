import type { Page } from '@playwright/test';

/** Milliseconds from each key to the picture that shows what it did. */
export interface Keystrokes {
  /** To the next picture, whatever it shows. */
  readonly toPicture: readonly number[];
  /** To the picture with the rows that were found; of keys that changed how many there are. */
  readonly toRows: readonly number[];
}

export interface Frames {
  readonly longest: number;
  /** Of all frames, how many took longer than 50 ms. */
  readonly slowShare: number;
  readonly count: number;
  /** Milliseconds of the longest piece of work of the page itself. */
  readonly longestTask: number;
}

/** Types texts into the filter as a person does, one after the other, taking each away again letter by letter. */
export async function typeIntoFilter(page: Page, texts: readonly string[], rounds: number): Promise<Keystrokes> {
  const filter = page.getByRole('combobox', { name: /filter/i }).or(page.getByRole('textbox', { name: /filter/i }));
  await filter.first().click();
  await page.evaluate(watchKeys);
  for (let round = 0; round < rounds; round += 1) {
    for (const text of texts) {
      for (const letter of text) await page.keyboard.type(letter, { delay: 80 });
      for (const _ of text) await page.keyboard.press('Backspace', { delay: 80 });
    }
  }
  await page.waitForTimeout(500);
  const [toPicture, toRows] = await page.evaluate(() => [window.benchKeys.toPicture, window.benchKeys.toRows]);
  return { toPicture: toPicture ?? [], toRows: toRows ?? [] };
}

/** Pixels that the wheel of a flung page turns by in one picture, and milliseconds between two turns. */
const fling = { step: 160, pause: 16 } as const;

/** Turns the wheel through all rows as quickly as people fling a page. */
export async function scrollThroughAll(page: Page, rows: number): Promise<Frames> {
  await page.getByRole('grid').first().hover();
  return framesDuring(page, async () => {
    const session = await page.context().newCDPSession(page);
    const { x, y } = await page.evaluate(() => {
      const { left, top } = document.querySelector('[role=grid]')?.getBoundingClientRect() ?? { left: 0, top: 0 };
      return { x: left + 200, y: top + 200 };
    });
    const end = rows * 28;
    for (let at = 0; at < end; at += fling.step) {
      // Not waited for: a page that can't follow gets the next turn all the same, as from a real wheel.
      void session
        .send('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX: 0, deltaY: fling.step })
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, fling.pause));
    }
  });
}

/** Pulls the scroll bar from the top to the bottom in two seconds: all rows on the screen are others in each picture. */
export async function dragThroughAll(page: Page): Promise<Frames> {
  return framesDuring(page, () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const grid = document.querySelector('[role=grid]');
          if (grid === null) throw new Error('there is no table');
          const began = performance.now();
          const pull = () => {
            const share = Math.min(1, (performance.now() - began) / 2000);
            grid.scrollTop = share * grid.scrollHeight;
            if (share < 1) requestAnimationFrame(pull);
            else resolve();
          };
          grid.scrollTop = 0;
          requestAnimationFrame(pull);
        }),
    ),
  );
}

/** The frames of a page while something goes on. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(watchFrames);
  await work();
  const { frames, longestTask } = await page.evaluate(() => {
    window.benchFrames.isOver = true;
    return window.benchFrames;
  });
  const slow = frames.filter((frame) => frame > 50);
  return {
    longest: frames.reduce((most, frame) => Math.max(most, frame), 0),
    slowShare: slow.length / Math.max(1, frames.length),
    count: frames.length,
    longestTask,
  };
}

declare global {
  interface Window {
    benchKeys: { toPicture: number[]; toRows: number[] };
    benchFrames: { frames: number[]; longestTask: number; isOver: boolean };
  }
}

/** Runs in the page. A picture is there when a frame was asked for and the next task runs. */
function watchKeys(): void {
  window.benchKeys = { toPicture: [], toRows: [] };
  const pictured = (done: () => void) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done();
      channel.port2.postMessage(undefined);
    });
  const rowsShown = () => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 'none';
  document.addEventListener(
    'keydown',
    (event) => {
      const pressed = event.timeStamp;
      const before = rowsShown();
      pictured(() => window.benchKeys.toPicture.push(performance.now() - pressed));
      const look = () =>
        pictured(() => {
          const now = performance.now();
          if (rowsShown() !== before) window.benchKeys.toRows.push(now - pressed);
          else if (now - pressed < 400) look();
        });
      look();
    },
    { capture: true },
  );
}

/** Runs in the page. */
function watchFrames(): void {
  const watched = { frames: [] as number[], longestTask: 0, isOver: false };
  window.benchFrames = watched;
  new PerformanceObserver((list) => {
    watched.longestTask = Math.max(watched.longestTask, ...list.getEntries().map(({ duration }) => duration));
  }).observe({ entryTypes: ['longtask'] });
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    watched.frames.push(now - last);
    last = now;
    if (!watched.isOver) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

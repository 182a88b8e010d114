import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

const laptop = { x: 0, y: 25, width: 1512, height: 950 };
const right = { x: 1512, y: 0, width: 2560, height: 1440 };

test.each([
  ['nothing kept', undefined, [laptop], { width: 1440, height: 900 }],
  ['a small display', undefined, [{ x: 0, y: 0, width: 1024, height: 600 }], { width: 1024, height: 600 }],
  ['the same display', { x: 100, y: 100, width: 1000, height: 700 }, [laptop], { x: 100, y: 100, width: 1000, height: 700 }],
  [
    'the second display',
    { x: 1700, y: 50, width: 2000, height: 1200 },
    [laptop, right],
    { x: 1700, y: 50, width: 2000, height: 1200 },
  ],
  ['a display that is gone', { x: 1700, y: 50, width: 2000, height: 1200 }, [laptop], { width: 1512, height: 950 }],
  [
    'a display that became smaller',
    { x: 20, y: 40, width: 4000, height: 3000 },
    [laptop],
    { x: 20, y: 40, width: 1512, height: 950 },
  ],
  ['a title bar above the display', { x: 100, y: -300, width: 1000, height: 700 }, [laptop], { width: 1000, height: 700 }],
])('with %s the window has a place', (_name, bounds, areas, expected) => {
  expect(placeWindow(bounds && { bounds, maximized: false }, areas).bounds).toEqual(expected);
});

test('a window stays maximized', () => {
  const bounds = { x: 0, y: 25, width: 1000, height: 700 };
  expect(placeWindow({ bounds, maximized: true }, [laptop]).maximized).toBe(true);
});

test('wherever a window was, it can be gripped on a display', () => {
  const bounds = fc.record({
    x: fc.integer({ min: -9000, max: 9000 }),
    y: fc.integer({ min: -9000, max: 9000 }),
    width: fc.integer({ min: 1, max: 9000 }),
    height: fc.integer({ min: 1, max: 9000 }),
  });
  fc.assert(
    fc.property(bounds, (kept) => {
      const { x, y, width } = placeWindow({ bounds: kept, maximized: false }, [laptop, right]).bounds;
      if (x === undefined || y === undefined) return;
      const grips = [laptop, right].map((area) => {
        const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
        return across >= 80 && y >= area.y && y < area.y + area.height;
      });
      expect(grips).toContain(true);
    }),
  );
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trailboss-window-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a place is read as it was written', async () => {
  const file = join(folder, 'window.json');
  const state = { bounds: { x: -5, y: 10, width: 900, height: 600 }, maximized: true };
  writeWindowState(file, state);
  expect(readWindowState(file)).toEqual(state);
  expect(await readFile(file, 'utf8')).toBe(JSON.stringify(state));
});

test.each([
  '',
  '{',
  'null',
  '{"bounds":{"x":0,"y":0,"width":"9","height":9},"maximized":false}',
  '{"bounds":{"x":0,"y":0,"width":0,"height":9},"maximized":false}',
  '{"bounds":{"x":1e300,"y":0,"width":9,"height":9},"maximized":false}',
])('a file that reads %j is no place', async (text) => {
  const file = join(folder, 'window.json');
  await writeFile(file, text);
  expect(readWindowState(file)).toBeUndefined();
});

test('a place that cannot be kept is no error', () => {
  const state = { bounds: { x: 0, y: 0, width: 900, height: 600 }, maximized: false };
  expect(() => writeWindowState(join(folder, 'missing', 'window.json'), state)).not.toThrow();
});

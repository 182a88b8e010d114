import { expect, test } from 'vitest';
import { screenTexts } from './screen-texts.ts';

const found = (source: string, file = 'renderer/features/fleet/Fleet.tsx') => screenTexts(file, source);

test('texts that a translator would miss are found', () => {
  expect(
    found(`
      const title = 'Add a device';
      const close = { 'aria-label': \`Close: \${name} of this\` };
      showNotice("Nothing was changed.");
    `),
  ).toEqual(['Add a device', 'Nothing was changed.']);
});

test('names, comments, errors and what a device says are none', () => {
  expect(
    found(`
      // 'Add a device' says so
      /* 'Nothing was changed.' */
      throw new Error('The page has no root element.');
      const key = 'ArrowLeft';
      const css = 'minmax(0, 1fr)';
      const said = 'Mark as WONTGO as requested by owner';
      const place = 'Fleet';
    `),
  ).toEqual([]);
});

test('the strings themselves, tests and the backend are left alone', () => {
  const text = "const a = 'Add a device';";
  expect([
    found(text, 'renderer/strings/fleet.ts'),
    found(text, 'renderer/ui/words.test.ts'),
    found(text, 'electron/fleet/fleet.ts'),
  ]).toEqual([[], [], []]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { themeFrom } from './theme.ts';

const tokens = readFileSync(new URL('../../theme/tokens.css', import.meta.url), 'utf8');

test('every colour of the editor comes from a token that is there', () => {
  const asked: string[] = [];
  const theme = themeFrom((name) => {
    asked.push(name);
    return '#123';
  }, true);
  expect(asked.filter((name) => !tokens.includes(`--tb-${name}:`))).toEqual([]);
  expect(Object.values(theme.colors).filter((colour) => !/^#[0-9a-f]{6}([0-9a-f]{2})?$/.test(colour))).toEqual([]);
  expect(theme.colors['editor.background']).toBe('#112233');
});

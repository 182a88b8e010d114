import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkName, nameLimit } from './revisionName.ts';

test.each([
  ['', 'empty'],
  ['  ', 'empty'],
  ['locals/', 'empty'],
  ['fix/dns', 'slash'],
  ['locals/fix/dns', 'slash'],
  ['fix dns', 'characters'],
  ['-rf', 'characters'],
  ['..', 'characters'],
  ['fix-dns', 'taken'],
  ['locals/fix-dns', 'taken'],
  ['x'.repeat(nameLimit), 'too-long'],
])('%j is refused as %s', (typed, fault) => {
  expect(checkName(typed, ['0', 'locals/fix-dns'])).toEqual({ ok: false, fault });
});

test('a number on the device does not take the local name', () => {
  expect(checkName('14', ['14'])).toEqual({ ok: true, revision: 'locals/14' });
});

test('the prefix may be typed or left out', () => {
  expect(checkName(' locals/fix-dns-2 ', [])).toEqual({ ok: true, revision: 'locals/fix-dns-2' });
  expect(checkName('x'.repeat(nameLimit - 1), [])).toMatchObject({ ok: true });
});

test('an accepted name is a single path segment behind the prefix, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const checked = checkName(typed, []);
      return !checked.ok || /^locals\/[^/\s]{1,63}$/.test(checked.revision);
    }),
  );
});

import { expect, test } from 'vitest';
import { linkAddress } from './openLink.ts';

test('Only plain https links are opened', () => {
  expect(
    [
      'https://pantavisor.io/docs',
      'http://device.local/app',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'https://me:secret@host/',
      'not a link',
    ].map(linkAddress),
  ).toEqual(['https://pantavisor.io/docs', undefined, undefined, undefined, undefined, undefined]);
});

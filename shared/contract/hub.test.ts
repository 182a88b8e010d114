import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HubUrl } from './hub.ts';

it.each([
  [' https://api.pantahub.com/ ', 'https://api.pantahub.com'],
  ['HTTPS://Hub.Example.com:443', 'https://hub.example.com'],
  ['http://127.0.0.1:12365', 'http://127.0.0.1:12365'],
  ['http://[::1]:080/', 'http://[::1]:80'],
])('%s is the hub %s', (text, origin) => {
  expect(HubUrl.parse(text)).toBe(new URL(origin).origin);
});

it.each([
  '',
  'api.pantahub.com',
  'ftp://hub',
  'https://anna:secret@hub',
  'https://hub/api',
  'https://hub?x',
  'https://hub:0',
  'https://hub:70000',
])('"%s" is none', (text) => expect(HubUrl.safeParse(text).success).toBe(false));

it('is the origin that a browser sees in it', () => {
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ['http', 'https'], withFragments: false, withQueryParameters: false }), (url) => {
      const { origin } = new URL(url);
      expect(HubUrl.parse(origin)).toBe(origin);
    }),
  );
});

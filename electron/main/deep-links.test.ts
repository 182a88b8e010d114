import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { followLinks, placeInArguments } from './deep-links.ts';

function fakeApp() {
  return Object.assign(new EventEmitter(), { setAsDefaultProtocolClient: vi.fn(() => true) });
}

test('a link that is opened elsewhere leads to its screen, and to nothing else', () => {
  const app = fakeApp();
  const went: string[] = [];
  followLinks(app as never, true, (place) => went.push(place));
  const preventDefault = vi.fn();
  for (const link of ['trailboss://device/7/logs', 'trailboss://app/evil', 'https://example.com/', 'trailboss://device/7?x=<'])
    app.emit('open-url', { preventDefault }, link);
  expect(went).toEqual(['/device/7/logs']);
  expect(preventDefault).toHaveBeenCalledTimes(4);
  expect(app.setAsDefaultProtocolClient).toHaveBeenCalledWith('trailboss');
});

test('run from its sources, the program does not take the links of an installed one', () => {
  const app = fakeApp();
  followLinks(app as never, false, () => undefined);
  expect(app.setAsDefaultProtocolClient).not.toHaveBeenCalled();
});

test.each([
  [['/usr/bin/trailboss', '--profile', '/tmp/x', 'trailboss://activity'], '/activity'],
  [['/usr/bin/trailboss', 'trailboss://app/'], undefined],
  [[], undefined],
])('the arguments %j lead to %s', (argv, place) => {
  expect(placeInArguments(argv)).toBe(place);
});

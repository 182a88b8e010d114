import { expect, test } from 'vitest';
import { movedTo } from './hubWords.ts';

const draft = { base: { revision: '7', text: '{}' } };
const head = (revision: string, status: string) => ({
  hub: { head: { revision, status, message: '' }, pending: [], pendingBytes: 0 },
});

test('A draft is moved onto the hub’s newest revision, unless that did not stay', () => {
  expect([
    movedTo(draft, { ...head('7', 'DONE'), baseMoved: false }),
    movedTo(draft, { ...head('8', 'NEW'), baseMoved: false }),
    movedTo(draft, { ...head('8', 'DONE'), baseMoved: true, running: '8' }),
    movedTo(draft, { ...head('8', 'WONTGO'), baseMoved: false, running: '7' }),
    movedTo(draft, { ...head('8', 'ERROR'), baseMoved: true, running: '6' }),
  ]).toEqual([undefined, '8', '8', undefined, '6']);
});

test('Without a hub it is moved onto what runs', () => {
  expect([movedTo(draft, { baseMoved: true, running: 'locals/x' }), movedTo(draft, { baseMoved: false, running: '7' })]).toEqual([
    'locals/x',
    undefined,
  ]);
});

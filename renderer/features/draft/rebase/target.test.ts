import { expect, test } from 'vitest';
import { RevisionName } from '../../../../shared/state/ids.ts';
import { rebaseTarget } from './target.ts';

function timeline(...newestFirst: readonly (readonly [name: string, status: string, onHub?: boolean])[]) {
  const revisions = newestFirst.map(([name, status, onHub = true]) => ({
    revision: RevisionName.parse(name),
    message: '',
    status,
    onHub,
    running: false,
    checkpoint: false,
    stateKnown: true,
  }));
  return { revisions, older: false };
}

test('A draft is moved onto the newest revision of the hub that did not fail', () => {
  expect([
    rebaseTarget('7', '7', timeline(['9', 'NEW'], ['8', 'ERROR'], ['7', 'DONE'])),
    rebaseTarget('7', '7', timeline(['8', 'CANCEL'], ['7', 'DONE'])),
    rebaseTarget('7', '7', timeline(['7', 'DONE'])),
  ]).toEqual(['9', undefined, undefined]);
});

test('A draft of a local revision is moved onto what runs', () => {
  const local = timeline(['9', 'DONE'], ['locals/a', 'DONE', false]);
  expect([
    rebaseTarget('locals/a', 'locals/b', local),
    rebaseTarget('locals/a', 'locals/a', local),
    rebaseTarget('locals/a', undefined, undefined),
  ]).toEqual(['locals/b', undefined, undefined]);
});

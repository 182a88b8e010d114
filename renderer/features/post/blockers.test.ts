import { expect, test } from 'vitest';
import { Draft } from '../../../shared/contract/draft.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import { strings } from '../../strings/post.ts';
import { blockersOf } from './blockers.ts';

const draft = Draft.parse({
  id: 'a',
  deviceId: 'd',
  version: 1,
  base: { revision: '1', text: '{}' },
  text: '{"#spec":"x"}',
  objects: [],
  title: '',
  createdAt: 0,
  changedAt: 0,
  unfinished: {},
});
const plan: PostPlan = {
  suggestedName: 'locals/web-1',
  takenNames: [],
  upload: [{ sha: 'a'.repeat(64), size: 2000, key: 'web/root.squashfs' }],
  missing: [],
  asked: true,
  facts: {},
  freeBytes: 5000,
  baseMoved: false,
  rollback: { lost: [], known: true },
  via: 'lan',
  directions: [{ via: 'lan' }],
  suggested: { via: 'lan', because: 'came-this-way' },
  leavesHub: false,
  offHub: false,
  uploadWay: 'http',
  postWay: 'ssh',
};

test('a draft with a change and all objects can be posted, also before the device was asked', () => {
  expect(blockersOf(draft, plan)).toEqual([]);
  expect(blockersOf(draft, undefined)).toEqual([]);
});

test('what stands in the way is said', () => {
  expect(blockersOf({ ...draft, text: '{}' }, plan)).toEqual([strings.same]);
  expect(blockersOf({ ...draft, unfinished: { 'web/run.json': '{' } }, plan)).toEqual([strings.unfinished(['web/run.json'])]);
  expect(blockersOf(draft, { ...plan, missing: [{ sha: 'b'.repeat(64), key: 'x' }] })).toEqual([strings.missingText]);
});

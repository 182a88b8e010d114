import { expect, test } from 'vitest';
import { Timeline } from '../../../../shared/contract/device.ts';
import { DraftSummary } from '../../../../shared/contract/draft.ts';
import { DeviceId } from '../../../../shared/contract/ids.ts';
import { type ChoiceGroup, choicesOf, mostChoices } from './sideChoices.ts';

const home = DeviceId.parse('home');
const other = DeviceId.parse('other');

const revision = (name: string, message = '') => ({
  revision: name,
  message,
  onHub: false,
  status: 'DONE',
  running: name === '3',
  checkpoint: true,
  stateKnown: true,
});
const timeline = Timeline.parse({ revisions: [revision('3', 'Fix DNS\n\nlong'), revision('2', 'Grafana 11')], older: false });
const drafts = [DraftSummary.parse({ id: 'd', deviceId: 'home', title: '', base: '3', changes: 1, changedAt: 5 })];

const told = (groups: readonly ChoiceGroup[]) =>
  groups.map(({ label, choices }) => `${label}: ${choices.map(({ value, name }) => `${value} (${name})`).join(', ')}`);

test('a device offers what runs, its drafts and its revisions', () => {
  expect(told(choicesOf({ home, device: home, running: '3', timeline, drafts }, ''))).toEqual([
    'Running now: current (Running now)',
    'Drafts: draft:d (draft of 3 · 1 change)',
    'Revisions: 3 (3), 2 (2)',
  ]);
  expect(told(choicesOf({ home, device: other, running: '3', timeline, drafts: [] }, 'dns'))).toEqual([
    'Revisions: device:other:3 (3)',
  ]);
});

test('a long timeline is found by typing', () => {
  const long = Timeline.parse({ revisions: Array.from({ length: 500 }, (_, index) => revision(`r${index}`)), older: false });
  const [, all] = choicesOf({ home, device: home, running: undefined, timeline: long, drafts: [] }, '');
  expect([all?.choices.length, all?.more]).toEqual([mostChoices, 500 - mostChoices]);
  expect(choicesOf({ home, device: home, running: undefined, timeline: long, drafts: [] }, 'r499')[0]?.choices).toHaveLength(1);
});

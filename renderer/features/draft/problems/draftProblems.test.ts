import { expect, test } from 'vitest';
import { type Forecast, forecast } from '../../../../shared/forecast/index.ts';
import type { PreflightFacts } from '../../../../shared/forecast/preflight.ts';
import { parseState, type StateDocument } from '../../../../shared/state/state.ts';
import { draftFindings, draftProblems, type ProblemFacts } from './draftProblems.ts';
import { createEntryChecks } from './entryChecks.ts';

const sha = 'a'.repeat(64);
const run = { config: 'lxc.conf', name: 'web', 'root-volume': 'root.squashfs', type: 'lxc' };
const sound = { '#spec': 'pantavisor-service-system@1', 'web/lxc.conf': sha, 'web/root.squashfs': sha, 'web/run.json': run };

function read(entries: object): StateDocument {
  const parsed = parseState(JSON.stringify(entries));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}

interface Given extends Partial<Pick<ProblemFacts, 'draft' | 'remarks'>> {
  readonly forecast?: Forecast;
  readonly facts?: PreflightFacts;
}

function told(entries: object, { forecast: foreseen, facts = {}, ...given }: Given = {}): readonly string[] {
  const state = read(entries);
  const problems = draftProblems({
    draft: { unfinished: {} },
    state,
    findings: draftFindings(state, foreseen, facts),
    remarks: undefined,
    checks: createEntryChecks(),
    ...given,
  });
  return problems.map(({ severity, key, line, text }) => `${severity} ${key}:${line} ${text}`);
}

test('an unfinished entry blocks, comes first, and says where it is wrong', () => {
  const problems = told({ ...sound, 'groups.json': [] }, { draft: { unfinished: { 'web/run.json': '{"name": }' } } });
  expect(problems[0]).toMatch(/^blocks web\/run.json:undefined .*line 1, column 10/);
  expect(problems.slice(1)).toEqual([
    'refused groups.json:undefined The device refuses it: groups.json: the list of groups is empty or no list.',
    'notice groups.json:1 The list must not be empty.',
  ]);
});

test('of the entry that is open the editor speaks, and not of one that is unfinished', () => {
  const remarks = { key: 'web/run.json', list: [{ severity: 'warning', line: 7, text: 'Value is not accepted' }] } as const;
  const state = { ...sound, 'web/run.json': { ...run, status_goal: 'RUNNING' } };
  expect(told(state).slice(1)).toEqual(['notice web/run.json:6 status_goal: It must be one of "MOUNTED", "STARTED", "READY".']);
  expect(told(state, { remarks }).slice(1)).toEqual(['notice web/run.json:7 Value is not accepted']);
  expect(told(state, { remarks, draft: { unfinished: { 'web/run.json': '{' } } })).toHaveLength(2);
});

test('what a state names and does not have leads to its line', () => {
  expect(told({ ...sound, 'web/run.json': { ...run, volumes: ['more.squashfs'] } })).toEqual([
    'fails web/run.json:7 There is no web/more.squashfs: the volume can’t be mounted.',
  ]);
});

test('a state that the device will not take says so at the entry it stumbles over', () => {
  const refused = { ...sound, 'web/run.json': { ...run, roles: 'mgmt' } };
  const known = forecast(JSON.stringify(sound), JSON.stringify(refused));
  expect(told(refused, { forecast: known })[0]).toMatch(/^refused web\/run.json:undefined The device refuses it/);
});

test('a group that is not there is told once', () => {
  const lost = { ...sound, 'web/run.json': { ...run, group: 'apps' } };
  expect(told(lost, { forecast: forecast(JSON.stringify(sound), JSON.stringify(lost)) })).toEqual([
    expect.stringMatching(/^refused web\/run.json:6 There is no group "apps"/),
  ]);
});

test('what only a hub changes is told where a hub is on the way', () => {
  const state = { ...sound, 'web/a\uff2eb': 'a'.repeat(64), 'web/x.json': { 'c\uff2ed': 12345678901234567890n.toString() } };
  expect(told(state)).toEqual([]);
  expect(told(state, { facts: { via: 'hub' } }).map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
    'notice web/a\uff2eb:undefined',
    'notice web/x.json:2',
  ]);
});

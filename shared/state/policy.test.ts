import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalize } from './canonical.ts';
import { containersOf } from './containers.ts';
import type { Edited } from './edit.ts';
import { flipConsequences } from './flip.ts';
import { setGroup, setRestartPolicy } from './policy.ts';
import { parseState, type StateDocument } from './state.ts';

const Rendered = z.object({ srcJson: z.string(), runJsonCanonical: z.string().nullish() });
const App = z.object({
  name: z.string(),
  groupsJson: z.unknown(),
  before: Rendered.extend({ runJsonText: z.string() }),
  edits: z.array(z.object({ label: z.string(), argChanges: z.record(z.string(), z.unknown()), after: Rendered })),
});

const fixtures = new URL('fixtures/', import.meta.url);
const apps = readdirSync(fixtures)
  .filter((file) => file.startsWith('app-'))
  .map((file) => App.parse(JSON.parse(gunzipSync(readFileSync(new URL(file, fixtures))).toString('utf8'))));

describe('as pvr app install would', () => {
  const edits = apps.flatMap((app) => app.edits.map((edit) => ({ ...edit, app })));
  const flips = edits.filter(({ argChanges }) => onlyChanges(argChanges, 'PV_RESTART_POLICY', ['system', 'container', null]));
  const moves = edits.filter(({ argChanges }) => onlyChanges(argChanges, 'PV_GROUP', ['root', 'platform', 'app', null]));

  test.each(flips)('$app.name: $label', ({ app, argChanges, after }) => {
    const policy = z.enum(['system', 'container']).nullable().parse(argChanges.PV_RESTART_POLICY) ?? 'inherit';
    expectInstalled(done(setRestartPolicy(stateOf(app), app.name, policy)), app.name, after);
  });

  test.each(moves)('$app.name: $label', ({ app, argChanges, after }) => {
    const name = z.string().nullable().parse(argChanges.PV_GROUP);
    expectInstalled(
      done(setGroup(stateOf(app), app.name, name === null ? { kind: 'inherit' } : { kind: 'group', name })),
      app.name,
      after,
    );
  });

  test('the recordings of pvr hold flips in each direction, and moves', () => {
    expect(flips.length).toBeGreaterThanOrEqual(8);
    expect(moves.length).toBeGreaterThanOrEqual(4);
  });

  test('policy and group at once', () => {
    const app = apps.find(({ name, groupsJson }) => name === 'os' && groupsJson !== undefined && groupsJson !== null);
    const edit = app?.edits.find(({ label }) => label.startsWith('policy, goal'));
    if (app === undefined || edit === undefined) throw new Error('the fixture is missing');
    const flipped = done(setRestartPolicy(stateOf(app), app.name, 'container'));
    const moved = done(setGroup(flipped, app.name, { kind: 'group', name: 'root' }));
    const { restart_policy, group } = z.record(z.string(), z.unknown()).parse(JSON.parse(edit.after.runJsonCanonical ?? ''));
    expect(JSON.parse(moved.byKey.get('os/run.json')?.raw ?? '')).toMatchObject({ restart_policy, group });
  });
});

describe('setRestartPolicy', () => {
  const RUN = '{"name":"web","type":"lxc","group":"app"}';
  const SHA = 'ab'.repeat(32);

  test('without src.json only run.json changes', () => {
    const state = done(setRestartPolicy(parsed(`{"web/run.json":${RUN}}`), 'web', 'system'));
    expect(state.text).toBe('{"web/run.json":{"group":"app","name":"web","restart_policy":"system","type":"lxc"}}');
  });

  test('a src.json without args gets them, and on inherit stays as it is', () => {
    const state = parsed(`{"web/run.json":${RUN},"web/src.json":{ "docker_name" : "x" }}`);
    expect(done(setRestartPolicy(state, 'web', 'system')).byKey.get('web/src.json')?.raw).toBe(
      '{"args":{"PV_RESTART_POLICY":"system"},"docker_name":"x"}',
    );
    expect(done(setRestartPolicy(state, 'web', 'inherit'))).toBe(state);
  });

  test('inherit removes both', () => {
    const state = done(
      setRestartPolicy(
        parsed(
          '{"web/run.json":{"name":"web","restart_policy":"system"},"web/src.json":{"args":{"PV_RESTART_POLICY":"system","X":"1"}}}',
        ),
        'web',
        'inherit',
      ),
    );
    expect(state.text).toBe('{"web/run.json":{"name":"web"},"web/src.json":{"args":{"X":"1"}}}');
  });

  test('numbers keep every digit', () => {
    const state = parsed('{"web/run.json":{"name":"web","n":[12345678901234567890,1.10]}}');
    expect(done(setRestartPolicy(state, 'web', 'system')).entries[0]?.raw).toContain('[12345678901234567890,1.1E0]');
  });

  test('a key that the device would take for the policy loses to the real one', () => {
    const state = parsed('{"web/run.json":{"restart_policy_note":"why","name":"web"}}');
    expect(containersOf(done(setRestartPolicy(state, 'web', 'container')))[0]?.ownPolicy).toBe('container');
  });

  test('the same policy again changes nothing', () => {
    const state = parsed('{"web/run.json":{ "name":"web", "restart_policy":"system" }}');
    expect(done(setRestartPolicy(state, 'web', 'system'))).toBe(state);
  });

  test.each([
    [`{"web/run.json":"${SHA}"}`, /web\/run.json is kept as an object/],
    [`{"web/run.json":${RUN},"web/src.json":"${SHA}"}`, /web\/src.json is kept as an object/],
    [`{"web/run.json":${RUN},"web/src.json":[]}`, /web\/src.json is no JSON object/],
    [`{"web/run.json":${RUN},"web/src.json":{"args":[]}}`, /"args" in web\/src.json is no JSON object/],
    [`{"web/run.json":${RUN},"web/src.json":{"n":1e99999}}`, /exponent too large/],
    ['{}', /no container web/],
  ])('refuses %s', (text, reason) => {
    expect(setRestartPolicy(parsed(text), 'web', 'system')).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe('setGroup', () => {
  test('refuses a group that the device would not know', () => {
    expect(setGroup(parsed('{"web/run.json":{"name":"web"}}'), 'web', { kind: 'group', name: 'nope' })).toEqual({
      ok: false,
      reason: 'There is no group nope: the groups in force (default) are data, root, platform, app.',
    });
  });

  test('inherit with the shipped groups, with a runlevel, and with groups that device.json hides', () => {
    const inherit = (text: string) => done(setGroup(parsed(text), 'web', { kind: 'inherit' })).byKey.get('web/run.json')?.raw;
    expect(inherit('{"web/run.json":{"name":"web","group":"app"}}')).toBe('{"name":"web"}');
    const run = '"web/run.json":{"name":"web","group":"a"}';
    expect(inherit(`{"groups.json":[{"name":"a"},{"name":"b"}],${run}}`)).toBe('{"group":"b","name":"web"}');
    expect(inherit(`{"groups.json":[{"name":"a"}],${run},"web/src.json":{"args":{"PV_RUNLEVEL":"app"}}}`)).toBe('{"name":"web"}');
    expect(inherit(`{"device.json":{"groups":[{"name":"a"}]},"groups.json":[{"name":"b"}],${run}}`)).toBe('{"name":"web"}');
  });
});

describe('flipConsequences', () => {
  const app = parsed('{"web/run.json":{"name":"web","group":"app"}}');
  const flip = (from: StateDocument, policy: 'inherit' | 'container' | 'system') =>
    flipConsequences(from, done(setRestartPolicy(from, 'web', policy)), 'web');

  test.each([
    ['system', 'reboot', 'reboot'],
    ['container', 'restart', 'restart'],
    ['inherit', 'none', 'restart'],
  ] as const)('app (container by its group) → %s', (policy, now, later) => {
    expect(flip(app, policy)).toMatchObject({ now: { effect: now }, later: { effect: later } });
  });

  test('back from system reboots too, and afterwards only the container restarts', () => {
    const system = done(setRestartPolicy(app, 'web', 'system'));
    expect(flip(system, 'inherit')).toMatchObject({
      before: { policy: 'system', from: 'own' },
      after: { policy: 'container', from: 'group', group: 'app' },
      now: { effect: 'reboot', words: expect.stringContaining('system → container') },
      later: { effect: 'restart' },
    });
  });

  test('a container that comes or goes', () => {
    expect(flipConsequences(parsed('{}'), app, 'web')).toMatchObject({ before: undefined, now: { effect: 'restart' } });
    expect(flipConsequences(app, parsed('{}'), 'web')).toMatchObject({ after: undefined, later: { effect: 'gone' } });
  });
});

function onlyChanges(changes: Readonly<Record<string, unknown>>, arg: string, values: readonly unknown[]): boolean {
  return Object.keys(changes).length === 1 && arg in changes && values.includes(changes[arg]);
}

/** The state of a checkout with that app: run.json as pvr's template lays it out. */
function stateOf({ name, groupsJson, before }: z.infer<typeof App>): StateDocument {
  const groups = groupsJson === undefined || groupsJson === null ? '' : `"groups.json":${JSON.stringify(groupsJson)},`;
  const app = `"${name}/run.json":${before.runJsonText},"${name}/src.json":${before.srcJson}`;
  return parsed(`{"#spec":"pantavisor-service-system@1",${groups}${app}}`);
}

function expectInstalled(state: StateDocument, name: string, after: z.infer<typeof Rendered>): void {
  const run = state.byKey.get(`${name}/run.json`)?.raw ?? '';
  expect(canonicalize(run)).toBe(after.runJsonCanonical);
  expect(canonicalize(state.byKey.get(`${name}/src.json`)?.raw ?? '')).toBe(canonicalize(after.srcJson));
}

function parsed(text: string): StateDocument {
  const result = parseState(text);
  if (!result.ok) throw new Error(result.reason);
  return result.state;
}

function done(edited: Edited): StateDocument {
  if (!edited.ok) throw new Error(edited.reason);
  return edited.state;
}

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { containersOf } from './containers.ts';
import { groupsOf } from './groups.ts';
import { parseState, type StateDocument } from './state.ts';

const Case = z.object({
  name: z.string(),
  state: z.string(),
  expect: z.object({
    parse: z.string(),
    groups: z
      .array(z.object({ name: z.string(), restart_policy: z.string(), status_goal: z.string(), timeout: z.number() }))
      .optional(),
    platforms: z
      .array(
        z.object({
          name: z.string(),
          type: z.string().nullable(),
          group: z.string().nullable(),
          restart_policy: z.string(),
          status_goal: z.string(),
          roles: z.array(z.string()),
        }),
      )
      .optional(),
  }),
});

/** What the device reads from text that no person means: numbers and null as names and types, a timeout in words, another spec. */
const deviceOnly = new Set([
  'groups-timeout-string',
  'type-number',
  'name-null',
  'name-empty',
  'name-number',
  'spec-multi',
  'multi1-both',
]);

describe('against what the device makes of a state', () => {
  const bytes = gunzipSync(readFileSync(new URL('fixtures/parse-states.json.gz', import.meta.url)));
  const cases = z.array(Case).parse(JSON.parse(bytes.toString('utf8')));
  const open = cases.flatMap(({ name, state, expect: device }) => {
    const parsed = device.parse === 'ok' && !deviceOnly.has(name) ? parseState(state) : undefined;
    return parsed?.ok ? [{ name, state: parsed.state, device }] : [];
  });

  test('containers have the same group, policy and goal', () => {
    expect(open.length).toBeGreaterThan(230);
    for (const { name, state, device } of open) {
      const seen = containersOf(state).map((container) => ({
        name: container.name,
        type: container.type ?? null,
        group: container.group,
        restart_policy: container.restartPolicy.policy,
        status_goal: container.statusGoal,
        roles: container.roles.filter((role) => role === 'mgmt'),
      }));
      expect(seen, name).toEqual(device.platforms);
    }
  });

  test('the same groups are in force', () => {
    for (const { name, state, device } of open) {
      const seen = groupsOf(state).groups.map((group) => ({
        name: group.name,
        restart_policy: group.restartPolicy,
        status_goal: group.statusGoal,
        timeout: group.timeoutSeconds,
      }));
      expect(seen, name).toEqual(device.groups);
    }
  });

  test('only texts that the device reads leniently stay closed', () => {
    const closed = cases
      .filter(({ state, expect: device }) => device.parse === 'ok' && !parseState(state).ok)
      .map(({ name }) => name);
    expect(closed.filter((name) => !name.startsWith('lenient-'))).toEqual([
      'json-ext-case',
      'dup-object-key-same',
      'dup-run-json',
      'dup-run-json-both',
      'dup-spec',
      'malformed-control-char',
      'collide-spec-value',
    ]);
  });
});

describe('where a policy and a group come from', () => {
  test('own, from the group, and placed by default', () => {
    const state = open({
      'a/run.json': { name: 'a', type: 'lxc', group: 'app', restart_policy: 'system' },
      'b/run.json': { name: 'b', type: 'lxc', group: 'app' },
      'c/run.json': { name: 'c', type: 'lxc' },
      'd/run.json': { name: 'd', type: 'lxc' },
    });
    expect(
      containersOf(state).map(({ name, groupFrom, ownPolicy, restartPolicy }) => ({ name, groupFrom, ownPolicy, restartPolicy })),
    ).toEqual([
      { name: 'a', groupFrom: 'own', ownPolicy: 'system', restartPolicy: { policy: 'system', from: 'own' } },
      { name: 'b', groupFrom: 'own', ownPolicy: 'inherit', restartPolicy: { policy: 'container', from: 'group', group: 'app' } },
      { name: 'c', groupFrom: 'first', ownPolicy: 'inherit', restartPolicy: { policy: 'system', from: 'group', group: 'root' } },
      {
        name: 'd',
        groupFrom: 'default',
        ownPolicy: 'inherit',
        restartPolicy: { policy: 'system', from: 'group', group: 'platform' },
      },
    ]);
  });

  test('an unknown group says nothing: the careful policy is assumed', () => {
    const state = open({ 'a/run.json': { name: 'a', type: 'lxc', group: 'nope' } });
    expect(containersOf(state)[0]).toMatchObject({
      group: 'nope',
      groupFrom: 'own',
      restartPolicy: { policy: 'system', from: 'default' },
    });
  });

  test('device.json hides groups.json', () => {
    const state = open({ 'device.json': { groups: [{ name: 'one' }] }, 'groups.json': [{ name: 'two' }] });
    expect(groupsOf(state)).toMatchObject({
      from: 'device.json',
      groups: [{ name: 'one', restartPolicy: 'container', timeoutSeconds: 120 }],
    });
  });

  test('volumes, roles and src.json', () => {
    const state = open({
      'a/run.json': { name: 'a', type: 'lxc', roles: ['nobody'], 'root-volume': 'root.squashfs', volumes: ['x.squashfs'] },
      'a/src.json': {},
    });
    expect(containersOf(state)[0]).toMatchObject({
      folder: 'a',
      runKey: 'a/run.json',
      srcKey: 'a/src.json',
      roles: ['nobody'],
      rootVolume: 'root.squashfs',
      volumes: ['x.squashfs'],
    });
  });
});

function open(values: Readonly<Record<string, unknown>>): StateDocument {
  const parsed = parseState(JSON.stringify(values));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}

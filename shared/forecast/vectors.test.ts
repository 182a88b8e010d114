/** The forecast agrees with the device's own code on every recorded verdict (fixtures/README.md). */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DeviceReading, type Forecast, forecast, readDeviceModel } from './index.ts';

const parseVerdict = z.enum(['ok', 'error', 'crash']);
const moveVerdict = {
  transition: z.enum(['reboot', 'nonreboot', 'crash']).nullable(),
  restarts: z.array(z.string()),
  starts: z.array(z.string()).optional(),
  trigger: z.string().nullish(),
};
const pair = z.object({
  current: z.string(),
  pending: z.string(),
  expect: z.object({ currentParse: parseVerdict, pendingParse: parseVerdict, ...moveVerdict }),
});
const edgeCase = pair.extend({ name: z.string() });
const randomCase = pair.extend({ seed: z.number() });
const chainCase = z.object({
  name: z.string(),
  states: z.array(z.string()),
  expect: z.object({
    steps: z.array(z.object({ pendingParse: parseVerdict, ...moveVerdict })),
    differsFromFresh: z.array(z.number()),
    fresh: z.array(z.object(moveVerdict)).optional(),
  }),
});
const parseCase = z.object({
  name: z.string(),
  state: z.string(),
  expect: z.discriminatedUnion('parse', [
    z.object({ parse: z.enum(['error', 'crash']) }),
    z.object({
      parse: z.literal('ok'),
      spec: z.string(),
      usingDefaultGroups: z.boolean(),
      groups: z.array(z.unknown()),
      platforms: z.array(z.unknown()),
      jsons: z.array(z.unknown()),
      objects: z.array(z.unknown()),
    }),
  ]),
});

type Verdict = z.infer<typeof pair>['expect'];

function cases<T>(file: string, shape: z.ZodType<T>): T[] {
  const json = gunzipSync(readFileSync(new URL(`fixtures/${file}.json.gz`, import.meta.url))).toString('utf8');
  return z.array(shape).parse(JSON.parse(json));
}

/** What the device says, in the words of the forecast. */
function expected({ currentParse, pendingParse, transition, restarts, starts = [], trigger }: Verdict) {
  if (currentParse !== 'ok') return currentParse === 'error' ? 'running refused' : 'running crash';
  if (pendingParse !== 'ok') return pendingParse === 'error' ? 'next refused' : 'next crash';
  if (transition === 'crash') return 'move crash';
  return transition === 'reboot' ? { trigger } : { stopped: sorted(restarts), started: sorted(starts) };
}

/** The same from a forecast. Of the changes that force a reboot the first must be the one at which the device decided. */
function foretold(result: Forecast) {
  if (result.kind === 'refused') return `${result.which} refused`;
  if (result.kind === 'crash') return `${result.stage} crash`;
  if (result.transition === 'reboot') return { trigger: result.changes.find(({ effect }) => effect === 'reboot')?.key };
  return { stopped: sorted([...result.restarts, ...result.stops]), started: sorted([...result.restarts, ...result.starts]) };
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** The device's view in the vectors' form. */
function asRecorded(reading: DeviceReading) {
  if (reading.kind !== 'accepted') return { parse: reading.kind === 'refused' ? 'error' : 'crash' };
  const { spec, groups, groupsSource, platforms, jsons, objects } = reading.model;
  return {
    parse: 'ok',
    spec,
    usingDefaultGroups: groupsSource === 'defaults',
    groups: groups.map(({ name, restartPolicy, statusGoal, timeoutSeconds }) => ({
      name,
      restart_policy: restartPolicy,
      status_goal: statusGoal,
      timeout: timeoutSeconds,
    })),
    platforms: platforms.map(({ name, type, group, restartPolicy, statusGoal, roles }) => ({
      name,
      type: type ?? null,
      group: group?.name ?? null,
      restart_policy: restartPolicy,
      status_goal: statusGoal,
      roles,
    })),
    jsons: jsons.map(({ key, owner }) => ({ key, platform: owner?.name ?? null })),
    objects: objects.map(({ key, value, owner }) => ({ key, id: value, platform: owner?.name ?? null })),
  };
}

describe('the forecast agrees with the device', () => {
  const edges = cases('transitions-edge', edgeCase);
  const randoms = cases('transitions-random', randomCase);
  const chains = cases('transitions-chain', chainCase);
  const states = cases('parse-states', parseCase);

  test('every case is there', () => {
    expect([edges.length, randoms.length, chains.length, states.length]).toEqual([334, 1500, 73, 329]);
  });

  test.each(edges)('pair $name', ({ current, pending, expect: verdict }) => {
    expect(foretold(forecast(current, pending))).toEqual(expected(verdict));
  });

  test('1,500 random pairs', () => {
    for (const { seed, current, pending, expect: verdict } of randoms) {
      expect({ seed, verdict: foretold(forecast(current, pending)) }).toEqual({ seed, verdict: expected(verdict) });
    }
  });

  test.each(chains)('chain $name', ({ states: [booted = '', ...updates], expect: { steps, differsFromFresh, fresh = [] } }) => {
    const trail = [booted];
    const drifted: Record<number, unknown> = {};
    updates.forEach((next, index) => {
      const verdict = steps[index];
      if (verdict === undefined) throw new Error('a step without a verdict');
      const running = trail.at(-1) ?? '';
      const told = foretold(forecast(running, next, { sinceBoot: trail.slice(0, -1) }));
      expect(told).toEqual(foretold(forecast(running, next, { sinceBoot: trail })));
      // How containers come up is not recorded for chains.
      const started = typeof told === 'object' && 'started' in told ? { started: told.started } : {};
      const verdictHere = expected({ currentParse: 'ok', ...verdict });
      expect(told).toEqual(typeof verdictHere === 'object' ? { ...verdictHere, ...started } : verdictHere);
      const alone = foretold(forecast(running, next));
      if (JSON.stringify(alone) !== JSON.stringify(told)) drifted[index] = alone;
      if (verdict.pendingParse !== 'ok') return;
      if (verdict.transition === 'reboot') trail.length = 0;
      trail.push(next);
    });
    expect(Object.keys(drifted).map(Number)).toEqual(differsFromFresh);
    expect(Object.values(drifted).length).toBe(fresh.length);
  });

  test.each(states)('state $name', ({ state, expect: verdict }) => {
    expect(asRecorded(readDeviceModel(state))).toMatchObject(verdict);
  });
});

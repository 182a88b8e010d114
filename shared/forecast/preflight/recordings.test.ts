import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseState } from '../../state/state.ts';
import { type PreflightFinding, preflight } from '../preflight.ts';

const Recording = z.object({ scenario: z.string(), current: z.string(), pending: z.string(), result: z.string() });
const Outcome = z.object({ seq: z.array(z.tuple([z.number(), z.string(), z.string()])) });
const Reading = z.array(
  z.object({ name: z.string(), state: z.string(), expect: z.looseObject({ parse: z.enum(['ok', 'error', 'crash']) }) }),
);
const Pairs = z.array(
  z.looseObject({ pending: z.string(), expect: z.looseObject({ pendingParse: z.enum(['ok', 'error', 'crash']).nullable() }) }),
);

function fixture(file: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(new URL(`../fixtures/${file}.json.gz`, import.meta.url))).toString('utf8'));
}

const recordings = z.array(Recording).parse(fixture('recordings'));

/** The last word of a scenario. */
function endOf({ result }: z.infer<typeof Recording>): string {
  return Outcome.parse(JSON.parse(result)).seq.at(-1)?.[1] ?? '';
}

function objectsOf(text: string): readonly string[] {
  const parsed = parseState(text);
  return parsed.ok ? parsed.state.entries.flatMap((entry) => (entry.kind === 'object' ? [entry.sha] : [])) : [];
}

/** In these scenarios an object was left out on purpose; in all others everything had been uploaded. */
function missingIn({ scenario, current, pending }: z.infer<typeof Recording>): readonly string[] {
  if (!/^07[ab]-missing/.test(scenario)) return [];
  const there = new Set(objectsOf(current));
  return objectsOf(pending).filter((sha) => !there.has(sha));
}

function told(findings: readonly PreflightFinding[]): readonly string[] {
  return findings.map(({ severity, rule, key, pointer }) => [severity, rule, key ?? '-', pointer ?? ''].join(' ').trim());
}

/** What only bytes tell, or what happened to the device meanwhile: no state shows it. */
const unforeseeable: Readonly<Record<string, string>> = {
  '01c-nonreboot-config-overlay': 'liblxc of that set-up can’t lay a configuration over a container',
  '06a-crashloop-nonreboot': 'the program in the container crashes',
  '06b-crashloop-existing': 'the program in the container crashes',
  '06c-crashloop-system': 'the program in the container crashes',
  '06d-lxc-cannot-start': 'the LXC configuration, an object, names a program that is not there',
  '07c-corrupt-object': 'the object was damaged on the device’s disk after the upload',
  '13b-crash-testing-after-reboot': 'the daemon was killed while it tried the revision',
};

const foreseen: Readonly<Record<string, readonly string[]>> = {
  '07a-missing-object-nonreboot': ['fails object-nobody-has web/root.squashfs'],
  '07b-missing-object-reboot': ['fails object-nobody-has core/root.squashfs'],
  '08a-bad-json': ['refused parser-refuses -'],
  '08b-no-spec': ['refused parser-refuses -'],
  '08c-unknown-spec': ['refused parser-crashes -'],
  '08d-runjson-without-type': ['fails type-missing web/run.json'],
  '08e-unknown-group': ['refused group-unknown web/run.json /group'],
};

test.each(recordings.map((recording) => [recording.scenario, recording] as const))('%s', (scenario, recording) => {
  const { current, pending } = recording;
  const storage = { total: 1e9, free: 5e8, reserved: 5e7 };
  const facts = { running: current, via: 'lan', secureboot: 'disabled', missingObjects: missingIn(recording), storage } as const;
  const findings = preflight(pending, { ...facts, newObjects: [], revision: 'locals/next', takenNames: ['locals/base'] });
  const bad = findings.filter(({ severity }) => severity !== 'notice');
  expect(told(bad)).toEqual(foreseen[scenario] ?? []);
  const ended = endOf(recording);
  const wentWrong = ended === 'WONTGO' || ended === 'ERROR';
  expect(wentWrong).toBe(bad.length > 0 || unforeseeable[scenario] !== undefined);
  // A device that refuses never begins; one that fails has taken the revision before.
  if (wentWrong && bad.length > 0) expect(bad[0]?.severity).toBe(ended === 'WONTGO' ? 'refused' : 'fails');
});

test('a state is refused exactly where the device’s parser refuses it, or dies of it', () => {
  const readings = Reading.parse(fixture('parse-states')).map(({ state, expect: { parse } }) => ({ text: state, parse }));
  const pairs = ['transitions-edge', 'transitions-random'].flatMap((file) =>
    Pairs.parse(fixture(file)).map(({ pending, expect: { pendingParse } }) => ({ text: pending, parse: pendingParse })),
  );
  const wrong = [...readings, ...pairs].filter(({ text, parse }) => {
    const isRefused = preflight(text).some(({ severity }) => severity === 'refused');
    return parse !== null && isRefused !== (parse !== 'ok');
  });
  expect(wrong.map(({ text }) => text)).toEqual([]);
});

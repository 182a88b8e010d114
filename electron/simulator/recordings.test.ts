/**
 * Holds the simulator against the recordings of a running device: the same requests at the same times, and then the order of what the
 * progress said, codes and bodies of the commands, what kinds of silence there were, whether the runtime was restarted, which containers
 * were touched, and where it ended. Absolute times are not compared.
 */

import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { steppedClock } from './clock.ts';
import type { FaultName } from './faults.ts';
import {
  type Seed,
  type SeedObject,
  type SeedRevision,
  type SimulatedDeviceOptions,
  type Status,
  startSimulatedDevice,
} from './index.ts';
import { voiceOf } from './life/advance.ts';
import { replay } from './recorded-client.ts';
import {
  answered,
  compact,
  containersSchema,
  daemonsSchema,
  metaSchema,
  type Observation,
  progressSchema,
  type Recording,
  readRecording,
  stepsOf,
} from './recording.ts';

/** What the recording's set-up was, where its states do not say it. */
type SetUp = {
  readonly name: string;
  readonly faults?: readonly FaultName[];
  readonly bootLoader?: SimulatedDeviceOptions['bootLoader'];
  /** Only the runtime was killed, or the whole board. */
  readonly cut?: 'board' | 'runtime';
  /** The checkpoint, where it is not the latest DONE revision. */
  readonly checkpoint?: string;
  /** The revision to run, with the recording that put it. */
  readonly runs?: { readonly revision: string; readonly putIn: string };
  /** An object of the next state is damaged after its upload. */
  readonly damages?: string;
  /** The recorded containers stopped sooner than the ten seconds that the simulated ones take each: watch this many seconds more. */
  readonly longer?: number;
};

const SCENARIOS: readonly SetUp[] = [
  { name: '00-first-run' },
  { name: 'C00-first-run' },
  { name: '01a-nonreboot-object' },
  { name: '01b-nonreboot-runjson' },
  // The recorded device could not apply a `_config` overlay at all: its container cannot be started.
  { name: '01c-nonreboot-config-overlay', faults: ['cannot-start:web'] },
  { name: '01d-reboot-commits-updated', longer: 10 },
  { name: '01e-nonreboot-two-containers' },
  { name: '02-reboot-system-object' },
  { name: '02b-reboot-root-devicejson' },
  { name: '03-mixed' },
  { name: '04a-policy-container-to-system' },
  { name: '04b-policy-system-to-container' },
  { name: '05a-add-container' },
  { name: '05b-remove-container' },
  { name: '05c-add-system-container' },
  { name: '05d-remove-system-container', longer: 10 },
  { name: '06a-crashloop-nonreboot', faults: ['crash-loop:bad'] },
  { name: '06b-crashloop-existing', faults: ['crash-loop:web'] },
  { name: '06c-crashloop-system', faults: ['crash-loop:core'] },
  { name: '06d-lxc-cannot-start', faults: ['cannot-start:core'] },
  { name: '07a-missing-object-nonreboot' },
  { name: '07b-missing-object-reboot' },
  { name: '07c-corrupt-object', damages: 'web/root.squashfs' },
  { name: '08a-bad-json' },
  { name: '08b-no-spec' },
  { name: '08c-unknown-spec' },
  { name: '08d-runjson-without-type' },
  { name: '08e-unknown-group' },
  { name: '08f-run-nonexistent' },
  { name: '09a-srcjson-only' },
  { name: '09b-sigs-only' },
  { name: '09c-sigs-only-changed' },
  { name: '09d-srcjson-system' },
  { name: '10a-goto-older-done', runs: { revision: 'locals/flip-cont', putIn: '04b-policy-system-to-container' } },
  { name: '10b-goto-older-updated', runs: { revision: 'locals/remove-extra', putIn: '05b-remove-container' } },
  { name: '10c-rerun-current' },
  { name: '10d-goto-factory', checkpoint: 'locals/remove-extra' },
  {
    name: '10e-run-failed-again',
    longer: 15,
    checkpoint: 'locals/remove-extra',
    faults: ['cannot-start:web'],
    runs: { revision: 'locals/web-config', putIn: '01c-nonreboot-config-overlay' },
  },
  { name: '11a-container-stop-start' },
  { name: '11b-container-restart' },
  { name: '11c-container-noop' },
  { name: '11d-container-system' },
  { name: '11e-container-errors' },
  { name: '11f-container-unknown' },
  { name: '12b-commands-while-updating' },
  { name: '12c-local-run-commit' },
  { name: '12d-local-run-commit-reboot' },
  { name: '12e-double-command' },
  // The boot loader of the recorded device was emulated, and forgot with the power that it had tried the revision.
  { name: '13a-powercut-testing-after-reboot', cut: 'board', bootLoader: 'forgets-try' },
  { name: '13b-crash-testing-after-reboot', cut: 'runtime' },
  { name: '13c-powercut-testing-nonreboot', cut: 'board' },
  { name: '13d-powercut-before-reboot', cut: 'board' },
  { name: '13e-crash-testing-nonreboot', cut: 'runtime' },
];

/** The recorded device: its commit delay of 5 s, its containers that ignore SIGTERM, its runtime that comes back after a second. */
const RECORDED_DELAYS = { pickUp: 1, stop: 10, restart: 1.3, commitDelay: 6, trying: 0.3 };

describe('the simulator against recordings of a running device', () => {
  it.concurrent.each(SCENARIOS)('$name', async (setUp) => {
    const recording = readRecording(setUp.name);
    const seen = await simulate(recording, setUp);
    const recorded = summary(recording.observations);
    const simulated = summary(seen);
    expect({ ...simulated, progress: withoutMissed(simulated.progress, recorded.progress) }).toEqual(recorded);
    expectSameSilences(seen, recording);
  });
});

async function simulate(recording: Recording, setUp: SetUp): Promise<readonly Observation[]> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-recording-'));
  const clock = steppedClock();
  const controlSocket = join(dir, 'pv-ctrl');
  const { bootLoader, faults } = setUp;
  const device = await startSimulatedDevice({
    dir: join(dir, 'disk'),
    clock,
    controlSocket,
    httpPort: false,
    sshPort: false,
    delays: RECORDED_DELAYS,
    seed: seedOf(recording, setUp),
    ...(bootLoader ? { bootLoader } : {}),
    ...(faults ? { faults } : {}),
  });
  const cut = recording.observations.find((each) => each.what === 'power-cut');
  const damage = damagedObject(recording, setUp);
  if (damage !== undefined) writeFileSync(device.objectFile(damage), 'other bytes');
  const last = recording.observations.at(-1)?.t_ms ?? 0;
  try {
    return await replay({
      clock,
      socket: controlSocket,
      voice: () => voiceOf(device.life()),
      revision: polledRevision(recording),
      requests: commandsOf(recording).map((each) => ({ at: each.t_ms / 1000, ...requestOf(each) })),
      deeds: cut ? [{ at: cut.t_ms / 1000, run: () => device.powerCut({ what: setUp.cut ?? 'board', seconds: 2 }) }] : [],
      from: -2.2,
      until: last / 1000 + 5 + (setUp.longer ?? 0),
    });
  } finally {
    await device.close();
    await rm(dir, { recursive: true, force: true });
  }
}

function commandsOf(recording: Recording): readonly Observation[] {
  return recording.observations.filter((each) => each.what === 'command');
}

function requestOf({ request }: Observation): { readonly method: string; readonly path: string; readonly body: string } {
  if (!request) throw new Error('a command without its request');
  const { method, path, body } = request;
  return { method, path, body: body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body) };
}

function runCommand(recording: Recording): string | undefined {
  for (const each of commandsOf(recording)) {
    const found = /"payload":"([^"]+)"/.exec(requestOf(each).body)?.[1];
    if (found !== undefined && /LOCAL_RUN/.test(requestOf(each).body)) return found;
  }
  return undefined;
}

function runningRevision(recording: Recording): string {
  const [first] = answered(recording.observations, 'device-meta');
  return first ? metaSchema.parse(first.body)['pantavisor.revision'] : '0';
}

function polledRevision(recording: Recording): string {
  return runCommand(recording) ?? runningRevision(recording);
}

/** The trail as listed at the beginning. Only the states that run are known; the others are as good as any. */
function seedOf(recording: Recording, setUp: SetUp): Seed {
  const [first] = answered(recording.observations, 'steps');
  const running = runningRevision(recording);
  const others = setUp.runs ? { [setUp.runs.revision]: putState(readRecording(setUp.runs.putIn), setUp.runs.revision) } : {};
  const listed = (first ? stepsOf(first) : []).map(
    (step): SeedRevision => ({
      name: step.name,
      state: step.name === '0' ? '{"#spec":"pantavisor-service-system@1"}' : (others[step.name] ?? recording.runningState),
      date: new Date(step.date),
      status: statusOf(step.progress.status),
      statusMessage: step.progress['status-msg'] ?? 'A container could not be started',
      logs: step.progress.status === undefined ? ['x'.repeat(600)] : logsOf(recording, step.name),
    }),
  );
  const status = listed.find((each) => each.name === running)?.status;
  const latestDone = listed
    .filter((each) => each.status === 'DONE')
    .sort((a, b) => Number(a.date) - Number(b.date))
    .at(-1)?.name;
  const checkpoint = setUp.checkpoint ?? (status === 'UPDATED' ? latestDone : running) ?? '0';
  return { revisions: listed, running, checkpoint, objects: standIns(recording, others) };
}

/** The log lines of the polled revision, where it had failed before. */
function logsOf(recording: Recording, revision: string): readonly string[] {
  const [first] = answered(recording.observations, 'progress');
  const logs = first && revision === polledRevision(recording) ? progressSchema.parse(first.body).logs : undefined;
  return logs?.trim().split('\n') ?? [];
}

function statusOf(text: string | undefined): Status {
  for (const each of ['NEW', 'UPDATED', 'DONE', 'WONTGO'] as const) if (each === text) return each;
  return 'ERROR';
}

function putState(recording: Recording, revision: string): string {
  const put = commandsOf(recording)
    .map(requestOf)
    .find((each) => each.path === `/steps/${revision}`);
  return compact(put?.body ?? '{}');
}

/** The recordings have no objects' bytes: other bytes stand in for them, but for those whose names say that they were never uploaded. */
function standIns(recording: Recording, others: Readonly<Record<string, string>>): readonly SeedObject[] {
  const texts = [recording.runningState, ...Object.values(others), ...commandsOf(recording).map((each) => requestOf(each).body)];
  const shas = new Set(texts.flatMap((text) => text.match(/\b[0-9a-f]{64}\b/g) ?? []));
  const put = commandsOf(recording).map((each) => requestOf(each).path);
  return [...shas]
    .filter((sha) => !/^(.)\1*$/.test(sha) && !put.includes(`/objects/${sha}`))
    .map((sha256) => ({ sha256, content: `stands in for ${sha256}` }));
}

function damagedObject(recording: Recording, setUp: SetUp): string | undefined {
  if (setUp.damages === undefined) return undefined;
  const next = putState(recording, polledRevision(recording));
  return new RegExp(`"${setUp.damages}":"([0-9a-f]{64})"`).exec(next)?.[1];
}

function summary(observations: readonly Observation[]) {
  return {
    progress: progressSequence(observations),
    commands: observations.filter((each) => each.what === 'command').map(commandAnswer),
    restarted: wasRestarted(observations),
    containers: containerSequences(observations),
    revision: answered(observations, 'device-meta')
      .map((each) => metaSchema.parse(each.body)['pantavisor.revision'])
      .at(-1),
    steps: listedAtTheEnd(observations),
  };
}

function progressSequence(observations: readonly Observation[]): readonly string[] {
  const all = answered(observations, 'progress').map((each) => {
    const { status, 'status-msg': message, logs } = progressSchema.parse(each.body);
    return `${status}: ${message}${logs ? ' (with logs)' : ''}`;
  });
  return distinct(all);
}

/** INPROGRESS lasts a quarter of a second: where the recording missed it, the simulator may have shown it. */
function withoutMissed(simulated: readonly string[], recorded: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const each of simulated) if (!each.startsWith('INPROGRESS') || recorded[kept.length] === each) kept.push(each);
  return kept;
}

function commandAnswer(each: Observation) {
  const body = each.body === '' ? '' : JSON.stringify(each.body).replace(/"reclaimed":\d+/, '"reclaimed":<bytes>');
  const retry = each.headers?.['Retry-After'];
  return `${each.status ?? `no answer (${each.error?.curl})`} ${body}${retry ? ` Retry-After ${retry}` : ''}`;
}

/** A restart shows in the process id of pv-xconnect; the recording of a short scenario asked for it only once. */
function wasRestarted(observations: readonly Observation[]): boolean {
  const pids = answered(observations, 'daemons').map(
    (each) => daemonsSchema.parse(each.body).find((daemon) => daemon.name === 'pv-xconnect')?.pid,
  );
  return new Set(pids).size > 1;
}

/**
 * Each container's statuses, without those that pass within a second and so are met or missed: before the first start, on the way up, and
 * STOPPED before it is known who stopped it.
 */
function containerSequences(observations: readonly Observation[]): Readonly<Record<string, readonly string[]>> {
  const sequences: Record<string, string[]> = {};
  for (const each of answered(observations, 'containers')) {
    for (const { name, status, auto_recovery, user_stopped } of containersSchema.parse(each.body)) {
      const retries = auto_recovery?.current_retries ?? 0;
      if (retries === 0 && ['INSTALLED', 'BLOCKED', 'STARTING'].includes(status)) continue;
      if (status === 'STOPPED' && user_stopped === 'false') continue;
      const shown = `${status}${retries > 0 ? `/r${retries}` : ''}`;
      sequences[name] = distinct([...(sequences[name] ?? []), shown]);
    }
  }
  return sequences;
}

/** Another client made pvtx revisions on the same device while some recordings ran. */
function listedAtTheEnd(observations: readonly Observation[]): readonly string[] {
  const last = answered(observations, 'steps').at(-1);
  return last
    ? stepsOf(last)
        .filter((step) => !step.name.includes('pvtx'))
        .map((step) => `${step.name} ${step.progress.status ?? '{}'}`)
    : [];
}

function distinct(all: readonly string[]): string[] {
  return all.filter((each, index) => each !== all[index - 1]);
}

/**
 * No answer for four seconds (28) shows in both or in neither. Resets (56) and refusals (7) are windows of about a second in a restart,
 * which a poll meets or misses: what the recording met must be there, and more only where the runtime went down.
 */
function expectSameSilences(seen: readonly Observation[], recording: Recording): void {
  const recorded = silences(recording.observations);
  const simulated = silences(seen);
  expect(simulated.has(28)).toBe(recorded.has(28));
  expect([...recorded].filter((kind) => !simulated.has(kind))).toEqual([]);
  const wentDown = wasRestarted(recording.observations) || recording.observations.some((each) => each.what === 'power-cut');
  if (!wentDown) expect([...simulated].filter((kind) => !recorded.has(kind))).toEqual([]);
}

function silences(observations: readonly Observation[]): ReadonlySet<number> {
  return new Set(observations.flatMap((each) => (each.error && each.what !== 'command' ? [each.error.curl] : [])));
}

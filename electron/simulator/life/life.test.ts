import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, voiceOf } from './advance.ts';
import { asLeft } from './boot.ts';
import {
  type ContainerSpec,
  DEVICE_DELAYS,
  type Effect,
  type Life,
  type LifeEvent,
  type LifeFacts,
  type Status,
  type TimerName,
  type Update,
} from './model.ts';
import { APP_RECOVERY } from './recovery.ts';

/** A device with a system container and one of policy container; the revision's name says what is wrong with it. */
const OS: ContainerSpec = { name: 'os', group: 'platform', goal: 'STARTED', policy: 'system', roles: ['mgmt'] };
const WEB: ContainerSpec = {
  name: 'web',
  group: 'app',
  goal: 'STARTED',
  policy: 'container',
  roles: ['mgmt'],
  recovery: APP_RECOVERY,
};

const FACTS: LifeFacts = {
  delays: DEVICE_DELAYS,
  bootLoader: 'keeps-try',
  plan(revision) {
    if (revision === 'unknown') return { kind: 'refused', message: 'State JSON not found' };
    const reboot = revision.startsWith('reboot');
    const base = { revision, transition: reboot ? 'reboot' : 'non-reboot', stops: reboot ? [] : ['web'] } satisfies Update;
    const defect = FACTS.defectOf(revision);
    return { kind: 'move', update: defect ? { ...base, defect } : base };
  },
  containersOf: (revision, { checkpoint }) => [
    OS,
    revision.endsWith('crash') && revision !== checkpoint ? { ...WEB, misbehaviour: 'crashes' } : WEB,
  ],
  defectOf(revision) {
    if (revision.endsWith('broken')) return 'object';
    return revision.endsWith('deadly') ? 'daemon' : undefined;
  },
  stateOf: (revision) => revision,
};

const REVISIONS = [
  'good',
  'reboot-good',
  'crash',
  'reboot-crash',
  'broken',
  'reboot-broken',
  'deadly',
  'reboot-deadly',
  'unknown',
  '0',
];

/** A life with its timers, driven by the next one that falls due. */
class Driven {
  life: Life = asLeft({ running: '0', checkpoint: '0', bootCount: 1 }, FACTS);
  readonly reports: string[] = [];
  private readonly timers = new Map<TimerName, number>();
  private now = 0;

  happen(event: LifeEvent): void {
    const { life, effects } = advance(this.life, event, FACTS);
    this.life = life;
    for (const effect of effects) this.follow(effect);
  }

  /** Runs the next timer; false where there is none. */
  tick(): boolean {
    const [next] = [...this.timers].sort(([, a], [, b]) => a - b);
    if (!next) return false;
    const [timer, due] = next;
    this.timers.delete(timer);
    this.now = due;
    this.happen({ kind: 'due', timer });
    return true;
  }

  settle(): void {
    for (let turns = 0; this.life.phase.kind !== 'idle' || this.life.stopsInHand > 0; turns += 1) {
      if (turns > 500 || !this.tick()) throw new Error(`stuck in ${JSON.stringify(this.life.phase)}`);
    }
  }

  private follow(effect: Effect): void {
    if (effect.kind === 'arm') this.timers.set(effect.timer, this.now + effect.seconds);
    if (effect.kind === 'disarm') this.timers.delete(effect.timer);
    if (effect.kind === 'disarm-all') this.timers.clear();
    if (effect.kind === 'progress') this.reports.push(`${effect.revision} ${effect.progress.status}`);
  }
}

const run = (revision: string): LifeEvent => ({ kind: 'command', command: { kind: 'run', revision, commit: false } });

describe('the life of an update', () => {
  it.each<readonly [string, Status | undefined, string]>([
    ['good', 'UPDATED', 'good'],
    ['reboot-good', 'DONE', 'reboot-good'],
    ['crash', 'ERROR', '0'],
    ['reboot-crash', 'ERROR', '0'],
    ['broken', 'ERROR', '0'],
    ['reboot-broken', 'ERROR', '0'],
    ['deadly', 'ERROR', '0'],
    ['reboot-deadly', 'ERROR', '0'],
    ['unknown', 'WONTGO', '0'],
    ['0', undefined, '0'],
  ])('of revision %s ends in %s, running %s', (revision, end, running) => {
    const device = new Driven();
    device.happen(run(revision));
    device.settle();
    expect(device.reports.at(-1)).toBe(end && `${revision} ${end}`);
    while (device.life.phase.kind !== 'idle') device.tick();
    expect(device.life.boot.running).toBe(running);
  });

  it('comes to rest after whatever happens, with the checkpoint or a revision that ended well', () => {
    const command = fc.constantFrom(...REVISIONS).map(run);
    const other = fc.constantFrom<LifeEvent>(
      { kind: 'command', command: { kind: 'reboot' } },
      { kind: 'container', name: 'web', action: 'restart' },
      { kind: 'container', name: 'web', action: 'stop' },
      { kind: 'container', name: 'web', action: 'start' },
      { kind: 'cut', what: 'board', seconds: 3 },
      { kind: 'cut', what: 'runtime', seconds: 2 },
      { kind: 'misbehaviour', name: 'web', misbehaviour: 'crashes' },
      { kind: 'misbehaviour', name: 'web', misbehaviour: undefined },
    );
    const moment = fc.record({ event: fc.oneof(command, other), ticks: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 25 }), (moments) => {
        const device = new Driven();
        for (const { event, ticks } of moments) {
          // The control socket lets commands through to an idle device only, and requests while it answers.
          const open =
            event.kind === 'cut' ||
            event.kind === 'misbehaviour' ||
            (event.kind === 'command' ? device.life.phase.kind === 'idle' : voiceOf(device.life) === 'answering');
          if (open) device.happen(event);
          for (let turn = 0; turn < ticks; turn += 1) device.tick();
        }
        device.settle();
        const { running, checkpoint, trial } = device.life.boot;
        expect(voiceOf(device.life)).toBe('answering');
        expect(running === checkpoint || running === trial?.revision).toBe(true);
        // A container that crashes and was stopped by request harms nobody, so such a revision may have ended well.
        expect(['broken', 'deadly'].some((bad) => checkpoint.endsWith(bad))).toBe(false);
        expect(device.life.sinceBoot.at(-1)).toBe(running);
      }),
      { numRuns: 1000 },
    );
  });
});

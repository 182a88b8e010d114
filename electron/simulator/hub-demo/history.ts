/** What has happened to a device of the demo hub: its steps, from the factory revision to the last release that reached it. */
import { forecast } from '../../../shared/forecast/index.ts';
import type { BoardName } from '../demo/catalog.ts';
import { changed } from '../demo/history.ts';
import { factory } from '../demo/people.ts';
import { type Composition, type Objects, stateOf } from '../demo/states.ts';
import { MESSAGE } from '../life/messages.ts';
import { chance } from './chance.ts';
import type { Line, Release } from './lines.ts';
import type { PlannedDevice } from './plan.ts';

export type Outcome =
  | { readonly kind: 'done' | 'updated' | 'new' | 'cancelled' }
  | { readonly kind: 'wontgo' | 'error'; readonly message: string }
  | { readonly kind: 'downloading'; readonly share: number }
  | { readonly kind: 'rebooting' };

export type PastStep = {
  readonly rev: number;
  readonly state: string;
  readonly message: string;
  readonly committer: string;
  readonly outcome: Outcome;
  /** Milliseconds since 1970 at which it was posted. */
  readonly at: number;
};

export type History = {
  readonly steps: readonly PastStep[];
  /** A number, as text. */
  readonly running: string;
};

const DAY_MS = 86_400_000;
/** Sizes on the demo hub are a tenth of real ones, so that it starts at once. */
const SCALE = 0.1;

/** The states of the product lines, each made once however many devices run it. */
export interface Catalogue {
  /** What the states name. */
  readonly objects: Objects;
  /** The factory state, then one for each release. */
  states(line: Line, board: BoardName): readonly string[];
  /** How the move to each release ends, from the one before it. */
  ends(line: Line, board: BoardName): readonly Outcome[];
}

type Row = { readonly states: readonly string[]; readonly ends: readonly Outcome[] };

export function openCatalogue(): Catalogue {
  const objects: Objects = new Map();
  const made = new Map<string, Row>();
  const row = (line: Line, board: BoardName): Row => {
    const key = `${line.name} ${board}`;
    const known = made.get(key);
    if (known) return known;
    const states = statesOf(line, board, objects);
    const fresh = { states, ends: states.slice(1).map((next, index) => moveOf(states[index] ?? '', next)) };
    made.set(key, fresh);
    return fresh;
  };
  return {
    objects,
    states: (line, board) => row(line, board).states,
    ends: (line, board) => row(line, board).ends,
  };
}

function statesOf(line: Line, board: BoardName, objects: Objects): readonly string[] {
  let made: Composition = { board, bsp: '029', containers: {}, policies: {}, files: {} };
  return [factory(0), ...line.releases].map((step) => {
    made = changed(made, step);
    return stateOf(made, objects, SCALE);
  });
}

export function historyOf(device: PlannedDevice, now: number, catalogue: Catalogue): History {
  const steps: PastStep[] = [];
  const [factoryState = '', ...states] = catalogue.states(device.line, device.board);
  let running = '0';
  const ends = catalogue.ends(device.line, device.board);
  const releases = releasesOf(device);
  const first = (releases[0]?.daysAgo ?? 30) + 3 + chance('made', device.name) * 40;
  add({
    state: factoryState,
    message: 'Factory State (rev 0)',
    committer: '',
    outcome: { kind: 'done' },
    at: now - first * DAY_MS,
  });

  releases.forEach((release, index) => {
    const at = now - release.daysAgo * DAY_MS;
    const common = { state: states[index] ?? factoryState, committer: release.by };
    const well = ends[index] ?? { kind: 'done' };
    if (index === releases.length - 1) {
      const last = lastOutcome(device) ?? well;
      add({ ...common, message: release.message, outcome: last, at });
      if (last !== well) return;
    } else {
      const mishap = mishapOf(chance('mishap', device.name, index));
      if (mishap) add({ ...common, message: release.message, outcome: mishap, at: at - DAY_MS / 12 });
      add({ ...common, message: mishap ? `${release.message} (posted again)` : release.message, outcome: well, at });
    }
    running = String(steps.length - 1);
  });

  function add(step: Omit<PastStep, 'rev'>): void {
    steps.push({ rev: steps.length, ...step });
  }

  return { steps, running };
}

/** Some devices are a release or two behind, and a release takes days to reach all. */
function releasesOf({ name, line }: PlannedDevice): readonly Release[] {
  const roll = chance('behind', name);
  const behind = roll < 0.72 ? 0 : roll < 0.92 ? 1 : 2;
  const late = chance('rollout', name);
  return line.releases
    .slice(0, line.releases.length - behind)
    .map((release) => ({ ...release, daysAgo: release.daysAgo * (1 - late * 0.15) }));
}

function mishapOf(roll: number): Outcome | undefined {
  if (roll < 0.035) return { kind: 'error', message: MESSAGE.containerFailed };
  if (roll < 0.045) return { kind: 'error', message: MESSAGE.hubNotStable };
  if (roll < 0.052) return { kind: 'error', message: MESSAGE.objectInvalid };
  if (roll < 0.066) return { kind: 'wontgo', message: MESSAGE.notCovered };
  return roll < 0.076 ? { kind: 'cancelled' } : undefined;
}

/** How the last step stands, where that tells the device's condition. */
function lastOutcome({ name, condition }: PlannedDevice): Outcome | undefined {
  const roll = chance('last', name);
  switch (condition) {
    case 'resting':
    case 'busy':
    case 'silent':
      return undefined;
    case 'silent-pending':
      return { kind: 'new' };
    case 'stuck-downloading':
      return { kind: 'downloading', share: 0.2 + roll / 2 };
    case 'stuck-rebooting':
      return { kind: 'rebooting' };
    case 'failed':
      return { kind: 'error', message: roll < 0.6 ? MESSAGE.containerFailed : MESSAGE.unexpectedRollback };
    case 'refused':
      return { kind: 'wontgo', message: roll < 0.7 ? MESSAGE.notCovered : MESSAGE.maxDownload };
  }
}

/** A reboot makes a checkpoint, anything else does not. */
function moveOf(running: string, next: string): Outcome {
  const foreseen = forecast(running, next);
  return { kind: foreseen.kind === 'move' && foreseen.transition === 'non-reboot' ? 'updated' : 'done' };
}

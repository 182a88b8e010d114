import { scanJson, skipSpace } from './json.ts';
import { type Manifest, manifestAt, rawMember, readManifest, textMember } from './manifest.ts';
import type { StateDocument } from './state.ts';

export type RestartPolicy = 'system' | 'container';
export type StatusGoal = 'MOUNTED' | 'STARTED' | 'READY';

export interface Group {
  readonly name: string;
  readonly restartPolicy: RestartPolicy;
  readonly statusGoal: StatusGoal;
  /** How long its containers may take to their goal, in seconds; undefined where the text gives no whole number. */
  readonly timeoutSeconds: number | undefined;
  readonly description: string | undefined;
}

/** The groups that apply to a state, in order, and which document they come from. */
export interface GroupsInForce {
  readonly from: 'device.json' | 'groups.json' | 'default';
  readonly groups: readonly Group[];
}

/** The groups that a device ships with (pantavisor group.c). */
export const defaultGroups: readonly Group[] = [
  shipped('data', 'system', 'MOUNTED'),
  shipped('root', 'system', 'STARTED'),
  shipped('platform', 'system', 'STARTED'),
  shipped('app', 'container', 'STARTED'),
];

/** What the device takes where a group of its own does not say (PV_UPDATER_GOALS_TIMEOUT). */
const customGroupTimeoutSeconds = 120;

/**
 * The groups in force: those of device.json where it is there (groups.json is ignored then), else those of groups.json, else
 * the shipped ones. A document that holds none gives an empty list: what the device does then is the forecast's business.
 */
export function groupsOf(state: StateDocument): GroupsInForce {
  if (state.byKey.has('device.json')) {
    const device = manifestAt(state, 'device.json');
    return { from: 'device.json', groups: readGroups(device === undefined ? undefined : rawMember(device, 'groups')) };
  }
  if (!state.byKey.has('groups.json')) return { from: 'default', groups: defaultGroups };
  return { from: 'groups.json', groups: trackedGroups(state) };
}

/** The groups of groups.json, in force or not; none where it is missing. */
export function trackedGroups(state: StateDocument): readonly Group[] {
  return readGroups(state.byKey.get('groups.json')?.raw);
}

export function isRestartPolicy(text: string | undefined): text is RestartPolicy {
  return text === 'system' || text === 'container';
}

export function isStatusGoal(text: string | undefined): text is StatusGoal {
  return text === 'MOUNTED' || text === 'STARTED' || text === 'READY';
}

function shipped(name: string, restartPolicy: RestartPolicy, statusGoal: StatusGoal): Group {
  return { name, restartPolicy, statusGoal, timeoutSeconds: 30, description: undefined };
}

function readGroups(raw: string | undefined): readonly Group[] {
  return raw === undefined ? [] : itemsOf(raw).flatMap((item) => readGroup(readManifest(item)) ?? []);
}

function readGroup(manifest: Manifest | undefined): Group | undefined {
  const name = manifest === undefined ? undefined : textMember(manifest, 'name');
  if (manifest === undefined || name === undefined) return undefined;
  const restartPolicy = textMember(manifest, 'restart_policy');
  const statusGoal = textMember(manifest, 'status_goal');
  const timeout = rawMember(manifest, 'timeout');
  return {
    name,
    restartPolicy: isRestartPolicy(restartPolicy) ? restartPolicy : 'container',
    statusGoal: isStatusGoal(statusGoal) ? statusGoal : 'STARTED',
    timeoutSeconds: timeout === undefined ? customGroupTimeoutSeconds : wholeNumber(timeout),
    description: textMember(manifest, 'description'),
  };
}

function wholeNumber(raw: string): number | undefined {
  return /^\d{1,9}$/.test(raw) ? Number(raw) : undefined;
}

/** The source texts of a list's items; none when `raw` is another value. */
function itemsOf(raw: string): readonly string[] {
  const start = skipSpace(raw, 0);
  if (raw.charAt(start) !== '[') return [];
  const items: string[] = [];
  let depth = 0;
  let from = 0;
  scanJson(raw, start, {
    open(_kind, at) {
      if (depth === 1) from = at;
      depth += 1;
    },
    close(end) {
      depth -= 1;
      if (depth === 1) items.push(raw.slice(from, end));
    },
    key() {},
    scalar(_kind, at, end) {
      if (depth === 1) items.push(raw.slice(at, end));
    },
  });
  return items;
}

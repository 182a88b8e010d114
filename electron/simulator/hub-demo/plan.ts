/** Which devices the demo hub has: names, places, boards, and in what condition each is found. */
import type { BoardName } from '../demo/catalog.ts';
import { chance } from './chance.ts';
import { LINES, type Line } from './lines.ts';
import { SITES, type Site } from './sites.ts';

/** `resting`: the usual case. The others are the few that have something to tell. */
export type Condition =
  | 'resting'
  /** Is always found in the middle of an update. */
  | 'busy'
  /** Has not been heard for days or weeks. */
  | 'silent'
  /** As silent, with a step waiting. */
  | 'silent-pending'
  /** Stopped saying anything in the middle of a download. */
  | 'stuck-downloading'
  /** Went down for a reboot and did not come back. */
  | 'stuck-rebooting'
  /** Its last update failed, and nobody has posted another. */
  | 'failed'
  /** Its last update was refused. */
  | 'refused';

export type PlannedDevice = {
  readonly name: string;
  readonly line: Line;
  readonly site: Site;
  readonly board: BoardName;
  readonly condition: Condition;
  readonly public: boolean;
  /** Whether the hub has logs of it from the start. */
  readonly logs: boolean;
};

/** The demo's own devices, some 300. */
export function plannedDevices(): readonly PlannedDevice[] {
  return SITES.flatMap((site) => devicesAt(site, 1));
}

/** Any number of them, for measuring: the sites grow. */
export function manyDevices(count: number): readonly PlannedDevice[] {
  const once = plannedDevices().length;
  const times = Math.ceil(count / once);
  return SITES.flatMap((site) => devicesAt(site, times)).slice(0, count);
}

function devicesAt(site: Site, times: number): readonly PlannedDevice[] {
  return LINES.flatMap((line) => {
    const count = (site.holds[line.name] ?? 0) * times;
    return Array.from({ length: count }, (_none, index) => planned(site, line, index + 1));
  });
}

function planned(site: Site, line: Line, number: number): PlannedDevice {
  const name = `${site.code}-${line.code}-${String(number).padStart(2, '0')}`;
  const board = line.boards[Math.floor(chance('board', name) * line.boards.length)] ?? 'rpi4';
  return {
    name,
    line,
    site,
    board,
    condition: NAMED[name] ?? conditionOf(chance('condition', name)),
    public: PUBLIC.includes(name),
    logs: chance('logs', name) < 0.12,
  };
}

const NAMED: Readonly<Record<string, Condition>> = {
  'porto-cam-07': 'busy',
  'bremen-gate-03': 'busy',
  'graz-gw-02': 'busy',
  'lisboa-kiosk-04': 'busy',
  'vigo-gate-02': 'stuck-downloading',
  'chur-gate-04': 'stuck-downloading',
  'kiel-gw-05': 'stuck-rebooting',
};
const PUBLIC: readonly string[] = ['genf-gw-01', 'lyon-flat-02', 'chur-kiosk-01'];

function conditionOf(roll: number): Condition {
  if (roll < 0.02) return 'silent';
  if (roll < 0.035) return 'silent-pending';
  if (roll < 0.065) return 'failed';
  return roll < 0.095 ? 'refused' : 'resting';
}

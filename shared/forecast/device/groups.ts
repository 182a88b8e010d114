import { arrayLength, type LenientDocument, readLenient, rootKind, textBehind } from '../lenient/document.ts';
import type { DeviceGroup, RestartPolicy, StatusGoal } from './model.ts';
import { Refusal } from './verdicts.ts';
import { walkElements } from './walk.ts';

/** The groups of a device without `groups.json` and `device.json`. Source: pantavisor defaults/groups.json. */
export const defaultGroups: readonly DeviceGroup[] = [
  { name: 'data', restartPolicy: 'system', statusGoal: 'MOUNTED', timeoutSeconds: 30 },
  { name: 'root', restartPolicy: 'system', statusGoal: 'STARTED', timeoutSeconds: 30 },
  { name: 'platform', restartPolicy: 'system', statusGoal: 'STARTED', timeoutSeconds: 30 },
  { name: 'app', restartPolicy: 'container', statusGoal: 'STARTED', timeoutSeconds: 30 },
];

/** Source: pantavisor config.c, PV_UPDATER_GOALS_TIMEOUT. */
const DEFAULT_TIMEOUT_SECONDS = 120;

/**
 * Reads the array of groups of `groups.json`, or of `groups` in `device.json`.
 * Source: pantavisor parser/parser_system1.c, parse_groups.
 * @throws Refusal
 */
export function readGroups(text: string, where: string): readonly DeviceGroup[] {
  const document = readLenient(text);
  if (document.failure !== undefined) throw new Refusal(`${where}: ${document.failure}`);
  if (!arrayLength(document)) throw new Refusal(`${where}: the list of groups is empty or no list`);
  const groups: DeviceGroup[] = [];
  for (const element of walkElements(document)) groups.push(readGroup(element, where));
  return groups;
}

function readGroup(element: LenientDocument, where: string): DeviceGroup {
  if (element.failure !== undefined || element.tokens.length === 0) throw new Refusal(`${where}: an invalid group entry`);
  if (rootKind(element) !== 'object' || element.tokens[0]?.children === 0) {
    throw new Refusal(
      `${where}: an empty group entry. The device also takes it for one where a group before it holds an object or a list, such as auto_recovery: only the last group may`,
    );
  }
  const goal = textBehind(element, 'status_goal');
  const timeout = textBehind(element, 'timeout');
  const policy = textBehind(element, 'restart_policy');
  const statusGoal = goal === undefined ? 'STARTED' : readStatusGoal(goal, where);
  const timeoutSeconds = timeout === undefined ? DEFAULT_TIMEOUT_SECONDS : readTimeout(timeout, where);
  const restartPolicy = policy === undefined ? 'container' : readRestartPolicy(policy, where);
  const name = textBehind(element, 'name');
  if (name === undefined) throw new Refusal(`${where}: a group has no name`);
  return { name, restartPolicy, statusGoal, timeoutSeconds };
}

/** Source: pantavisor parser/parser_system1.c, parse_restart_policy. @throws Refusal */
export function readRestartPolicy(value: string, where: string): RestartPolicy {
  if (value === 'system' || value === 'container') return value;
  throw new Refusal(`${where}: restart_policy "${value}" is neither system nor container`);
}

/** Source: pantavisor parser/parser_system1.c, parse_status_goal. @throws Refusal */
export function readStatusGoal(value: string, where: string): StatusGoal {
  if (value === 'MOUNTED' || value === 'STARTED' || value === 'READY') return value;
  throw new Refusal(`${where}: status_goal "${value}" is none of MOUNTED, STARTED, READY`);
}

/** The digits that a text begins with, 0 without any, kept in 32 bits as the device keeps them. */
function readTimeout(value: string, where: string): number {
  const digits = /^[ \t\n\v\f\r]*([+-]?)0*(\d*)/.exec(value);
  const written = digits?.[2] ?? '';
  const amount = BigInt(written.length > 19 ? '9'.repeat(20) : written || '0') * (digits?.[1] === '-' ? -1n : 1n);
  const seconds = Number(BigInt.asIntN(32, amount));
  if (amount !== BigInt.asIntN(64, amount) || seconds < 0) throw new Refusal(`${where}: a timeout is negative or too large`);
  return seconds;
}

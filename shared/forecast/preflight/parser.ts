import { parseState, type StateDocument } from '../../state/state.ts';
import type { DeviceReading } from '../device/read.ts';
import { refusedManifests } from '../device/refused-manifests.ts';
import type { PreflightFinding } from '../preflight-types.ts';
import { unknownGroups } from './groups.ts';
import { told } from './told.ts';

const source = 'pantavisor parser/parser.c, pv_parser_get_state';

/** What the device's parser makes of the text: nothing else of a state matters where it is refused here. */
export function parserFindings(
  text: string,
  reading: DeviceReading,
  state: StateDocument | undefined,
): readonly PreflightFinding[] {
  if (reading.kind === 'accepted') return state === undefined ? notStrict(text) : [];
  const groups = state === undefined ? [] : unknownGroups(state);
  const manifests = refusedManifests(text).flatMap(({ key, kind, reason }): readonly PreflightFinding[] =>
    isToldByGroups(key, reason, groups) ? [] : [stopped(kind, reason, key)],
  );
  const toldBefore = [...groups, ...manifests];
  const key = keyNamed(reading.reason, state);
  const isTold = toldBefore.some((one) => one.key !== undefined && (one.key === key || reading.reason.startsWith(one.key)));
  return isTold ? toldBefore : [stopped(reading.kind, reading.reason, key), ...toldBefore];
}

function stopped(kind: 'refused' | 'crash', reason: string, key: string | undefined): PreflightFinding {
  if (kind === 'refused') {
    const advice = key === undefined ? 'Mend the text of the state.' : 'Mend this entry.';
    return told({ rule: 'parser-refuses', severity: 'refused', key, text: `The device refuses it: ${reason}.`, source, advice });
  }
  const text = `The device’s daemon dies reading it, and does not take it: ${reason}.`;
  return told({
    rule: 'parser-crashes',
    severity: 'refused',
    key,
    text,
    source,
    advice: 'Mend it before it comes near a device.',
  });
}

function isToldByGroups(key: string, reason: string, groups: readonly PreflightFinding[]): boolean {
  return reason.includes('there is no group') && groups.some((one) => one.key === key);
}

/** The device reads more than JSON: trailing commas, keys that are there twice. Everything else does not. */
function notStrict(text: string): readonly PreflightFinding[] {
  const parsed = parseState(text);
  if (parsed.ok) return [];
  return [
    told({
      rule: 'not-strict-json',
      severity: 'notice',
      text: `The device reads it, and others do not: ${parsed.reason} What its entries say was not looked at.`,
      source: 'pantavisor utils/json.c (libthttp jsmn)',
      advice: 'Write it as strict JSON with each key once.',
    }),
  ];
}

/** The entry that the device's reason begins with. */
export function keyNamed(reason: string, state: StateDocument | undefined): string | undefined {
  const word = /^[^\s:,]+/.exec(reason)?.[0];
  return word !== undefined && state?.byKey.has(word) ? word : undefined;
}

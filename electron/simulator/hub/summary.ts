/** /trails/summary: one line per device, which another program fills on the real hub (hub: trails/get-trails-summary.go). */
import { type Call, callerOf, isPerson, param } from './call.ts';
import { type Device, metaOf } from './device-records.ts';
import type { Hub } from './hub.ts';
import { canonicalText, isMap, type Json, type JsonMap, parseJson, quote, stringAt } from './json-text.ts';
import { matchesFilter } from './mongo-filter.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { type Route, route } from './routing.ts';
import { READ_TRAILS } from './scopes.ts';
import { NEVER_STORED, storedTime } from './times.ts';

export function summaryRoutes(hub: Hub): readonly Route[] {
  return [
    route('GET', '/summary', READ_TRAILS, (call) => list(hub, call)),
    route('GET', '/:id/summary', READ_TRAILS, (call) => getOne(hub, call)),
  ];
}

type Sent = 'text' | 'number' | 'flag' | 'time';

/** The database's names, the names sent, and what they are. */
const FIELDS: readonly (readonly [stored: string, sent: string, kind: Sent])[] = [
  ['deviceid', 'deviceid', 'text'],
  ['device', 'device', 'text'],
  ['device_nick', 'device-nick', 'text'],
  ['revision', 'revision', 'number'],
  ['progress_revision', 'progress-revision', 'number'],
  ['progress', 'progress', 'number'],
  ['public', 'public', 'flag'],
  ['state_sha256', 'state-sha', 'text'],
  ['status_msg', 'status-msg', 'text'],
  ['status', 'status', 'text'],
  ['timestamp', 'timestamp', 'time'],
  ['step_time', 'step-time', 'time'],
  ['progress_time', 'progress-time', 'time'],
  ['trail_touched_time', 'trail-touched-time', 'time'],
  ['real_ip', 'real-ip', 'text'],
  ['fleet_group', 'fleet-group', 'text'],
  ['fleet_model', 'fleet-model', 'text'],
  ['fleet_location', 'fleet-location', 'text'],
  ['fleet_rev', 'fleet-rev', 'text'],
];

const FOR_OWNERS_ONLY = ['fleet_group', 'fleet_location', 'fleet_model', 'fleet_rev', 'real_ip'];

function personOf(call: Call): string {
  const caller = callerOf(call);
  if (!isPerson(caller)) throw refuse(403, 'Need to be logged in as USER/SESSION user to get trail summary');
  return caller.prn;
}

/** All of an owner's, by a filter with the database's names. `-timestamp`, which is the default, sorts by a field of that name: not at all. */
function list(hub: Hub, call: Call): Reply {
  const owner = personOf(call);
  const filter = filterOf(call.query.get('filter') ?? '');
  const sort = call.query.get('sort') || '-timestamp';
  const known = hub.summary === 'live' ? hub.devices.ownedBy(owner).map((device) => summaryOf(hub, device)) : [];
  let rows: readonly JsonMap[] = known.filter((row) => row !== undefined);
  try {
    rows = rows.filter((row) => matchesFilter(row, filter));
  } catch {
    throw refuse(403, 'Error on fetching summaries: unknown operator');
  }
  if (FIELDS.some(([stored]) => stored === sort)) rows = rows.toSorted((a, b) => ordered(a[sort] ?? null, b[sort] ?? null));
  return answer(`[${rows.map(summaryText).join(',')}]`);
}

function filterOf(text: string): JsonMap {
  const given = text === '' ? {} : parseJson(text);
  if (!isMap(given)) throw refuse(400, 'Illegal Filter');
  return Object.fromEntries(Object.entries(given).filter(([key]) => key !== 'owner' && key !== 'garbage'));
}

function ordered(a: Json, b: Json): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function getOne(hub: Hub, call: Call): Reply {
  const owner = personOf(call);
  const device = hub.summary === 'live' ? hub.devices.get(param(call, 'id')) : undefined;
  const row = device && !device.garbage && (device.owner === owner || device.public) ? summaryOf(hub, device) : undefined;
  if (!device || !row) throw refuse(403, 'error finding new trailId');
  const hidden = Object.fromEntries(FOR_OWNERS_ONLY.map((field) => [field, '']));
  return answer(summaryText(device.owner === owner ? row : { ...row, ...hidden }));
}

/**
 * What the step says that was changed last, be it posted or reported on, and when anything was last heard of the device. Nothing for a
 * device without a trail. `pvr device ps` shows the progress revision, the status and the state as one line, so they are of one step.
 */
export function summaryOf(hub: Hub, device: Device): JsonMap | undefined {
  const trail = hub.steps.trail(device.id);
  const head = trail && hub.steps.head(device.id);
  const changed = head && hub.steps.lastChanged(device.id);
  if (!trail || !head || !changed) return undefined;
  const progress = parseJson(changed.progress);
  const meta = metaOf(device, 'userMeta');
  return {
    deviceid: device.id,
    device: device.prn,
    device_nick: device.nick,
    revision: head.rev,
    progress_revision: changed.rev,
    progress: isMap(progress) && typeof progress.progress === 'number' ? progress.progress : 0,
    public: device.public,
    state_sha256: changed.stateSha,
    status_msg: isMap(progress) ? stringAt(progress, 'status-msg') : '',
    status: changed.status,
    timestamp: Math.max(device.modified, trail.lastTouched, changed.modified),
    step_time: changed.stepTime,
    progress_time: changed.progressTime,
    trail_touched_time: trail.lastTouched,
    real_ip: '',
    fleet_group: stringAt(meta, 'fleet-group'),
    fleet_model: stringAt(meta, 'fleet-model'),
    fleet_location: stringAt(meta, 'fleet-location'),
    fleet_rev: stringAt(meta, 'fleet-rev'),
  };
}

function summaryText(row: JsonMap): string {
  const members = FIELDS.map(([stored, sent, kind]): readonly [string, string] => {
    const value = row[stored];
    if (kind === 'text') return [sent, quote(String(value ?? ''))];
    if (sent === 'progress-time' && value === 0) return [sent, quote(NEVER_STORED)];
    return [sent, kind === 'time' ? quote(storedTime(Number(value ?? 0))) : String(value ?? 0)];
  });
  return canonicalText(Object.fromEntries(members));
}

/** /changes/{devices,steps,trails}: what was changed after or before a moment (hub: changes/service.go). */
import { type Call, callerOf, isPerson } from './call.ts';
import { deviceText } from './device-records.ts';
import type { Hub } from './hub.ts';
import { objectText, quote } from './json-text.ts';
import { answer, empty, type Reply, refuse } from './reply.ts';
import { type Mount, route } from './routing.ts';
import { READ_DEVICES, READ_TRAILS } from './scopes.ts';
import type { Changes } from './step-records.ts';
import { stepMembers, trailMembers } from './step-text.ts';
import { freshTime, storedTime } from './times.ts';

const MOST = 250;

interface Changed {
  readonly at: number;
  readonly text: string;
}

type Finder = (owner: string, changes: Changes) => readonly Changed[];

export function changesMount(hub: Hub): Mount {
  const { states } = hub.steps;
  // Garbage, secrets and escaped keys: all as it is stored.
  const devices: Finder = (owner, changes) =>
    hub.devices
      .changes(owner, changes)
      .map((device) => ({ at: device.modified, text: deviceText(device, { metas: 'escaped' }) }));
  const steps: Finder = (owner, changes) =>
    hub.steps
      .changedSteps(owner, changes)
      .map((step) => ({ at: step.modified, text: objectText(stepMembers(step, states, { escaped: true })) }));
  const trails: Finder = (owner, changes) =>
    hub.steps
      .changedTrails(owner, changes)
      .map((trail) => ({ at: trail.lastTouched, text: objectText(trailMembers(trail, states, true)) }));
  return {
    prefix: '/changes',
    style: 'plain',
    gate: () => 'token',
    routes: [
      route('GET', '/devices', READ_DEVICES, (call) => page(hub, call, 'devices', devices)),
      route('GET', '/steps', READ_TRAILS, (call) => page(hub, call, 'steps', steps)),
      route('GET', '/trails', READ_TRAILS, (call) => page(hub, call, 'trails', trails)),
    ],
  };
}

/** Strictly after (or before) a time of whole milliseconds: rows of the same millisecond behind a page's edge are never shown. */
function page(hub: Hub, call: Call, kind: string, find: Finder): Reply {
  const caller = callerOf(call);
  if (!isPerson(caller)) throw refuse(400, 'Can only be updated by Device');
  const size = call.query.get('page[size]') ?? '';
  if (size === '') return empty(200);
  if (!/^[+-]?\d+$/.test(size)) throw refuse(400, '', 'page[size] must be valid integer');
  const [after, before] = [call.query.get('page[after]') ?? '', call.query.get('page[before]') ?? ''];
  const backwards = after === '' && before !== '';
  const given = after || before;
  const time = given === '' ? hub.now() : timeOf(given);
  // MongoDB takes 0 for no limit, and the sign for something else.
  const limit = Math.min(Math.abs(Number(size)), MOST) || -1;
  const rows = find(caller.prn, { ...(backwards ? { before: time } : { after: time }), limit });
  const shown = backwards ? rows.toReversed() : rows;

  const link = (side: 'after' | 'before', at: string): string =>
    `${hub.origin()}/changes/${kind}?page[size]=${size}&page[${side}]=${at}`;
  const now = freshTime(hub.now());
  const [first, last] = [shown.at(0), shown.at(-1)];
  // The side one came from has a link only where there is something, the other only where there is nothing to go on from.
  const nextLink = last ? link('after', storedTime(last.at)) : backwards ? link('after', now) : '';
  const prevLink = first ? link('before', storedTime(first.at)) : backwards ? '' : link('before', now);
  const links = objectText({ next: quote(nextLink), prev: quote(prevLink) });
  return answer(objectText({ links, data: `[${shown.map(({ text }) => text).join(',')}]` }));
}

function timeOf(text: string): number {
  const known = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const time = known ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw refuse(400, '', 'Error parsing time format');
  return time;
}

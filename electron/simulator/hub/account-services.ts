/** /dash/ with the quota, and /profiles/config/meta with the user-meta that all of an account's devices share (hub: dash/, profiles/). */
import { bodyMap, type Call, callerOf } from './call.ts';
import type { Hub } from './hub.ts';
import { goMap, type JsonMap, objectText, quote, quoteDots, unquoteDots } from './json-text.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { type Mount, route } from './routing.ts';
import { ANY_SCOPE } from './scopes.ts';
import { summaryOf } from './summary.ts';
import { storedTime } from './times.ts';

const GIB = 1024 ** 3;
/** Whoever has more than the free plan has one of his own (hub: subscriptions/subscription.go). */
const FREE = { bytes: 2 * GIB, devices: 25 };
const OWN_PLAN_DEVICES = 1000;
const TOP_DEVICES = 5;

export function dashMount(hub: Hub): Mount {
  return {
    prefix: '/dash',
    style: 'plain',
    gate: () => 'token',
    routes: [
      route('GET', '/auth_status', ANY_SCOPE, (call) => answer(JSON.stringify(callerOf(call).all))),
      route('GET', '/', ANY_SCOPE, (call) => dash(hub, call)),
    ],
  };
}

/** Quotas in whole GiB, what is used in hundredths; bandwidth is never counted. */
function dash(hub: Hub, call: Call): Reply {
  const caller = callerOf(call);
  const quota = hub.accounts.byPrn(caller.prn)?.quota ?? 0;
  const isFree = quota <= FREE.bytes;
  const stats = {
    BANDWIDTH: { Name: 'BANDWIDTH', Actual: 0, Max: 2, Unit: 'GiB' },
    DEVICES: {
      Name: 'DEVICES',
      Actual: hub.devices.count(caller.prn),
      Max: isFree ? FREE.devices : OWN_PLAN_DEVICES,
      Unit: 'Piece',
    },
    OBJECTS: {
      Name: 'OBJECTS',
      Actual: Math.trunc((hub.objects.usage(caller.prn) / GIB) * 100) / 100,
      Max: Math.trunc(quota / GIB),
      Unit: 'GiB',
    },
  };
  const billing = { Type: 'Monthly', AmountDue: 0, Currency: 'USD', VatRegion: 'World' };
  return answer(
    objectText({
      prn: quote(caller.prn),
      nick: quote(caller.nick),
      subscription: JSON.stringify({ 'plan-id': isFree ? 'FREE' : 'CUSTOM', billing, 'quota-stats': stats }),
      'top-devices': JSON.stringify(topDevices(hub, caller.prn)),
    }),
  );
}

function topDevices(hub: Hub, owner: string): readonly JsonMap[] {
  if (hub.summary === 'empty') return [];
  const newest = hub.devices
    .ownedBy(owner)
    .toSorted((a, b) => b.modified - a.modified)
    .slice(0, TOP_DEVICES);
  return newest.flatMap((device) => {
    const row = summaryOf(hub, device);
    if (!row) return [];
    const touched = new Date(Number(row.trail_touched_time)).toISOString().replace('T', ' ').replace('Z', ' +0000 UTC');
    return [
      {
        'device-id': device.id,
        nick: device.nick,
        prn: device.prn,
        message: `Device changed at ${touched}`,
        type: 'INFO',
        status: row.status ?? '',
        'last-activity': storedTime(Number(row.timestamp)),
      },
    ];
  });
}

export function profilesMount(hub: Hub): Mount {
  return {
    prefix: '/profiles',
    style: 'plain',
    gate: () => 'token',
    routes: [
      route('GET', '/config/meta', ANY_SCOPE, (call) => globalMeta(hub, call)),
      route('PUT', '/config/meta', ANY_SCOPE, (call) => setGlobalMeta(hub, call)),
    ],
  };
}

function accountOf(hub: Hub, call: Call): string {
  const account = hub.accounts.byPrn(callerOf(call).prn);
  if (!account) throw refuse(500, 'Account mongo: no documents in result');
  return account.prn;
}

function globalMeta(hub: Hub, call: Call): Reply {
  return answer(goMap(unquoteDots(hub.accounts.meta(accountOf(hub, call)))));
}

/** Replaces all of it. */
async function setGlobalMeta(hub: Hub, call: Call): Promise<Reply> {
  const prn = accountOf(hub, call);
  const meta = quoteDots(await bodyMap(call));
  hub.accounts.setMeta(prn, meta);
  return answer(goMap(unquoteDots(meta)));
}

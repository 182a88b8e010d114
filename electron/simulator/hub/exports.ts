/** /exports/:owner/:device/:rev/:file: a revision as pvr exports it (hub: exports/). */
import { createReadStream, statSync } from 'node:fs';
import { PassThrough, pipeline } from 'node:stream';
import { pipeline as finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { type Call, callerOf, param } from './call.ts';
import type { Hub } from './hub.ts';
import { canonicalOf, isMap, parseJson } from './json-text.ts';
import type { ObjectRecord } from './object-records.ts';
import { type Reply, refuse } from './reply.ts';
import { type Mount, route } from './routing.ts';
import { ANY_SCOPE } from './scopes.ts';
import { stepObjects } from './step-objects.ts';
import type { Step } from './step-records.ts';

export function exportsMount(hub: Hub): Mount {
  return {
    prefix: '/exports',
    style: 'plain',
    gate: () => 'anonymous',
    routes: [route('GET', '/:owner/:nick/:rev/:filename', ANY_SCOPE, (call) => exported(hub, call))],
  };
}

function exported(hub: Hub, call: Call): Reply {
  const caller = callerOf(call);
  const asking = caller.owner ?? caller.prn;
  const account = hub.accounts.byNick(param(call, 'owner'));
  if (!account) throw refuse(403, 'Error finding owner user account by nick');
  const device = hub.devices.byNick(account.prn, param(call, 'nick'));
  if (!device || (asking !== account.prn && !device.public)) throw refuse(404, 'No Access');
  const rev = param(call, 'rev');
  const step = rev === 'latest' ? hub.steps.head(device.id) : hub.steps.step(device.id, rev);
  // A device asks for its objects under its owner's name, which finds nothing.
  if (!step || (!device.public && caller.type === 'DEVICE')) throw refuse(404, 'step not found');

  const state = filtered(hub.steps.states.text(step.stateSha), call.query.get('parts') ?? '');
  const named = hub.steps.states.objects(step.stateSha).filter(({ name }) => name in state);
  const objects = stepObjects(hub, step, named).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const filename = param(call, 'filename');
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename=${filename}`,
      Pragma: 'no-cache',
      Expires: '0',
    },
    body: tarball(hub, step, canonicalOf(state), objects, /\.(gz|tgz)$/i.test(filename)),
  };
}

/** The parts asked for, or all but those with a minus. */
function filtered(text: string, parts: string): Readonly<Record<string, unknown>> {
  const state = parseJson(text);
  if (!isMap(state)) return {};
  if (parts === '') return state;
  const names = parts.split(',');
  const without = names.filter((name) => name.startsWith('-')).map((name) => name.slice(1));
  const kept = names.filter((name) => !name.startsWith('-'));
  return Object.fromEntries(
    Object.entries(state).filter(
      ([key]) =>
        (kept.length === 0 || kept.some((name) => key.startsWith(name))) && !without.some((name) => key.startsWith(name)),
    ),
  );
}

/** What Go's file server says, and what an object without a file is in an export. */
const MISSING = '404 page not found\n';

/** An object with two names is in it twice. */
function tarball(
  hub: Hub,
  step: Step,
  state: string,
  objects: readonly ObjectRecord[],
  zipped: boolean,
): AsyncIterable<Uint8Array> {
  const tar = pack();
  void fill().catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  const out = zipped ? createGzip() : new PassThrough();
  pipeline(tar, out, () => {});
  return out;

  async function fill(): Promise<void> {
    tar.entry({ name: 'json', mode: 0o600, mtime: new Date(step.modified) }, state);
    for (const object of objects) {
      const path = hub.objects.path(object.linked || object.storageId);
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      const header = { name: `objects/${object.sha}`, mode: 0o600, mtime: new Date(object.modified) };
      if (size === undefined) tar.entry(header, MISSING);
      else await finished(createReadStream(path), tar.entry({ ...header, size }));
    }
    tar.finalize();
  }
}

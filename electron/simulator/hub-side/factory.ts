/** The first revision goes up: its objects, then the state as the device's trail (updater.c, trail_first_boot). */
import { parseState } from '../../../shared/state/state.ts';
import type { HubHost } from './host.ts';
import { readObject } from './replies.ts';
import type { HubSession } from './session.ts';

/** Posts what runs as revision 0 of the hub's trail. False where the hub did not take all of it; it is tried again then. */
export async function postFactory(host: HubHost, session: HubSession): Promise<boolean> {
  const state = host.trail.state(host.life().boot.running);
  const parsed = parseState(state ?? '');
  if (state === undefined || !parsed.ok) return false;
  for (const entry of parsed.state.entries) {
    if (entry.kind !== 'object') continue;
    if (!host.objects.matches(entry.sha) || !(await putObject(host, session, entry.key, entry.sha))) return false;
  }
  return (await session.ask({ method: 'POST', url: '/trails/', body: state })) !== undefined;
}

/** 409: the owner has it already. */
async function putObject(host: HubHost, session: HubSession, key: string, sha: string): Promise<boolean> {
  const size = host.objects.size(sha) ?? 0;
  const body = JSON.stringify({ objectname: key, size: String(size), sha256sum: sha });
  const offered = await session.exchange({ method: 'POST', url: '/objects/', body });
  if (offered?.status === 409) return true;
  const url = offered?.status === 200 ? readObject(offered.text)?.putUrl : undefined;
  if (url === undefined || url === '') return false;
  // The device takes the path of the signed address and its own idea of where the hub is.
  const { pathname, search } = new URL(url, session.origin);
  const upload = { size, bytes: host.objects.read(sha) };
  const put = await session.knock({ method: 'PUT', url: `${pathname}${search}`, body: upload });
  return put?.status === 200;
}

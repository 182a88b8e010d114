/** Somebody at the demo hub posts updates to a few devices, so that some are always found in the middle of one. */
import { z } from 'zod';
import { readJson } from '../exchange.ts';
import type { HubHttp } from '../hub-side/http.ts';
import { readToken } from '../hub-side/replies.ts';

export type Poster = { readonly nick: string; readonly password: string };
export type Rollout = {
  readonly deviceId: string;
  readonly states: readonly string[];
  readonly message: string;
  readonly by: string;
};

const stepsSchema = z.array(z.object({ rev: z.number(), progress: z.object({ status: z.string() }) }));
const ANY = encodeURIComponent('{"$ne":""}');

/** Posts to each device the one of its states that it does not have; leaves out those with an update under way. */
export async function rollOut(http: HubHttp, { nick, password }: Poster, rollouts: readonly Rollout[]): Promise<void> {
  const login = await http.send({ method: 'POST', url: '/auth/login', body: JSON.stringify({ username: nick, password }) });
  const token = login?.status === 200 ? readToken(login.text) : undefined;
  if (token === undefined) return;
  const headers = { Authorization: `Bearer ${token}` };
  for (const { deviceId, states, message, by } of rollouts) {
    const trail = `/trails/${deviceId}/steps`;
    const listed = await http.send({ method: 'GET', url: `${trail}?progress.status=${ANY}&fields=rev,progress.status`, headers });
    const steps = listed?.status === 200 ? readJson(stepsSchema, listed.text) : undefined;
    const head = steps?.at(-1);
    const ended = steps?.findLast(({ progress: { status } }) => status === 'DONE' || status === 'UPDATED');
    if (head === undefined || ended === undefined || !FINAL.includes(head.progress.status)) continue;
    const running = await http.send({ method: 'GET', url: `${trail}/${ended.rev}/state`, headers });
    const next = states.find((state) => state !== running?.text.trim());
    if (next === undefined) continue;
    const said = JSON.stringify({ 'commit-msg': message, committer: by, rev: -1 });
    await http.send({ method: 'POST', url: trail, headers, body: `${said.slice(0, -1)},"state":${next}}` });
  }
}

const FINAL: readonly string[] = ['DONE', 'UPDATED', 'WONTGO', 'ERROR', 'CANCEL'];

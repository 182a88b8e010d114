import { knownProblem, TrailbossError } from '../../../shared/contract/errors.ts';
import type { HubAddress, HubProbe } from '../../../shared/contract/hub.ts';
import { readRefusal, refusalProblem } from './refusal.ts';
import { textOf } from './reply.ts';
import { HubWire } from './wire.ts';
import { notAHub } from './words.ts';

const probeMs = 10_000;

/** What answers at an address, asked without any credential. Never throws but CANCELLED. */
export async function probeHub(
  address: HubAddress,
  ports: { readonly now: () => number; readonly signal: AbortSignal },
): Promise<HubProbe> {
  try {
    const wire = new HubWire(address, ports.now);
    try {
      await checkHub(wire, ports.signal);
      return { kind: 'hub', browserSignIn: await hasPkce(wire, ports.signal) };
    } finally {
      await wire.close();
    }
  } catch (error) {
    if (error instanceof TrailbossError && error.code !== 'CANCELLED') return { kind: 'problem', problem: knownProblem(error) };
    throw error;
  }
}

/** A hub says who it is when it asks for a token (hub: base/init.go): `WWW-Authenticate: JWT realm="pantahub services", …`. */
async function checkHub(wire: HubWire, signal: AbortSignal): Promise<void> {
  const reply = await wire.send({ method: 'GET', path: '/auth/auth_status', signal, timeoutMs: probeMs }, undefined);
  const challenge = reply.header('www-authenticate') ?? '';
  if (reply.status === 401 && /realm="?pantahub services/i.test(challenge)) return;
  const refusal = readRefusal(reply);
  if (reply.status >= 300 && (reply.status < 400 || reply.status >= 500)) {
    throw refusalProblem(reply, wire.host, { doing: 'to answer' });
  }
  if (reply.status === 200 && !refusal.webPage) textOf(reply, wire.host);
  throw notAHub(
    wire.host,
    refusal.webPage ? `a web page came back (${reply.status})` : `it does not answer as a hub does (${reply.status})`,
  );
}

/** Without its parameters the place of the browser sign-in is refused with 400; where there is none, with 401 or 404. */
async function hasPkce(wire: HubWire, signal: AbortSignal): Promise<boolean> {
  const reply = await wire.send({ method: 'GET', path: '/auth/oauth/authorize', signal, timeoutMs: probeMs }, undefined);
  return reply.status === 400 && readRefusal(reply).byHub;
}

/** The device's session with its hub: one token, and whether the hub answers (pantahub_proto.c). */
import type { HubHost } from './host.ts';
import type { HubCall, HubDownload, HubHttp, HubReply } from './http.ts';
import { readToken } from './replies.ts';

export interface HubSession {
  /** The hub's address. */
  readonly origin: string;
  token(): string | undefined;
  isOpen(): boolean;
  isOnline(): boolean;
  /** Logs in as the device; false where the hub does not let it, or does not answer. */
  open(): Promise<boolean>;
  /** Forgets the token. */
  close(): void;
  /** The text of a reply with status 200; undefined for every other one. A 401 ends the session. */
  ask(call: HubCall): Promise<string | undefined>;
  /** As {@link ask}, with every status. */
  exchange(call: HubCall): Promise<HubReply | undefined>;
  /** Without a token: to register, to log in, and to a signed address. */
  knock(call: HubCall): Promise<HubReply | undefined>;
  /** From a signed address: the token stays at home. */
  download(call: HubCall): Promise<HubDownload | undefined>;
}

/** Host and port, the port always said (event_rest.c). */
export function addressOf(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}

/**
 * @param silent called for each request without a reply.
 * @param kept a token of an earlier session; one that has ended is noticed as every other one is.
 */
export function openSession(host: HubHost, http: HubHttp, silent: () => void, kept?: string): HubSession {
  let token = kept;
  let online = false;

  function heard(answered: boolean): void {
    if (!answered) silent();
    if (online === answered) return;
    online = answered;
    if (online) host.deviceMeta.set('pantahub.address', addressOf(http.origin));
    host.log('DEBUG', `[pantahub_proto]: Pantacor Hub client is now ${online ? 'online' : 'offline'}`);
    host.deviceMeta.set('pantahub.online', online ? '1' : '0');
  }

  async function knock(call: HubCall): Promise<HubReply | undefined> {
    const reply = host.faults.has('no-hub') ? undefined : await http.send(call);
    if (call.signal?.aborted !== true) heard(reply !== undefined);
    return reply;
  }

  async function exchange(call: HubCall): Promise<HubReply | undefined> {
    if (token === undefined) return undefined;
    const current = token;
    const reply = await knock({ ...call, headers: { ...call.headers, Authorization: `Bearer ${current}` } });
    if (reply?.status === 401 && token === current) token = undefined;
    if (reply && reply.status !== 200) host.log('WARN', `[pantahub_proto]: ${call.method} returned ${reply.status}`);
    return reply;
  }

  return {
    origin: http.origin,
    token: () => token,
    isOpen: () => token !== undefined,
    isOnline: () => online,
    async open() {
      const known = host.credentials.read();
      if (known === undefined) return false;
      const body = JSON.stringify({ username: known.prn, password: known.secret });
      const reply = await knock({ method: 'POST', url: '/auth/login', body });
      token = reply?.status === 200 ? readToken(reply.text) : undefined;
      return token !== undefined;
    },
    close() {
      token = undefined;
    },
    async ask(call) {
      const reply = await exchange(call);
      return reply?.status === 200 ? reply.text : undefined;
    },
    exchange,
    knock,
    async download(call) {
      const reply = host.faults.has('no-hub') ? undefined : await http.download(call);
      if (call.signal?.aborted !== true) heard(reply !== undefined);
      return reply;
    },
  };
}

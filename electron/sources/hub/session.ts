import type { TrailbossError } from '../../../shared/contract/errors.ts';
import { abortable } from '../../net/deadline.ts';
import type { HubCredential } from './hub.ts';
import { type HubClaims, readClaims } from './jwt.ts';
import { login, refresh } from './login.ts';
import type { HubStatus } from './status.ts';
import type { HubWire } from './wire.ts';
import { sessionEnded } from './words.ts';

/** A token is renewed when a fifth of its life is left, five minutes at most, in milliseconds. */
const longestMargin = 5 * 60_000;

interface Held {
  readonly token: string;
  readonly claims: HubClaims | undefined;
  /** By the hub's clock. */
  readonly renewAt: number;
}

/**
 * The token of one account: there before it is needed, renewed before it ends, by one renewal at a time that all who need it wait
 * for. It ends only when the hub refuses the credential itself.
 */
export class HubSession {
  readonly #wire: HubWire;
  readonly #status: HubStatus;
  readonly #onCredential: (credential: HubCredential) => void;
  readonly #closing = new AbortController();
  #credential: HubCredential | undefined;
  #held: Held | undefined;
  #renewal: Promise<string> | undefined;
  #ended: TrailbossError | undefined;

  constructor(
    wire: HubWire,
    status: HubStatus,
    credential: HubCredential | undefined,
    onCredential: (credential: HubCredential) => void,
  ) {
    this.#wire = wire;
    this.#status = status;
    this.#onCredential = onCredential;
    this.#take(credential);
  }

  get credential(): HubCredential | undefined {
    return this.#credential;
  }

  renewWith(credential: HubCredential): void {
    this.#take(credential);
    this.#status.connecting();
  }

  /** A token that holds. Throws SESSION_ENDED, and what keeps the hub from giving one. */
  async token(signal: AbortSignal): Promise<string> {
    const held = this.#held;
    if (this.#ended !== undefined) throw this.#ended;
    const now = this.#wire.clock.now();
    if (held !== undefined && now < held.renewAt) return held.token;
    try {
      return await abortable(this.#renew(held?.token, false), signal);
    } catch (error) {
      // A renewal that does not work now can wait as long as the token holds.
      const holds = held !== undefined && held === this.#held && now < (held.claims?.endsAt ?? 0);
      if (holds && this.#ended === undefined && !signal.aborted) return held.token;
      throw error;
    }
  }

  /** Another token than this one, which the hub did not take in the middle of the work. */
  async another(refused: string, signal: AbortSignal): Promise<string> {
    if (this.#ended !== undefined) throw this.#ended;
    const held = this.#held;
    if (held !== undefined && held.token !== refused) return held.token;
    return abortable(this.#renew(refused, true), signal);
  }

  close(): void {
    this.#closing.abort();
  }

  #take(credential: HubCredential | undefined): void {
    this.#credential = credential;
    this.#renewal = undefined;
    this.#ended = undefined;
    this.#held = credential?.kind === 'session' ? this.#hold(credential.token) : undefined;
    if (credential === undefined) this.#end('its secret is not kept on this computer');
  }

  #renew(from: string | undefined, refused: boolean): Promise<string> {
    if (this.#renewal !== undefined) return this.#renewal;
    const renewal = this.#renewed(from, refused)
      .catch((error: unknown) => {
        // Nobody who waits gave up: the account was closed under them.
        throw this.#closing.signal.aborted ? sessionEnded(this.#wire.host, 'it was closed here', error) : error;
      })
      .finally(() => {
        if (this.#renewal === renewal) this.#renewal = undefined;
      });
    // Nobody may be left to hear of a failure when all who waited gave up.
    renewal.catch(() => undefined);
    this.#renewal = renewal;
    return renewal;
  }

  async #renewed(from: string | undefined, refused: boolean): Promise<string> {
    const credential = this.#credential;
    const { signal } = this.#closing;
    let token = from === undefined || refused ? undefined : await this.#refreshed(from, credential?.kind === 'api-token', signal);
    if (token === undefined && credential?.kind === 'api-token') {
      token = await login(this.#wire, credential.name, credential.secret, signal);
    }
    if (credential !== this.#credential) return this.token(signal);
    if (token === undefined) {
      throw this.#end(
        credential?.kind === 'api-token' ? 'it refuses the API token, which was revoked or has ended' : 'it has ended',
      );
    }
    this.#held = this.#hold(token);
    if (credential?.kind === 'session') {
      this.#credential = { ...credential, token };
      this.#onCredential(this.#credential);
    }
    return token;
  }

  /** Where there is an API token to fall back to, a renewal that does not work is no matter. */
  async #refreshed(token: string, optional: boolean, signal: AbortSignal): Promise<string | undefined> {
    const claims = readClaims(token);
    const renewable = claims === undefined || claims.since !== undefined;
    if (!renewable) return undefined;
    try {
      return await refresh(this.#wire, token, signal);
    } catch (error) {
      if (optional) return undefined;
      throw error;
    }
  }

  #hold(token: string): Held {
    const claims = readClaims(token);
    const now = this.#wire.clock.now();
    const endsAt = claims?.endsAt;
    // One that can't be renewed, or does not say when it ends, is used until the hub refuses it.
    if (endsAt === undefined || claims?.since === undefined) return { token, claims, renewAt: Number.POSITIVE_INFINITY };
    return { token, claims, renewAt: endsAt - Math.min(longestMargin, Math.max(0, endsAt - now) / 5) };
  }

  #end(detail: string): TrailbossError {
    const error = sessionEnded(this.#wire.host, detail);
    this.#ended = error;
    this.#held = undefined;
    this.#status.signedOut(error);
    return error;
  }
}

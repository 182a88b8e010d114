import type { z } from 'zod';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { WebReply, WebStream } from '../../net/https.ts';
import { jsonRows } from './json-rows.ts';
import { type Intent, isBusy, patienceAsked, readRefusal, refusalProblem } from './refusal.ts';
import { jsonOf, parseReply, textOf } from './reply.ts';
import type { HubSession } from './session.ts';
import type { HubStatus } from './status.ts';
import type { HubCall, HubWire } from './wire.ts';
import { badReply, onlyErrors } from './words.ts';

/** So many errors of the hub's own in a row are its state, and no longer an answer to what was asked (500 is both: hub.md §10.4). */
const errorsInARow = 4;

/** Seconds for which a hub is left alone at most, whatever it asks for. */
const longestRest = 600;

/** The hub's API with the account's token: what all resources ask through. */
export class HubApi {
  readonly wire: HubWire;
  readonly session: HubSession;
  readonly #status: HubStatus;
  #restUntil = 0;
  #errors = 0;

  constructor(wire: HubWire, session: HubSession, status: HubStatus) {
    this.wire = wire;
    this.session = session;
    this.#status = status;
  }

  /** The hub asked to be left alone until then (Retry-After), by this computer's clock; 0 where it never did. */
  get restUntil(): number {
    return this.#restUntil;
  }

  get host(): string {
    return this.wire.host;
  }

  /**
   * One exchange, whatever its status. A token that the hub refuses in the middle of the work is renewed once, and the exchange is
   * made again; it was not begun, since the hub looks at the token first.
   */
  async send(call: HubCall): Promise<WebReply> {
    return this.#watched(async () => {
      const token = await this.session.token(call.signal);
      const reply = await this.wire.send(call, token);
      if (reply.status !== 401) return this.#noted(reply);
      return this.#noted(await this.wire.send(call, await this.session.another(token, call.signal)));
    });
  }

  /** The same with a reply of any length. */
  async open(call: HubCall): Promise<WebStream> {
    return this.#watched(async () => {
      const token = await this.session.token(call.signal);
      const stream = await this.wire.open(call, token);
      if (stream.status !== 401) return stream;
      // What else it says does not matter, nor whether that can be read.
      await stream.read(65_536).catch(() => undefined);
      return this.wire.open(call, await this.session.another(token, call.signal));
    });
  }

  /** The reply's value with status 200; throws what `refusalProblem` makes of any other. */
  async json<T>(call: HubCall, schema: z.ZodType<T>, intent: Intent): Promise<T> {
    const reply = await this.#good(call, intent);
    return this.read(reply, schema, intent);
  }

  /** The entries of a long list, in bunches. */
  async *rows(call: HubCall, intent: Intent): AsyncGenerator<readonly unknown[]> {
    const reply = await this.#good(call, intent);
    try {
      yield* jsonRows(reply.body);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
      // What it is instead of a list.
      await this.#watched(() => jsonOf(reply, this.host, intent.unchanged));
      throw this.#failed(badReply(this.host, 'its JSON is not what a hub sends (no list)', intent.unchanged, error));
    }
  }

  async text(call: HubCall, intent: Intent): Promise<string> {
    const reply = await this.#good(call, intent);
    return this.#watched(() => textOf(reply, this.host, intent.unchanged));
  }

  read<T>(reply: WebReply, schema: z.ZodType<T>, intent: Intent): Promise<T> {
    return this.#watched(() => parseReply(reply, schema, this.host, intent.unchanged));
  }

  refusal(reply: WebReply, intent: Intent): TrailbossError {
    return refusalProblem(reply, this.host, intent);
  }

  async #good(call: HubCall, intent: Intent): Promise<WebReply> {
    const reply = await this.send({ ...call, ...(intent.unchanged === undefined ? {} : { unchanged: intent.unchanged }) });
    if (reply.status !== 200) throw this.#failed(this.refusal(reply, intent));
    return reply;
  }

  #noted(reply: WebReply): WebReply {
    const wait = isBusy(readRefusal(reply)) ? patienceAsked(reply, this.wire.clock.now()) : undefined;
    if (wait !== undefined) this.#restUntil = this.wire.clock.local() + Math.min(wait, longestRest) * 1000;
    const ok = reply.status === 200 || reply.status === 409;
    this.#errors = reply.status >= 500 ? this.#errors + 1 : 0;
    if (this.#errors >= errorsInARow) this.#failed(onlyErrors(this.host));
    else if (!ok && !readRefusal(reply).byHub) this.#failed(refusalProblem(reply, this.host, { doing: 'to answer' }));
    else if (!ok || reply.body.length > 0) this.#status.heard();
    return reply;
  }

  async #watched<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof TrailbossError) this.#failed(error);
      throw error;
    }
  }

  #failed(error: TrailbossError): TrailbossError {
    this.#status.failed(error);
    return error;
  }
}

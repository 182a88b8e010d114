/** The client of the recordings once more: polls a control socket and sends the recorded commands, on a clock that is stepped. */
import { request as httpRequest } from 'node:http';
import type { SteppedClock } from './clock.ts';
import type { Voice } from './life/model.ts';
import type { Observation } from './recording.ts';

/** How often each thing was asked, device seconds; a poller that waits for an answer asks nothing meanwhile. */
const PERIODS = { progress: 0.25, steps: 0.5, containers: 1, 'device-meta': 1.5, daemons: 4 } as const;
type Polled = keyof typeof PERIODS;
const POLL_TIMEOUT = 4;
const COMMAND_TIMEOUT = 15;
/** Small enough that a poll meets every moment that lasts a quarter of a second. */
const STEP = 0.05;

export type PlannedRequest = { readonly at: number; readonly method: string; readonly path: string; readonly body: string };
export type PlannedDeed = { readonly at: number; readonly run: () => void };

type Plan = {
  readonly clock: SteppedClock;
  readonly socket: string;
  readonly voice: () => Voice;
  /** The revision whose progress is polled. */
  readonly revision: string;
  readonly requests: readonly PlannedRequest[];
  readonly deeds: readonly PlannedDeed[];
  /** When to start and to stop, device seconds before and after the command. */
  readonly from: number;
  readonly until: number;
};

type Pending = {
  readonly what: string;
  readonly sent: number;
  readonly timeout: number;
  settled: boolean;
  readonly done: Promise<void>;
  abort(): void;
};

/** @returns what was seen, every answer of it, in the order of sending. */
export async function replay(plan: Plan): Promise<readonly Observation[]> {
  const seen: Observation[] = [];
  const waiting = new Map<string, Pending>();
  const nextPoll = new Map<Polled, number>(Object.keys(PERIODS).map((what) => [asPolled(what), plan.from]));
  const requests = [...plan.requests].sort((a, b) => a.at - b.at);
  const deeds = [...plan.deeds].sort((a, b) => a.at - b.at);
  const begun = plan.clock.now();
  const now = (): number => plan.from + plan.clock.now() - begun;

  function send(what: string, asked: Omit<PlannedRequest, 'at'>, timeout: number): void {
    const sent = now();
    const call = ask(plan.socket, asked);
    const pending: Pending = { what, sent, timeout, settled: false, done: finish(), abort: call.abort };
    waiting.set(what, pending);
    async function finish(): Promise<void> {
      const answer = await call.answer;
      pending.settled = true;
      seen.push({ t_ms: Math.round(sent * 1000), what, elapsed_ms: Math.round((now() - sent) * 1000), ...answer });
      if (waiting.get(what) === pending) waiting.delete(what);
    }
  }

  while (now() < plan.until) {
    while (deeds[0] && deeds[0].at <= now()) deeds.shift()?.run();
    if (!waiting.has('command') && requests[0] && requests[0].at <= now()) {
      const next = requests.shift();
      if (next) send('command', next, COMMAND_TIMEOUT);
      await settle(waiting, plan.voice, now());
      continue;
    }
    for (const [what, due] of nextPoll) {
      if (due > now() || waiting.has(what)) continue;
      nextPoll.set(what, now() + PERIODS[what]);
      send(
        what,
        { method: 'GET', path: what === 'progress' ? `/steps/${plan.revision}/progress` : `/${what}`, body: '' },
        POLL_TIMEOUT,
      );
    }
    await settle(waiting, plan.voice, now());
    plan.clock.advance(STEP);
  }
  for (const pending of waiting.values()) pending.abort();
  await Promise.all([...waiting.values()].map((each) => each.done));
  return seen;
}

/** A request that is open after so many turns of the loop on a device that answers is one that it never answers. */
const PATIENCE = 400;

/** Gives up what has waited too long, and waits for everything that the device answers, resets or refuses now. */
async function settle(waiting: ReadonlyMap<string, Pending>, voice: () => Voice, now: number): Promise<void> {
  for (const pending of waiting.values()) if (now - pending.sent >= pending.timeout) pending.abort();
  for (let turns = 0; turns < PATIENCE; turns += 1) {
    const open = [...waiting.values()].filter((each) => !each.settled);
    if (open.length === 0) return;
    await Promise.race([Promise.all(open.map((each) => each.done)), turnOfTheLoop()]);
    // A silent device holds every request; a stop of a container makes it silent while its own request waits.
    if (voice() === 'silent' && turns > 4) return;
  }
}

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function asPolled(what: string): Polled {
  for (const each of ['progress', 'steps', 'containers', 'device-meta', 'daemons'] as const) if (each === what) return each;
  throw new Error(`nobody polls ${what}`);
}

type Answer = Pick<Observation, 'status' | 'error' | 'body'> & { readonly headers?: Readonly<Record<string, string>> };

/** One request on a connection of its own; what goes wrong is named as curl numbers it. */
function ask(socketPath: string, asked: Omit<PlannedRequest, 'at'>): { readonly answer: Promise<Answer>; abort(): void } {
  const failed = (curl: number): Answer => ({ status: null, error: { curl }, body: null });
  let abort = (): void => {};
  const answer = new Promise<Answer>((resolve) => {
    const headers = { 'Content-Length': String(Buffer.byteLength(asked.body)) };
    const sent = httpRequest({ socketPath, method: asked.method, path: asked.path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(failed(56)));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? null,
          error: null,
          body: parsed(Buffer.concat(chunks).toString('utf8')),
          headers: { 'Retry-After': response.headers['retry-after'] ?? '' },
        }),
      );
    });
    sent.on('error', (error: NodeJS.ErrnoException) =>
      resolve(failed(error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? 7 : 56)),
    );
    sent.end(asked.body);
    abort = () => {
      resolve(failed(28));
      sent.destroy();
    };
  });
  return { answer, abort };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

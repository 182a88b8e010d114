import { z } from 'zod';
import type { TrailbossError } from '../../../shared/contract/errors.ts';
import { decodeUtf8 } from '../../net/http.ts';
import type { WebReply } from '../../net/https.ts';
import { hubError, notAHub, nothingChanged } from './words.ts';

const Text = z.string().min(1).optional().catch(undefined);

/** Three of the hub's four error shapes: RError, go-json-rest's, ModelError. The fourth is no body at all (hub.md §0). */
const Shape = z.object({ error: Text, msg: Text, Error: Text, message: Text });

/** What a hub said when it said no. */
export interface HubRefusal {
  readonly status: number;
  /** By which its operator finds the reason, which the hub tells nobody else. */
  readonly supportId: string | undefined;
  /** What the hub wants people to read; rarely there. */
  readonly message: string | undefined;
  /** The token has not the right that this needs. */
  readonly scopeMissing: boolean;
  /** The body is in one of the hub's own shapes, so it is the hub that answered and no proxy before it. */
  readonly byHub: boolean;
  readonly webPage: boolean;
}

/** What the caller wanted, for the sentences: "{host} refused {doing}". */
export interface Intent {
  readonly doing: string;
  readonly unchanged?: string | undefined;
}

export function readRefusal(reply: WebReply): HubRefusal {
  const text = decodeUtf8(reply.body.subarray(0, 20_000)) ?? '';
  const shape = Shape.safeParse(parsed(text));
  const { error, msg, Error: restError, message } = shape.success ? shape.data : {};
  const scopeMissing = reply.status === 403 && (reply.header('www-authenticate') ?? '').includes('insufficient_scope');
  return {
    status: reply.status,
    supportId: error,
    message: msg ?? restError ?? message,
    scopeMissing,
    byHub: shape.success && (error ?? restError ?? message) !== undefined,
    webPage: isWebPage(reply, text),
  };
}

export function isWebPage(reply: WebReply, text: string): boolean {
  return (reply.header('content-type') ?? '').includes('html') || /^\s*<(!doctype|html|head|body)/i.test(text.slice(0, 200));
}

/** A refusal for people, where its place says nothing more exact. */
export function refusalProblem(reply: WebReply, host: string, intent: Intent): TrailbossError {
  const refusal = readRefusal(reply);
  const { status } = refusal;
  const unchanged = intent.unchanged ?? nothingChanged;
  const raw = rawRefusal(refusal);
  if (status >= 300 && status < 400) return redirected(reply, host, unchanged);
  if (isQuota(refusal)) return quotaExceeded(host, refusal, unchanged);
  if (refusal.scopeMissing) {
    const next = 'Sign in again with your user name and password, so that Trailboss gets a token with all rights.';
    return hubError('REFUSED_BY_HUB', { what: `This sign-in has not the right ${intent.doing}.`, unchanged, next, raw });
  }
  if (status === 404) {
    const what = `${host} knows nothing of what was asked ${intent.doing}.`;
    return hubError('NOT_FOUND', { what, unchanged, next: 'Look at the device list: it may have been deleted meanwhile.', raw });
  }
  if (isBusy(refusal)) {
    const wait = reply.header('retry-after');
    return hubError('NOT_ANSWERING', {
      what: `${host} can’t answer at the moment (${status}).`,
      unchanged,
      next: `${patienceWords(wait)}It is asked again by itself.`,
      raw,
    });
  }
  if (refusal.webPage) return notAHub(host, `a web page came back (${status})`, unchanged);
  return hubError('REFUSED_BY_HUB', {
    what: `${host} refused ${intent.doing}${refusal.message === undefined ? '' : `: ${withoutStop(refusal.message)}`}.`,
    unchanged,
    next:
      refusal.supportId === undefined
        ? 'Try again. If it stays, look at the device on the hub’s own pages.'
        : 'The hub keeps its reasons to itself. If it stays, its operator can find them by the id below.',
    raw,
  });
}

/** 429 and the answers of a proxy before a hub that is down. A hub's own 503 would be meant. */
export function isBusy(refusal: HubRefusal): boolean {
  return refusal.status === 429 || [502, 503, 504].includes(refusal.status);
}

/** Seconds of patience that the answer asks for, in either form of Retry-After (RFC 9110, 10.2.3); `now` by the hub's clock. */
export function patienceAsked(reply: WebReply, now: number): number | undefined {
  const asked = reply.header('retry-after')?.trim() ?? '';
  const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - now) / 1000;
  return seconds > 0 ? seconds : undefined;
}

function patienceWords(asked: string | undefined): string {
  if (asked === undefined) return '';
  return /^\d{1,9}$/.test(asked.trim()) ? `It asks for ${asked.trim()} s of patience. ` : 'It asks for patience. ';
}

/** The hub says it with 500 and a message (hub: objects/object-utils.go). */
export function isQuota(refusal: HubRefusal): boolean {
  return /quota exceeded/i.test(refusal.message ?? '');
}

export function quotaExceeded(host: string, refusal: HubRefusal, unchanged: string): TrailbossError {
  return hubError('QUOTA_EXCEEDED', {
    what: `${host} takes no more: the account’s quota is used up.`,
    unchanged,
    next: 'Make room on the hub (delete devices that are not used any more), or ask its operator for more, then go on.',
    raw: rawRefusal(refusal),
  });
}

/** The status and the hub's own words: never a body of another kind, which may have secrets in it. */
export function rawRefusal({ status, supportId, message }: HubRefusal): string {
  return [`HTTP ${status}`, supportId, message].filter((part) => part !== undefined).join(' · ');
}

function redirected(reply: WebReply, host: string, unchanged: string): TrailbossError {
  const target = URL.parse(reply.header('location') ?? '');
  return notAHub(host, `it sends visitors on to ${target === null ? 'another place' : target.host}`, unchanged);
}

function withoutStop(sentence: string): string {
  return sentence.trim().slice(0, 300).replace(/\.$/, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

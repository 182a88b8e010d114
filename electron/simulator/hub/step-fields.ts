/** Which steps, how many, and which of their fields (hub: utils/querymongo). */
import { canonicalText, type Members } from './json-text.ts';
import { panic, type Refusal } from './reply.ts';
import { progressText } from './step-text.ts';
import { ZERO_TIME } from './times.ts';

/** What the database calls a step's fields, and what a field that was not fetched looks like. */
const FIELDS: readonly { readonly stored: string; readonly sent: string; readonly zero: string }[] = [
  { stored: '_id', sent: 'id', zero: '""' },
  { stored: 'owner', sent: 'owner', zero: '""' },
  { stored: 'device', sent: 'device', zero: '""' },
  { stored: 'committer', sent: 'committer', zero: '""' },
  { stored: 'trail-id', sent: 'trail-id', zero: `"${'0'.repeat(24)}"` },
  { stored: 'rev', sent: 'rev', zero: '0' },
  { stored: 'commit-msg', sent: 'commit-msg', zero: '""' },
  { stored: 'state', sent: 'state', zero: '{}' },
  { stored: 'statesha', sent: 'state-sha', zero: '""' },
  { stored: 'progress', sent: 'progress', zero: progressText({}) },
  { stored: 'step-time', sent: 'step-time', zero: `"${ZERO_TIME}"` },
  { stored: 'progress-time', sent: 'progress-time', zero: `"${ZERO_TIME}"` },
  { stored: 'meta', sent: 'meta', zero: '{}' },
  { stored: 'used_objects', sent: 'used_objects', zero: 'null' },
  { stored: 'mark_public_processed', sent: 'mark_public_processed', zero: 'false' },
  { stored: 'garbage', sent: 'garbage', zero: 'false' },
  { stored: 'timecreated', sent: 'time-created', zero: `"${ZERO_TIME}"` },
  { stored: 'timemodified', sent: 'time-modified', zero: `"${ZERO_TIME}"` },
];

export type Projection = (members: Members) => string;

/**
 * The `fields` of a query. A sign anywhere in a name is taken for the sign: `commit-msg` asks to leave out `msg`.
 * @param mixed what to throw where some are asked for and others left out, which MongoDB refuses
 */
export function projectionOf(query: URLSearchParams, mixed: () => Refusal): Projection {
  const wanted = new Map<string, boolean>();
  for (const [key, value] of query) {
    if (!key.includes('fields')) continue;
    for (const field of value.split(',')) {
      const [, sign, name] = /([+-])(.*)/.exec(field) ?? [];
      wanted.set(name ?? field, sign !== '-');
    }
  }
  if (wanted.size === 0) return canonicalText;
  const including = [...wanted.values()].includes(true);
  if (including && [...wanted].some(([name, keep]) => !keep && name !== '_id')) throw mixed();
  const kept = new Set(including ? ['_id', 'owner', ...wanted.keys()] : []);
  const top = (name: string): boolean => [...wanted.keys()].some((key) => key.startsWith(`${name}.`));
  return (members) => {
    const sent: Record<string, string> = {};
    for (const { stored, sent: name, zero } of FIELDS) {
      const whole = including ? kept.has(stored) || top(stored) : wanted.get(stored) !== false;
      sent[name] = whole ? (members[name] ?? zero) : zero;
    }
    return canonicalText(sent);
  };
}

export interface Page {
  readonly offset: number;
  /** Undefined for all. */
  readonly limit: number | undefined;
  /** `page[after]` and `page[before]` look at a field that steps do not have. */
  readonly none: boolean;
}

/** Throws as Go panics where a number is none. */
export function pageOf(query: URLSearchParams): Page {
  const offset = query.has('page[offset]') ? integer(query.get('page[offset]') ?? '') : 0;
  const size = query.has('page[size]') ? integer(query.get('page[size]') ?? '') : 0;
  const none = query.has('page[after]') || query.has('page[before]');
  return { offset, limit: size > 0 ? size : undefined, none };
}

function integer(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw panic('interface conversion: interface {} is string, not int');
  return Number(text);
}

import type { z } from 'zod';
import { type Comparison, compareStates, type EntryChange } from '../../shared/compare/compare.ts';
import { type JsonDiff, jsonDiff } from '../../shared/compare/json-diff.ts';
import { partLabel } from '../../shared/state/parts.ts';
import { parseState, type StateDocument, type StateEntry } from '../../shared/state/state.ts';
import { type Answer, type CommandInput, readAll } from './answer.ts';
import { exitCodeOf } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import { type Paint, printable, shortened } from './paint.ts';
import { cantRead } from './problems.ts';
import type { CompareOutput } from './schema.ts';
import { stateOutput } from './told-forecast.ts';

/** So many members of one entry are shown; the rest is counted. */
const mostMembers = 20;

/** `trailboss compare A B`. */
export async function compareAnswer({ states, options, ports }: CommandInput): Promise<Answer> {
  const [a, b] = await readAll(states, ports);
  if (a === undefined || b === undefined) throw new Error('the command line has two states');
  const comparison = compareStates(documentOf(a), documentOf(b));
  const same = comparison.changes.length === 0 && comparison.spec === undefined;
  const exitCode = exitCodeOf(new Set(same ? [] : (['changes'] as const)), options.failOn);
  const { spec } = comparison;
  const json: z.infer<typeof CompareOutput> = {
    schema: 'trailboss.compare/1',
    exitCode,
    a: stateOutput(a),
    b: stateOutput(b),
    same,
    spec: spec === undefined ? null : { before: spec.before ?? null, after: spec.after ?? null },
    changes: comparison.parts.flatMap(({ part, changes }) =>
      changes.map((change) => ({
        key: change.key,
        part: partLabel(part),
        kind: change.kind,
        before: 'before' in change ? sideOf(change.before) : null,
        after: 'after' in change ? sideOf(change.after) : null,
      })),
    ),
  };
  return { exitCode, json, lines: (paint) => comparisonLines(comparison, paint) };
}

/** The state strictly read; a device may be more tolerant, and `forecast` says what it does with it. */
export function documentOf({ argument, text }: Input): StateDocument {
  const parsed = parseState(text);
  if (!parsed.ok) throw cantRead(argument, lowered(parsed.reason));
  return parsed.state;
}

function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}

function sideOf(entry: StateEntry) {
  return entry.kind === 'object' ? { kind: 'object' as const, sha: entry.sha } : { kind: 'json' as const, text: entry.raw };
}

function comparisonLines({ parts, changes, spec }: Comparison, paint: Paint): readonly string[] {
  const lines = [headOf(changes)];
  if (spec !== undefined) lines.push(`#spec: ${shortened(spec.before ?? 'none')} → ${shortened(spec.after ?? 'none')}`);
  for (const { part, changes: own } of parts) {
    lines.push('', paint.bold(partLabel(part) === 'none' ? 'in no container' : printable(partLabel(part))));
    for (const change of own)
      lines.push(`  ${painted(change.kind, paint)} ${printable(change.key)}${objectNote(change)}`, ...memberLines(change));
  }
  return lines;
}

function headOf(changes: readonly EntryChange[]): string {
  if (changes.length === 0) return 'No entry differs.';
  const kinds = ['changed', 'added', 'removed', 'formatting-only'] as const;
  const counts = kinds.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind === 'formatting-only' ? 'in its formatting only' : kind}`];
  });
  return `${changes.length} ${changes.length === 1 ? 'entry differs' : 'entries differ'}: ${counts.join(', ')}.`;
}

function painted(kind: EntryChange['kind'], paint: Paint): string {
  const word = kind.padEnd(15);
  return kind === 'added'
    ? paint.good(word)
    : kind === 'removed'
      ? paint.bad(word)
      : kind === 'changed'
        ? paint.warn(word)
        : word;
}

function objectNote(change: EntryChange): string {
  const [before, after] = ['before' in change ? change.before : undefined, 'after' in change ? change.after : undefined];
  const names = [before, after].flatMap((entry) => (entry?.kind === 'object' ? [entry.sha.slice(0, 8)] : []));
  return names.length === 0 ? '' : `  ${names.join(' → ')}`;
}

/** The members inside JSON that differ, each with what it says on both sides. */
function memberLines(change: EntryChange): readonly string[] {
  if (change.kind !== 'changed' || change.before.kind !== 'json' || change.after.kind !== 'json') return [];
  const found: string[] = [];
  const waiting: JsonDiff[] = [jsonDiff(change.before.raw, change.after.raw)];
  for (let diff = waiting.pop(); diff !== undefined && found.length <= mostMembers; diff = waiting.pop()) {
    if (diff.kind === 'within') waiting.push(...[...diff.children].reverse());
    else if (diff.kind !== 'same') found.push(memberLine(diff));
  }
  const shown = found.slice(0, mostMembers);
  return found.length > shown.length ? [...shown, '      and more'] : shown;
}

function memberLine({ kind, before, after }: JsonDiff): string {
  const pointer = printable((after ?? before)?.pointer || 'the whole');
  const [old, now] = [before, after].map((side) =>
    side === undefined ? 'nothing' : shortened(side.text.replaceAll(/\s+/g, ' ')),
  );
  return kind === 'moved' ? `      ${pointer}  moved` : `      ${pointer}  ${old} → ${now}`;
}

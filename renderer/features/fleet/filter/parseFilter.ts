import { type FieldName, isFieldName, valuesOfField } from './filterFields.ts';

/** Where something stands in the filter's text: from `start` up to, and without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const comparisons = ['<=', '>=', '<', '>', '='] as const;
export type Comparison = (typeof comparisons)[number];

/** One of a token's values (`status:failed,refused` has two), in lower case. */
export interface FilterValue extends Span {
  readonly text: string;
  /** It was quoted: the whole value and no other one. */
  readonly exact: boolean;
  readonly comparison?: Comparison;
}

/** A piece of the filter. `unknown` is a token of a name that there is none of; it is left out. */
export type FilterToken = Span & { readonly negated: boolean; readonly values: readonly FilterValue[] } & (
    | { readonly kind: 'text' }
    | { readonly kind: 'field'; readonly field: FieldName /** The name, without the colon. */; readonly name: Span }
    | { readonly kind: 'unknown'; readonly name: Span }
  );

export type FilterError = Span &
  (
    | { readonly kind: 'unknown-token'; readonly name: string }
    | { readonly kind: 'unknown-value'; readonly field: FieldName; readonly value: string }
    | { readonly kind: 'no-comparison'; readonly field: FieldName }
    | { readonly kind: 'no-number'; readonly value: string }
    | { readonly kind: 'unclosed-quote' }
  );

export interface ParsedFilter {
  /** In their order; together they hold all of the text but the space between them. */
  readonly tokens: readonly FilterToken[];
  readonly errors: readonly FilterError[];
}

const space = /\s/;
/** A name of letters and a colon; `http://…` and `fe80::1` are text. */
const tokenName = /(-?)([a-z]+):(?!:|\/\/)/iy;

/**
 * Reads a filter: words, `name:value` with several values after commas, `-` before what must not be, quotes around what holds together
 * (`\"` is a quote inside them). What is wrong is left out and told; all the rest applies.
 */
export function parseFilter(text: string): ParsedFilter {
  const tokens: FilterToken[] = [];
  const errors: FilterError[] = [];
  let at = 0;
  while (at < text.length) {
    if (space.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at, errors);
    tokens.push(token);
    at = token.end;
  }
  return { tokens, errors };
}

function tokenAt(text: string, start: number, errors: FilterError[]): FilterToken {
  tokenName.lastIndex = start;
  const [whole, minus, name] = tokenName.exec(text) ?? [];
  if (whole === undefined || name === undefined) {
    const negated = text[start] === '-' && start + 1 < text.length && !space.test(text.charAt(start + 1));
    const value = valueAt(text, negated ? start + 1 : start, false, errors);
    return { kind: 'text', start, end: value.end, negated, values: [value] };
  }
  const negated = minus === '-';
  const place = { start: start + (negated ? 1 : 0), end: start + whole.length - 1 };
  const values: FilterValue[] = [valueAt(text, place.end + 1, true, errors)];
  let end = values[0]?.end ?? place.end + 1;
  while (text[end] === ',') {
    const next = valueAt(text, end + 1, true, errors);
    values.push(next);
    end = next.end;
  }
  const field = name.toLowerCase();
  if (!isFieldName(field)) {
    errors.push({ kind: 'unknown-token', name, ...place });
    return { kind: 'unknown', start, end, negated, name: place, values };
  }
  const checked = values.map((value) => compared(field, value));
  errors.push(...checked.flatMap((value) => errorOf(field, value) ?? []));
  return { kind: 'field', start, end, negated, field, name: place, values: checked };
}

function valueAt(text: string, start: number, endsAtComma: boolean, errors: FilterError[]): FilterValue {
  let value = '';
  let quotedAt: number | undefined;
  let exact = false;
  let at = start;
  for (; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quotedAt !== undefined && sign === '\\' && /["\\]/.test(text.charAt(at + 1))) {
      at += 1;
      value += text.charAt(at);
    } else if (sign === '"') {
      exact = true;
      quotedAt = quotedAt === undefined ? at : undefined;
    } else if (quotedAt === undefined && (space.test(sign) || (endsAtComma && sign === ','))) {
      break;
    } else {
      value += sign;
    }
  }
  if (quotedAt !== undefined) errors.push({ kind: 'unclosed-quote', start: quotedAt, end: text.length });
  return { text: value.toLowerCase(), exact: exact && quotedAt === undefined, start, end: at };
}

/** Takes a comparison from a value's beginning; a name that is quoted may begin with anything. */
function compared(field: FieldName, value: FilterValue): FilterValue {
  const comparison = value.exact ? undefined : comparisons.find((sign) => value.text.startsWith(sign));
  if (comparison === undefined || (comparison === '=' && field !== 'rev')) return value;
  return { ...value, comparison, text: value.text.slice(comparison.length) };
}

function errorOf(field: FieldName, { text, comparison, start, end }: FilterValue): FilterError | undefined {
  if (comparison !== undefined && field !== 'rev') return { kind: 'no-comparison', field, start, end };
  if (text === '') return undefined;
  if (comparison !== undefined && comparison !== '=' && revisionNumber(text) === undefined) {
    return { kind: 'no-number', value: text, start, end };
  }
  const known = valuesOfField(field);
  if (known === undefined || known.some((one) => one.startsWith(text))) return undefined;
  return { kind: 'unknown-value', field, value: text, start, end };
}

/** A revision's place in the order of a trail; names such as `locals/fix-dns` have none. */
export function revisionNumber(name: string): number | undefined {
  return /^\d{1,15}$/.test(name) ? Number(name) : undefined;
}

/** A value as it is written in a filter so that it is read as it is; `exact`: as the whole value. */
export function writtenValue(value: string, exact = false): string {
  const plain = value !== '' && !/[\s",\\]|^(?::|\/\/)/.test(value) && !comparisons.some((sign) => value.startsWith(sign));
  return plain && !exact ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

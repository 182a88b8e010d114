import type { Facet } from './fieldFacets.ts';
import { type FieldName, fieldNames, fromItsBeginning } from './filterFields.ts';
import { type FilterToken, type FilterValue, parseFilter, type Span, writtenValue } from './parseFilter.ts';

/** What can stand where the caret is. Choosing one puts `insert` in place of the span. */
export interface Completion {
  readonly insert: string;
  /** A token's name, or a value with the number of devices that have it. */
  readonly suggestion: { readonly kind: 'name'; readonly field: FieldName } | ({ readonly kind: 'value' } & Facet);
}

export interface Completions extends Span {
  readonly list: readonly Completion[];
  /** Something of it was typed already: Enter and Tab take the first one. */
  readonly begun: boolean;
}

type FieldToken = Extract<FilterToken, { kind: 'field' }>;

/** As many as a person looks through. */
export const mostCompletions = 50;

/** What can be put in at the caret of a filter: names of tokens, or the values of the token that it stands in. */
export function completeFilter(text: string, caret: number, facetsOf: (field: FieldName) => readonly Facet[]): Completions {
  const token = parseFilter(text).tokens.find(({ start, end }) => start <= caret && caret <= end);
  if (token === undefined) return { start: caret, end: caret, begun: false, list: nameCompletions('') };
  if (token.kind === 'field' && caret > token.name.end) {
    const value = token.values.find(({ start, end }) => start <= caret && caret <= end);
    return value === undefined ? none(caret) : valueCompletions(token, value, facetsOf(token.field));
  }
  const { start, end } = nameSpan(token);
  const begun = text.slice(start, caret).toLowerCase();
  // A quote is the beginning of a text.
  if (begun.includes('"') || caret < start) return none(caret);
  const list = nameCompletions(begun);
  return { start, end, begun: begun !== '', list };
}

function none(caret: number): Completions {
  return { start: caret, end: caret, begun: false, list: [] };
}

/** What a token's name stands in the place of, with its colon where it has one. */
function nameSpan(token: FilterToken): Span {
  if (token.kind === 'text') return { start: token.start + (token.negated ? 1 : 0), end: token.end };
  return { start: token.name.start, end: token.name.end + 1 };
}

function nameCompletions(begun: string): readonly Completion[] {
  return fieldNames
    .filter((name) => name.startsWith(begun))
    .map((field) => ({ insert: `${field}:`, suggestion: { kind: 'name', field } }));
}

function valueCompletions({ field, values }: FieldToken, value: FilterValue, facets: readonly Facet[]): Completions {
  const { comparison, text } = value;
  const others = values.filter((one) => one !== value).map((one) => one.text);
  const sign = comparison ?? '';
  const offered = sign === '' ? facets : facets.filter((facet) => /^\d+$/.test(facet.value));
  const found = offered.filter(
    (facet) => !others.includes(facet.value.toLowerCase()) && textsOf(facet).some((one) => one.includes(text)),
  );
  const list = [...found]
    .sort((a, b) => Number(begins(b, text)) - Number(begins(a, text)))
    .slice(0, mostCompletions)
    .map(
      (facet): Completion => ({ insert: sign + inserted(field, facet.value, facets), suggestion: { kind: 'value', ...facet } }),
    );
  // What stands there whole already needs no completion.
  const done = (value.exact || list.length === 1) && found.some((facet) => facet.value.toLowerCase() === text);
  return { start: value.start, end: value.end, begun: text !== '', list: done ? [] : list };
}

function textsOf({ value, called }: Facet): readonly string[] {
  return [value.toLowerCase(), ...(called === undefined ? [] : [called.toLowerCase()])];
}

function begins(facet: Facet, text: string): boolean {
  return textsOf(facet).some((one) => one.startsWith(text));
}

/** With quotes where the value alone would find others too, so that the number of devices holds. */
function inserted(field: FieldName, value: string, facets: readonly Facet[]): string {
  if (field === 'rev' && /^\d+$/.test(value)) return value;
  const lower = value.toLowerCase();
  const finds = (other: string) => (fromItsBeginning(field) ? other.startsWith(lower) : other.includes(lower));
  const alone = facets.every((facet) => facet.value === value || !finds(facet.value.toLowerCase()));
  return writtenValue(value, !alone);
}
